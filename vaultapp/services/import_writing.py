"""Writing the credentials of an import: all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.contracts.credentials import Label
from vaultapp.contracts.rotation import RotationPlan
from vaultapp.core.errors import NotFound
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import Random
from vaultapp.services.credential_descriptions import (
    ATTACHMENT,
    ROTATION,
    AttachmentDescription,
    CredentialDescription,
)
from vaultapp.services.current_value import CurrentValue
from vaultapp.services.descriptions import encode
from vaultapp.services.import_plan import Decision
from vaultapp.services.key_store import new_id
from vaultapp.services.unlocked import UnlockedVault
from vaultapp.store.vault_file import Transaction


class ImportWriting:
    """Writes what was decided.

    Args:
        unlocked: The open vault.
        kinds: Those that there are, by name.
        random: For ids.
    """

    def __init__(self, unlocked: UnlockedVault, kinds: Mapping[str, CredentialKind], random: Random) -> None:
        self._vault = unlocked.vault
        self._store = unlocked.credential_store
        self._kinds = kinds
        self._random = random
        self._current = CurrentValue(unlocked)

    def described(self, decisions: Sequence[Decision], work: WorkContext[None]) -> list[CredentialDescription]:
        """Return what each taken one is, with what lists show of its value; secrets are not graded yet.

        Raises:
            OperationCancelled: Asked for.
        """
        found = []
        for number, decision in enumerate(decisions):
            work.checkpoint(number, len(decisions))
            found.append(self._described(decision))
        return found

    def write(
        self, transaction: Transaction, decision: Decision, described: CredentialDescription, taken: set[UUID]
    ) -> tuple[UUID, CredentialDescription]:
        """Write one with everything that belongs to it; return its id and what was written.

        Args:
            transaction: Of the whole import.
            decision: What is taken.
            described: By :meth:`described`.
            taken: Ids of rotations that were written before in this transaction.
        """
        candidate = decision.candidate
        own = candidate.own_id
        credential_id = new_id(self._random) if own is None or decision.copy or self._is_here(own) else own
        rotations = [] if decision.copy else list(candidate.rotations)
        if any(rotation_id in taken or self._is_here(rotation_id) for rotation_id, _ in rotations):
            rotations = []
        taken.update(rotation_id for rotation_id, _ in rotations)
        if described.rotation not in {rotation_id for rotation_id, _ in rotations}:
            described = msgspec.structs.replace(described, rotation=None)
        self._store.insert(transaction, credential_id, described)
        for version in candidate.versions:
            self._store.put_version(transaction, credential_id, version.description, version.fields)
        for attachment in candidate.attachments:
            told = encode(AttachmentDescription(attachment.name, len(attachment.data)))
            transaction.insert(new_id(self._random), ATTACHMENT, credential_id, told, attachment.data)
        for rotation_id, rotation in rotations:
            transaction.insert(rotation_id, ROTATION, credential_id, encode(rotation), None)
        return credential_id, described

    def _described(self, decision: Decision) -> CredentialDescription:
        candidate, described = decision.candidate, decision.candidate.description
        if described is None:
            raise AssertionError("nothing to be written")
        current = described.labels[Label.CURRENT.value]
        value = next(one.fields for one in candidate.versions if one.description.version_id == current)
        described = msgspec.structs.replace(described, name=decision.name, identifier=decision.identifier)
        if decision.copy:
            labels = {label: held for label, held in described.labels.items() if label != Label.PENDING.value}
            described = msgspec.structs.replace(described, labels=labels, plan=RotationPlan(), rotation=None)
        kind = self._kinds.get(described.kind)
        if kind is None:
            return msgspec.structs.replace(described, reuse=b"")
        if candidate.graded:
            return msgspec.structs.replace(described, reuse=self._current.reuse(kind, value))
        facts = self._current.ungraded(kind, value)
        return msgspec.structs.replace(
            described, account=facts.account, target=facts.target, strength=facts.strength, reuse=facts.reuse
        )

    def _is_here(self, row_id: UUID) -> bool:
        try:
            self._vault.records.get(row_id)
        except NotFound:
            return False
        return True
