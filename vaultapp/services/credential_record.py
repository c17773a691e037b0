"""A credential's records as callers see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct

from vaultapp.contracts.credentials import Attachment, Credential, CredentialVersion, Label
from vaultapp.contracts.rotation import RotationState
from vaultapp.services.credential_descriptions import ATTACHMENT, AttachmentDescription, CredentialDescription
from vaultapp.services.credential_store import StoredVersion
from vaultapp.services.descriptions import decode
from vaultapp.store.vault_file import OpenVault


class StoredAttachment(Struct, frozen=True, gc=False):
    """An attachment's record."""

    row_id: UUID
    description: AttachmentDescription


def attachments_of(vault: OpenVault, credential_id: UUID) -> list[StoredAttachment]:
    """Return a credential's attachments, oldest first."""
    return [
        StoredAttachment(record.row_id, decode(AttachmentDescription, record.description))
        for record in vault.records.children(credential_id, ATTACHMENT)
    ]


def as_contract(
    credential_id: UUID,
    credential: CredentialDescription,
    rotations: Mapping[UUID, RotationState],
    *,
    versions: Sequence[StoredVersion] = (),
    attachments: Sequence[StoredAttachment] = (),
    reused: int = -1,
) -> Credential:
    """Return what callers see of a credential.

    Args:
        credential_id: Its id.
        credential: What it holds.
        rotations: Its last one among them, by id.
        versions: Oldest first; none in lists.
        attachments: Likewise.
        reused: How many others have its secret; -1 when not counted.
    """
    return Credential(
        credential_id=credential_id,
        name=credential.name,
        identifier=credential.identifier,
        kind=credential.kind,
        created=credential.created,
        changed=credential.changed,
        account=credential.account,
        target=credential.target,
        description=credential.description,
        tags=credential.tags,
        deletes_at=credential.deletes_at,
        strength=credential.strength,
        reused=reused,
        expires=credential.expires,
        remind_at=credential.remind_at,
        settings=credential.settings,
        plan=credential.plan,
        rotation=None if credential.rotation is None else rotations.get(credential.rotation),
        versions=tuple(_version(version, credential) for version in versions),
        attachments=tuple(Attachment(one.description.name, one.description.size) for one in attachments),
    )


def _version(stored: StoredVersion, credential: CredentialDescription) -> CredentialVersion:
    found = stored.description
    return CredentialVersion(
        version_id=found.version_id,
        number=found.number,
        labels=tuple(label for label in Label if credential.labels.get(label) == found.version_id),
        created=found.created,
        starts=found.starts,
        expires=found.expires,
        enabled=found.enabled,
        discarded_until=found.discarded_until,
        origin=found.origin,
    )
