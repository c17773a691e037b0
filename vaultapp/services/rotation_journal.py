"""One rotation as the disk has it: every step is one transaction, and is told when it is committed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from msgspec import structs

from vaultapp.contracts.activity import Entry
from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.contracts.credentials import CredentialsChanged, Label
from vaultapp.contracts.rotation import Proof, RotationChanged, RotationOutcome, RotationReason, RotationStep
from vaultapp.core.clock import DAY, Clock
from vaultapp.core.errors import NotFound, OperationCancelled, VaultError
from vaultapp.core.events import EventBus
from vaultapp.services.credential_descriptions import CredentialDescription, RotationDescription
from vaultapp.services.credential_store import StoredRotation
from vaultapp.services.current_value import CurrentValue, made_current
from vaultapp.services.held_values import HeldValues
from vaultapp.services.recorder import Recorder
from vaultapp.services.rotation_plans import after_rotation
from vaultapp.services.unlocked import UnlockedVault
from vaultapp.services.version_retention import DISCARDED_DAYS, VersionRetention
from vaultapp.store.vault_file import Transaction

ROTATE = "credential.rotate"
RETIRE = "credential.retire"
Told = Callable[[RotationChanged], None]


class RotationJournal:
    """Reads and writes one rotation of one credential. What is in :attr:`state` is on the disk.

    Args:
        unlocked: The open vault.
        recorder: Whoever asked.
        clock: Source of time.
        bus: Told of every change after its commit.
        told: Told of every change, too.
        credential_id: Whose it is.
        stored: The record.

    Attributes:
        held: The values of the credential.
    """

    def __init__(
        self,
        unlocked: UnlockedVault,
        recorder: Recorder,
        clock: Clock,
        bus: EventBus,
        told: Told,
        credential_id: UUID,
        stored: StoredRotation,
    ) -> None:
        self._unlocked = unlocked
        self._index = unlocked.credentials
        self._store = unlocked.credential_store
        self._recorder = recorder
        self._clock = clock
        self._bus = bus
        self._current = CurrentValue(unlocked)
        self._retention = VersionRetention(self._store, clock)
        self._told = told
        self._rotation_id = stored.rotation_id
        self.credential_id = credential_id
        self.held = HeldValues(unlocked, clock, credential_id)
        self.state = stored.description

    @property
    def credential(self) -> CredentialDescription:
        """The credential as it is now.

        Raises:
            NotFound: It was removed meanwhile.
        """
        return self._index.named(self.credential_id)

    @property
    def changed(self) -> RotationChanged:
        """How it stands, for callers."""
        found = self._index.get(self.credential_id)
        identifier = "" if found is None else found.identifier
        return RotationChanged(self.credential_id, identifier, self.state.as_contract(self._rotation_id))

    def former(self) -> StoredRotation | None:
        """Return an earlier rotation whose old value the target still takes."""
        for found in reversed(self._store.rotations(self.credential_id)):
            if found.rotation_id != self._rotation_id and found.description.step is RotationStep.RETIRE:
                return found
        return None

    def end_former(self, former: StoredRotation) -> None:
        """Write that nothing is left to do for an earlier rotation."""
        ended = structs.replace(
            former.description,
            step=RotationStep.DONE,
            outcome=RotationOutcome.SUCCEEDED,
            next_try=None,
            old_until=None,
        )
        with self._index.changing, self._unlocked.vault.transaction() as transaction:
            self._store.write_rotation(transaction, former.rotation_id, ended)

    def resume(self, *, emergency: bool = False) -> None:
        """Write that it goes on."""
        self._write(
            outcome=RotationOutcome.RUNNING,
            error="",
            facts={},
            next_try=None,
            emergency=self.state.emergency or emergency,
            reason=RotationReason.EMERGENCY if emergency else self.state.reason,
            keep_old=self.state.keep_old and not emergency,
        )

    def adopt_pending(self, version_id: str, *, keep_old: bool) -> None:
        """Take the version that is labelled pending already."""
        self._write(step=RotationStep.SET, pending=version_id, keep_old=keep_old, done=RotationStep.CREATE)

    def write_pending(self, fields: dict[str, str], *, keep_old: bool) -> None:
        """Put the value that is to come on the disk, before the target hears of it."""
        with self._index.changing:
            credential = self.credential
            with self._unlocked.vault.transaction() as transaction:
                version = self._store.insert_version(transaction, self.credential_id, fields, "rotated")
                version_id = version.description.version_id
                labels = {**credential.labels, Label.PENDING.value: version_id}
                self._retention.apply(transaction, self._store.versions(self.credential_id), labels)
                state = self._moved(
                    step=RotationStep.SET, pending=version_id, keep_old=keep_old, done=RotationStep.CREATE
                )
                self._commit(transaction, state, structs.replace(credential, labels=labels))
            self._index.put(self.credential_id, structs.replace(credential, labels=labels))
        self._publish(state, values=True)

    def go_on(self, step: RotationStep) -> None:
        """Write that the step before this one is done."""
        self._write(step=step, done=self.state.step)

    def finish(self, kind: CredentialKind, *, retire: bool, old_until: int | None) -> None:
        """Make the pending version current and the old one previous.

        Args:
            kind: Of the credential.
            retire: The old value is still to be taken from the target.
            old_until: Not before then; None at once.
        """
        pending = self.held.version(self.state.pending)
        facts = self._current.facts(kind, self._store.value(pending.row_id))
        ended = not retire or old_until is not None
        with self._index.changing:
            credential, now = self.credential, self._clock.now()
            state = self._moved(
                step=RotationStep.RETIRE if retire else RotationStep.DONE,
                outcome=RotationOutcome.SUCCEEDED if ended else RotationOutcome.RUNNING,
                old_until=old_until,
                attempts=0,
                done=RotationStep.FINISH,
            )
            changed = structs.replace(
                made_current(credential, pending.description, facts, now),
                last_rotated=now,
                plan=after_rotation(credential.plan, now),
            )
            with self._unlocked.vault.transaction() as transaction:
                self._commit(transaction, state, changed)
                if ended:
                    transaction.record(self._entry("ok", state))
            self._index.put(self.credential_id, changed)
        self._publish(state, values=True)

    def done(self, proof: tuple[Proof, ...], *, taken: bool = True) -> None:
        """Write that nothing is left to do.

        Args:
            proof: What was tried in an emergency.
            taken: The target takes the old value no more; else it is left to the person.
        """
        state = self._moved(
            step=RotationStep.DONE,
            outcome=RotationOutcome.SUCCEEDED,
            error="",
            facts={},
            next_try=None,
            old_until=None,
            proof=proof,
            attempts=0,
            done=RotationStep.RETIRE,
        )
        # That it succeeded was told when a grace period began.
        action = ROTATE if self.state.old_until is None else RETIRE
        with self._index.changing, self._unlocked.vault.transaction() as transaction:
            self._store.write_rotation(transaction, self._rotation_id, state)
            if taken:
                transaction.record(self._entry("ok", state, action))
        self._publish(state)

    def discard_refused(self) -> None:
        """Put away the pending value that the target's policy refused; another one is to be made."""
        self._discard(step=RotationStep.CREATE, pending="", refused=True)

    def fail(self, error: VaultError) -> None:
        """End it: the old value stays current; the pending one is put away, and kept for 30 days."""
        self._discard(outcome=RotationOutcome.FAILED, error=error.code, facts=dict(error.facts), told=error.code)

    def call_off(self) -> None:
        """End it because somebody asked to."""
        self._discard(outcome=RotationOutcome.CANCELLED, told=OperationCancelled.code)

    def stick(self, error: VaultError) -> None:
        """Write that only the person can help. Every value is kept."""
        self._write(
            outcome=RotationOutcome.STUCK, error=error.code, facts=dict(error.facts), next_try=None, told=error.code
        )

    def postpone(self, error: VaultError | None, next_try: int, proof: tuple[Proof, ...] = ()) -> None:
        """Write that it goes on by itself later. That even this cannot be written is no news: it is found so."""
        state = self._moved(
            outcome=RotationOutcome.UNFINISHED,
            error="" if error is None else error.code,
            facts={} if error is None else dict(error.facts),
            next_try=next_try,
            attempts=self.state.attempts + (error is not None),
            proof=proof or self.state.proof,
        )
        with suppress(VaultError), self._index.changing, self._unlocked.vault.transaction() as transaction:
            self._store.write_rotation(transaction, self._rotation_id, state)
            if error is not None:
                transaction.record(self._entry(error.code, state))
        self._publish(state)

    def _discard(self, *, told: str = "", **changes: Any) -> None:
        with self._index.changing:
            credential = self.credential
            labels = {label: version for label, version in credential.labels.items() if label != Label.PENDING}
            pending = credential.labels.get(Label.PENDING)
            changed = structs.replace(credential, labels=labels)
            state = self._moved(**{"next_try": None, **changes})
            with self._unlocked.vault.transaction() as transaction:
                if pending is not None:
                    self._put_away(transaction, pending)
                self._commit(transaction, state, changed)
                if told:
                    transaction.record(self._entry(told, state))
            self._index.put(self.credential_id, changed)
        self._publish(state, values=True)

    def _put_away(self, transaction: Transaction, version_id: str) -> None:
        with suppress(NotFound):
            found = self.held.version(version_id)
            until = self._clock.now() + DISCARDED_DAYS * DAY
            kept = structs.replace(found.description, discarded_until=until)
            self._store.write_version(transaction, found.row_id, kept)

    def _write(self, *, told: str = "", **changes: Any) -> None:
        state = self._moved(**changes)
        with self._index.changing, self._unlocked.vault.transaction() as transaction:
            self._store.write_rotation(transaction, self._rotation_id, state)
            if told:
                transaction.record(self._entry(told, state))
        self._publish(state)

    def _moved(self, *, done: RotationStep | None = None, **changes: Any) -> RotationDescription:
        times = self.state.times if done is None else {**self.state.times, done.value: self._clock.now()}
        return structs.replace(self.state, times=times, **changes)

    def _commit(self, transaction: Transaction, state: RotationDescription, credential: CredentialDescription) -> None:
        self._store.write_rotation(transaction, self._rotation_id, state)
        self._store.write(transaction, self.credential_id, credential)

    def _publish(self, state: RotationDescription, *, values: bool = False) -> None:
        self.state = state
        changed = self.changed
        self._bus.publish(changed)
        if values:
            self._bus.publish(CredentialsChanged((self.credential_id,)))
        self._told(changed)

    def _entry(self, outcome: str, state: RotationDescription, action: str = ROTATE) -> Entry:
        told: dict[str, str | int] = {"step": state.step.value, "by": state.reason.value}
        told |= {name: fact for name, fact in state.facts.items() if name in ("target", "account", "number", "reason")}
        if outcome == "ok":
            told["version"] = self.held.version(state.pending).description.number
        told["credential"] = str(self.credential_id)
        return self._recorder.entry(action, "credential", self.credential.name, outcome, **told)
