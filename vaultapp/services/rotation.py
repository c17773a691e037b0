"""Rotation as one client of an open vault sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar
from uuid import UUID

from msgspec import structs

from vaultapp.contracts.connectors import Trial
from vaultapp.contracts.credential_kinds import ADMIN
from vaultapp.contracts.credentials import CredentialsChanged
from vaultapp.contracts.rotation import (
    OPEN_OUTCOMES,
    RotationChanged,
    RotationPlan,
    RotationReason,
    WatchedTrigger,
    is_at,
)
from vaultapp.core.clock import Clock
from vaultapp.core.credential_errors import ConnectorMissing, RotationUnderWay
from vaultapp.core.errors import NotFound, OperationCancelled, VaultError
from vaultapp.core.events import EventBus
from vaultapp.core.target_errors import LoginRefused, TargetFailed
from vaultapp.core.work import WorkContext
from vaultapp.services.credential_descriptions import CredentialDescription
from vaultapp.services.recorder import Recorder
from vaultapp.services.rotation_plans import checked_plan, planned
from vaultapp.services.rotation_runner import RotationRunner
from vaultapp.services.rotation_targets import RotationTargets
from vaultapp.services.rotation_triggers import RotationTriggers
from vaultapp.services.unlocked import UnlockedVault

ItemT = TypeVar("ItemT")


class RotationService:
    """Changes secrets where they are used: :class:`vaultapp.contracts.rotation.RotationApi` for one client.

    Args:
        unlocked: The open vault.
        runner: Rotates, for all clients.
        targets: Where credentials are used.
        triggers: What is watched, for all clients.
        recorder: The client's pen.
        clock: Source of time.
        bus: Told of changes.
    """

    def __init__(
        self,
        unlocked: UnlockedVault,
        runner: RotationRunner,
        targets: RotationTargets,
        triggers: RotationTriggers,
        recorder: Recorder,
        clock: Clock,
        bus: EventBus,
    ) -> None:
        self._unlocked = unlocked
        self._index = unlocked.credentials
        self._runner = runner
        self._targets = targets
        self._triggers = triggers
        self._recorder = recorder
        self._clock = clock
        self._bus = bus

    def rotate(
        self, credentials: tuple[str, ...], work: WorkContext[RotationChanged], *, emergency: bool = False
    ) -> tuple[RotationChanged, ...]:
        """Rotate these, one after the other, and return how each stands.

        Raises:
            NotFound, CredentialInBin, ConnectorMissing: Before anything is done to any of them.
            RotationUnderWay: Somebody is at the only one that was named.
            HostError: The vault cannot be written.
        """
        chosen = list(dict.fromkeys(self._usable(credential) for credential in credentials))
        return self._rotate(chosen, _reason(emergency=emergency), work)

    def rotate_target(
        self, target: str, work: WorkContext[RotationChanged], *, emergency: bool = False
    ) -> tuple[RotationChanged, ...]:
        """Rotate all at one target, ``host`` or ``host:port``.

        Raises:
            NotFound: No credential that can be rotated is used there.
            HostError: The vault cannot be written.
        """
        page = self._index.page()
        chosen = [
            credential_id
            for credential_id, credential in page
            if credential.deletes_at is None and is_at(credential.target, target) and self._rotates(credential)
        ]
        if not chosen:
            raise NotFound(kind="target", name=target)
        # Those by which others are changed come last: what one of them could not finish would stop the others.
        admins = {self._admin_of(credential) for _, credential in page}
        chosen.sort(key=lambda credential_id: credential_id in admins)
        return self._rotate(chosen, _reason(emergency=emergency), work)

    def rotate_due(self, work: WorkContext[RotationChanged]) -> tuple[RotationChanged, ...]:
        """Rotate all that are due or overdue now, whatever their windows."""
        return self._rotate(self.due(), RotationReason.SCHEDULE, work)

    def resume(self, work: WorkContext[RotationChanged]) -> tuple[RotationChanged, ...]:
        """Bring all unfinished ones to their end or back to their start now."""
        found = [left for left in self._runner.agenda.left() if left.state.outcome in OPEN_OUTCOMES]

        def one(left: RotationChanged) -> RotationChanged | None:
            try:
                return self._runner.resume(left.credential_id, self._recorder, work)
            except RotationUnderWay:
                return left

        return tuple(self._each(found, one, work))

    def cancel(self, credential: str) -> RotationChanged:
        """Stop the one under way and bring it back to its start, where the target has not taken the new value.

        Raises:
            NotFound: No such credential, or nothing was ever rotated.
            RotationUnderWay: It does not stop in time.
        """
        credential_id = self._index.resolve(credential)
        found = self._runner.cancel(credential_id, self._recorder)
        if found is None:
            raise NotFound(kind="rotation", name=credential)
        return found

    def status(self) -> tuple[RotationChanged, ...]:
        """Return those that are under way, unfinished, stuck, failed, or in their grace period."""
        return self._runner.agenda.left()

    def due(self) -> tuple[UUID, ...]:
        """Return the credentials that are overdue."""
        return tuple(self._runner.agenda.overdue())

    def schedule(self, credential: str, plan: RotationPlan) -> RotationPlan:
        """Set when it rotates by itself.

        Raises:
            NotFound, CredentialInBin, ConnectorMissing: As they say.
            InvalidValue: Both ways at once, or out of bounds.
        """
        wanted = checked_plan(plan)
        credential_id = self._usable(credential)
        with self._index.changing:
            found = self._index.named(credential_id)
            kept = planned(wanted, found.last_rotated or found.changed, self._clock.now())
            facts: dict[str, str | int] = {"days": kept.days, "cron": kept.cron, "credential": str(credential_id)}
            entry = self._recorder.entry("credential.schedule", "credential", found.name, "ok", **facts)
            changed = structs.replace(found, plan=kept)
            with self._unlocked.vault.transaction() as transaction:
                self._unlocked.credential_store.write(transaction, credential_id, changed)
                transaction.record(entry)
            self._index.put(credential_id, changed)
        self._bus.publish(CredentialsChanged((credential_id,)))
        return kept

    def check(self, credential: str) -> None:
        """Log in at the target with the current value and look if a rotation could work; nothing is changed.

        Raises:
            NotFound, CredentialInBin, ConnectorMissing: As they say.
            RemoteError: What would stop it.
        """
        credential_id = self._usable(credential)
        found = self._index.named(credential_id)
        told = {"credential": str(credential_id)}
        with self._recorder.failures("credential.check", "credential", found.name, **told):
            try:
                self._try(credential_id, found)
            except VaultError:
                raise
            except Exception as exc:  # noqa: BLE001 - a plug-in's bug; its words may quote a value, so none are kept
                raise TargetFailed(target=found.target, number=0, reason=type(exc).__name__) from None
        self._recorder.use("credential.check", "credential", found.name, **told)

    def triggers(self) -> tuple[WatchedTrigger, ...]:
        """Return what is watched."""
        return self._triggers.watched()

    def watch(self, trigger: WatchedTrigger) -> None:
        """Add a trigger, or replace the one of that name.

        Raises:
            InvalidValue: It watches nothing, or both, or rotates nothing.
            NotFound, CredentialInBin, ConnectorMissing: As they say of the credentials.
        """
        for credential_id in trigger.credentials:
            self._usable(str(credential_id))
        self._triggers.add(trigger, self._recorder)

    def unwatch(self, name: str) -> None:
        """Remove a trigger.

        Raises:
            NotFound: There is none of this name.
        """
        self._triggers.remove(name, self._recorder)

    def _try(self, credential_id: UUID, found: CredentialDescription) -> None:
        value = self._targets.current(credential_id)
        with self._targets.open(credential_id) as opened:
            if opened.target.try_login(value) is Trial.REFUSED:
                raise LoginRefused(target=found.target, account=found.account)
            with opened.target.exclusive(value):
                opened.target.probe(value)

    def _rotate(
        self, ids: Sequence[UUID], reason: RotationReason, work: WorkContext[RotationChanged]
    ) -> tuple[RotationChanged, ...]:
        emergency = reason is RotationReason.EMERGENCY
        if work.cancelled:
            raise OperationCancelled

        def one(credential_id: UUID) -> RotationChanged | None:
            try:
                return self._runner.rotate(credential_id, reason, self._recorder, work, emergency=emergency)
            except RotationUnderWay:
                if len(ids) == 1:
                    raise
                # Somebody else is at it; how it stands is all there is to tell.
                return next((left for left in self.status() if left.credential_id == credential_id), None)

        return tuple(self._each(ids, one, work))

    def _each(
        self,
        items: Sequence[ItemT],
        one: Callable[[ItemT], RotationChanged | None],
        work: WorkContext[RotationChanged],
    ) -> Iterator[RotationChanged]:
        for item in items:
            # What began comes to an end that is told; the others are left alone.
            if work.cancelled or self._runner.leaving:
                return
            done = one(item)
            if done is not None:
                yield done

    def _usable(self, credential: str) -> UUID:
        """Return the id of a credential that can be rotated.

        Raises:
            NotFound, CredentialInBin, ConnectorMissing: It cannot.
        """
        credential_id, found = self._index.usable(credential)
        self._targets.connector(found)
        return credential_id

    def _admin_of(self, credential: CredentialDescription) -> UUID | None:
        name = credential.settings.get(ADMIN.name, "")
        with suppress(NotFound):
            return self._index.resolve(name) if name else None
        return None

    def _rotates(self, credential: CredentialDescription) -> bool:
        try:
            self._targets.connector(credential)
        except ConnectorMissing:
            return False
        return True


def _reason(*, emergency: bool) -> RotationReason:
    return RotationReason.EMERGENCY if emergency else RotationReason.ASKED
