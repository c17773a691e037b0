"""The rotations of an open vault's credentials: how one begins, and where the last one is found."""

from __future__ import annotations

from uuid import UUID

from msgspec import structs

from vaultapp.contracts.credentials import Label
from vaultapp.contracts.rotation import RotationOutcome, RotationReason, RotationStep
from vaultapp.core.clock import Clock
from vaultapp.core.events import EventBus
from vaultapp.services.credential_descriptions import ROTATION, RotationDescription
from vaultapp.services.credential_store import StoredRotation
from vaultapp.services.recorder import Recorder
from vaultapp.services.rotation_journal import ROTATE, RotationJournal, Told
from vaultapp.services.unlocked import UnlockedVault
from vaultapp.store.vault_file import Transaction

KEPT_ROTATIONS = 20
"""Records of ended rotations that stay with a credential."""


class RotationBook:
    """Begins rotations, and finds those that began.

    Args:
        unlocked: The open vault.
        clock: Source of time.
        bus: Told of changes.
    """

    def __init__(self, unlocked: UnlockedVault, clock: Clock, bus: EventBus) -> None:
        self._unlocked = unlocked
        self._index = unlocked.credentials
        self._store = unlocked.credential_store
        self._clock = clock
        self._bus = bus

    def begin(
        self, credential_id: UUID, reason: RotationReason, recorder: Recorder, told: Told, *, emergency: bool
    ) -> RotationJournal:
        """Write that a rotation begins.

        Raises:
            NotFound: The credential is not there any more.
            HostError: It did not begin.
        """
        with self._index.changing:
            credential = self._index.named(credential_id)
            state = RotationDescription(
                reason=reason,
                step=RotationStep.CREATE,
                outcome=RotationOutcome.RUNNING,
                started=self._clock.now(),
                base=credential.labels[Label.CURRENT],
                emergency=emergency,
            )
            facts: dict[str, str | int] = {"by": reason.value, "credential": str(credential_id)}
            entry = recorder.entry(ROTATE, "credential", credential.name, "begun", **facts)
            with self._unlocked.vault.transaction() as transaction:
                stored = self._store.insert_rotation(transaction, credential_id, state)
                changed = structs.replace(credential, rotation=stored.rotation_id)
                self._store.write(transaction, credential_id, changed)
                self._trim(transaction, credential_id)
                transaction.record(entry)
            self._index.put(credential_id, changed)
        journal = self._journal(credential_id, stored, recorder, told)
        self._bus.publish(journal.changed)
        told(journal.changed)
        return journal

    def last(self, credential_id: UUID, recorder: Recorder, told: Told) -> RotationJournal | None:
        """Return a credential's last rotation; None when it never had one."""
        rotation_id = self._index.named(credential_id).rotation
        if rotation_id is None:
            return None
        stored = StoredRotation(rotation_id, self._store.rotation(rotation_id))
        return self._journal(credential_id, stored, recorder, told)

    def _journal(self, credential_id: UUID, stored: StoredRotation, recorder: Recorder, told: Told) -> RotationJournal:
        return RotationJournal(self._unlocked, recorder, self._clock, self._bus, told, credential_id, stored)

    def _trim(self, transaction: Transaction, credential_id: UUID) -> None:
        ended = [
            found.row_id for found in self._unlocked.vault.records.children(credential_id, ROTATION)[:-KEPT_ROTATIONS]
        ]
        for rotation_id in ended:
            transaction.delete(rotation_id)
