"""Credentials, versions and rotations as records: how they are read and changed inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec import Struct

from vaultapp.contracts.rotation import RotationState
from vaultapp.core.clock import Clock
from vaultapp.core.errors import NotFound, VaultDamaged
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import wipe
from vaultapp.services.credential_descriptions import (
    ATTACHMENT,
    CREDENTIAL,
    CREDENTIAL_VERSION,
    ROTATION,
    CredentialDescription,
    CredentialVersionDescription,
    RotationDescription,
)
from vaultapp.services.descriptions import decode, encode
from vaultapp.services.key_store import new_id
from vaultapp.store.vault_file import OpenVault, Transaction


class StoredVersion(Struct, frozen=True, gc=False):
    """A version's record."""

    row_id: UUID
    description: CredentialVersionDescription


class StoredRotation(Struct, frozen=True, gc=False):
    """A rotation's record."""

    rotation_id: UUID
    description: RotationDescription


class _Value(Struct, frozen=True):
    fields: dict[str, str]

    def __repr__(self) -> str:
        return "_Value()"


class CredentialStore:
    """Reads and writes credentials of one vault; knows no rules of use.

    Args:
        vault: The open vault.
        clock: For times of making.
        random: For ids.
    """

    def __init__(self, vault: OpenVault, clock: Clock, random: Random) -> None:
        self._vault = vault
        self._clock = clock
        self._random = random

    def versions(self, credential_id: UUID) -> list[StoredVersion]:
        """Return a credential's versions, oldest first."""
        return [
            StoredVersion(record.row_id, decode(CredentialVersionDescription, record.description))
            for record in self._vault.records.children(credential_id, CREDENTIAL_VERSION)
        ]

    def value(self, row_id: UUID) -> dict[str, str]:
        """Return a version's fields.

        Raises:
            NotFound, VaultDamaged: As they say.
        """
        secret = self._vault.records.secret(row_id)
        try:
            return msgspec.msgpack.decode(secret, type=_Value).fields
        except (msgspec.MsgspecError, UnicodeDecodeError):
            # Not "from": what could not be read is quoted there.
            raise VaultDamaged(reason="description") from None
        finally:
            wipe(secret)

    def insert(self, transaction: Transaction, credential_id: UUID, credential: CredentialDescription) -> None:
        """Write a new credential."""
        transaction.insert(credential_id, CREDENTIAL, None, encode(credential), None)

    def write(self, transaction: Transaction, credential_id: UUID, credential: CredentialDescription) -> None:
        """Write a changed credential."""
        transaction.update(credential_id, encode(credential, self._vault.records.get(credential_id).description))

    def delete(self, transaction: Transaction, credential_id: UUID) -> None:
        """Remove a credential with its versions, rotations and attachments."""
        for kind in (CREDENTIAL_VERSION, ROTATION, ATTACHMENT):
            for record in self._vault.records.children(credential_id, kind):
                transaction.delete(record.row_id)
        transaction.delete(credential_id)

    def insert_version(
        self,
        transaction: Transaction,
        credential_id: UUID,
        fields: dict[str, str],
        origin: str,
        *,
        starts: int | None = None,
        expires: int | None = None,
        version_id: str = "",
    ) -> StoredVersion:
        """Write a version with a value; its labels are the credential's."""
        before = self.versions(credential_id)
        now = self._clock.now()
        version = CredentialVersionDescription(
            version_id=version_id or str(new_id(self._random)),
            number=max((found.description.number for found in before), default=0) + 1,
            created=now,
            starts=now if starts is None else starts,
            expires=expires,
            origin=origin,
        )
        row_id = new_id(self._random)
        packed = msgspec.msgpack.encode(_Value(fields))
        transaction.insert(row_id, CREDENTIAL_VERSION, credential_id, encode(version), packed)
        return StoredVersion(row_id, version)

    def put_version(
        self,
        transaction: Transaction,
        credential_id: UUID,
        version: CredentialVersionDescription,
        fields: dict[str, str],
    ) -> None:
        """Write a version that was made elsewhere, as it was there."""
        packed = msgspec.msgpack.encode(_Value(fields))
        transaction.insert(new_id(self._random), CREDENTIAL_VERSION, credential_id, encode(version), packed)

    def write_version(self, transaction: Transaction, row_id: UUID, version: CredentialVersionDescription) -> None:
        """Write what is said of a version; its value stays."""
        transaction.update(row_id, encode(version, self._vault.records.get(row_id).description))

    def rotation(self, rotation_id: UUID) -> RotationDescription:
        """Return one rotation.

        Raises:
            NotFound: There is none.
        """
        return decode(RotationDescription, self._vault.records.get(rotation_id).description)

    def states(self, rotation_ids: Sequence[UUID]) -> dict[UUID, RotationState]:
        """Return rotations as callers see them, those that are there."""
        return {
            record.row_id: decode(RotationDescription, record.description).as_contract(record.row_id)
            for record in self._vault.records.several(rotation_ids)
        }

    def rotations(self, credential_id: UUID) -> list[StoredRotation]:
        """Return a credential's rotations, oldest first."""
        return [
            StoredRotation(record.row_id, decode(RotationDescription, record.description))
            for record in self._vault.records.children(credential_id, ROTATION)
        ]

    def insert_rotation(
        self, transaction: Transaction, credential_id: UUID, rotation: RotationDescription
    ) -> StoredRotation:
        """Write a rotation that begins."""
        rotation_id = new_id(self._random)
        transaction.insert(rotation_id, ROTATION, credential_id, encode(rotation), None)
        return StoredRotation(rotation_id, rotation)

    def write_rotation(self, transaction: Transaction, rotation_id: UUID, rotation: RotationDescription) -> None:
        """Write how a rotation stands now."""
        transaction.update(rotation_id, encode(rotation, self._vault.records.get(rotation_id).description))


def find_version(versions: list[StoredVersion], labels: dict[str, str], wanted: str) -> StoredVersion:
    """Return a version by its id, its number, or a label.

    Raises:
        NotFound: There is none.
    """
    sought = labels.get(wanted, wanted)
    for version in versions:
        if sought in (version.description.version_id, str(version.description.number)):
            return version
    raise NotFound(kind="credential_version", name=wanted)
