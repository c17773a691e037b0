"""What of an open vault's rotations is left to do, and when."""

from __future__ import annotations

import threading
from contextlib import suppress
from uuid import UUID

from vaultapp.contracts.rotation import (
    OPEN_OUTCOMES,
    RotationChanged,
    RotationOutcome,
    RotationState,
    RotationStep,
)
from vaultapp.core.clock import DAY, MICROS, Clock
from vaultapp.core.errors import InvalidValue, NotFound
from vaultapp.core.events import EventBus
from vaultapp.services.credential_descriptions import CredentialDescription
from vaultapp.services.credential_values import GRACE_LIMIT
from vaultapp.services.rotation_engine import BACK_OFF_S
from vaultapp.services.rotation_plans import MINIMUM_INTERVAL, due_at, starts_at
from vaultapp.services.unlocked import UnlockedVault

_TOLD = OPEN_OUTCOMES | {RotationOutcome.FAILED}
_AFTER_FAILURE = DAY
_SOONEST_S = 1.0


class RotationAgenda:
    """Keeps the last rotations that are not simply over, and tells what is due. Thread safe.

    Args:
        unlocked: The open vault.
        clock: Source of time.
        bus: Tells of every step.
    """

    def __init__(self, unlocked: UnlockedVault, clock: Clock, bus: EventBus) -> None:
        self._index = unlocked.credentials
        self._store = unlocked.credential_store
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[UUID, RotationChanged] = {}
        self._over: set[UUID] = set()
        # Left half way by earlier lives of the process, and not looked at in this one.
        self._unexamined: set[UUID] = set()
        self._looked_up = False
        self._began: dict[UUID, float] = {}
        self._opened = clock.now()
        self._forget = bus.subscribe(RotationChanged, self._heard)

    def close(self) -> None:
        """Listen no more. Idempotent."""
        with suppress(ValueError):
            self._forget()

    def look_up(self) -> None:
        """Read from the vault what earlier lives of the process left. Once; takes its time with many credentials."""
        with self._lock:
            if self._looked_up:
                return
        found: list[RotationChanged] = []
        for credential_id, credential in self._index.page():
            if credential.rotation is not None:
                with suppress(NotFound):
                    state = self._store.rotation(credential.rotation).as_contract(credential.rotation)
                    found.append(RotationChanged(credential_id, credential.identifier, state))
        with self._lock:
            for changed in found:
                if changed.credential_id not in self._known and changed.credential_id not in self._over:
                    self._put(changed)
                    if changed.state.outcome in (RotationOutcome.RUNNING, RotationOutcome.UNFINISHED):
                        self._unexamined.add(changed.credential_id)
            self._looked_up = True

    def left(self) -> tuple[RotationChanged, ...]:
        """Return those that are under way, unfinished, stuck, failed, or in their grace period."""
        self.look_up()
        with self._lock:
            found = list(self._known.values())
        return tuple(one for one in found if self._index.get(one.credential_id) is not None)

    def unexamined(self) -> list[UUID]:
        """Return the credentials whose rotations an earlier life of the process left half way."""
        found = [one.credential_id for one in self.left() if self._is_here(one)]
        with self._lock:
            return [credential_id for credential_id in found if credential_id in self._unexamined]

    def ready(self) -> list[UUID]:
        """Return the credentials whose rotations are to go on now: to try again, or because a grace period is over."""
        now = self._clock.now()
        return [
            one.credential_id
            for one in self.left()
            if self._is_here(one) and (at := goes_on_at(one.state, now)) is not None and at <= now
        ]

    def overdue(self) -> list[UUID]:
        """Return the credentials whose time has come by their plans, first those that have waited longest."""
        now = self._clock.now()
        found = []
        for credential_id, credential in self._index.page():
            due = self._due(credential_id, credential, now)
            if due is not None and due <= now:
                found.append((due, credential_id))
        return [credential_id for _, credential_id in sorted(found)]

    def startable(self) -> list[UUID]:
        """Return those of the overdue ones that begin by themselves now."""
        now = self._clock.now()
        found = []
        for credential_id in self.overdue():
            credential = self._index.get(credential_id)
            due = None if credential is None else self._due(credential_id, credential, now)
            if credential is None or due is None or self._was_just_rotated(credential_id, credential, now):
                continue
            if starts_at(credential.plan, due, self._opened) <= now:
                found.append(credential_id)
        return found

    def began(self, credential_id: UUID) -> None:
        """Note that a plan was followed; none is twice within the minimum interval."""
        with self._lock:
            self._began[credential_id] = self._clock.monotonic()

    def seconds_to_next(self, most: float) -> float:
        """Return how long nothing goes on by itself, up to some seconds."""
        now = self._clock.now()
        with self._lock:
            known = list(self._known.values())
        moments = [moment for one in known if self._is_here(one) and (moment := goes_on_at(one.state, now)) is not None]
        # What is late already could not go on just now, and is not asked without end.
        return min([most, *(max(_SOONEST_S, (moment - now) / MICROS) for moment in moments)])

    def _due(self, credential_id: UUID, credential: CredentialDescription, now: int) -> int | None:
        plan = credential.plan
        if credential.deletes_at is not None or not (plan.days or plan.cron):
            return None
        with self._lock:
            last = self._known.get(credential_id)
        if last is not None and last.state.outcome in OPEN_OUTCOMES:
            return None
        try:
            return due_at(plan, credential.last_rotated or credential.changed, now)
        except InvalidValue:
            # A line that cannot be read keeps no other credential from being due.
            return None

    def _was_just_rotated(self, credential_id: UUID, credential: CredentialDescription, now: int) -> bool:
        with self._lock:
            began = self._began.get(credential_id)
            last = self._known.get(credential_id)
        if began is not None and self._clock.monotonic() - began < MINIMUM_INTERVAL / MICROS:
            return True
        if last is not None and last.state.outcome is RotationOutcome.FAILED:
            # What the target does not allow it will not allow in an hour either.
            return 0 <= now - last.state.started < _AFTER_FAILURE
        return credential.last_rotated is not None and 0 <= now - credential.last_rotated < MINIMUM_INTERVAL

    def _is_here(self, changed: RotationChanged) -> bool:
        found = self._index.get(changed.credential_id)
        return found is not None and found.deletes_at is None

    def _heard(self, changed: RotationChanged) -> None:
        with self._lock:
            self._unexamined.discard(changed.credential_id)
            self._put(changed)

    def _put(self, changed: RotationChanged) -> None:
        if changed.state.outcome in _TOLD or changed.state.step is RotationStep.RETIRE:
            self._known[changed.credential_id] = changed
            self._over.discard(changed.credential_id)
        else:
            self._known.pop(changed.credential_id, None)
            self._over.add(changed.credential_id)


def goes_on_at(state: RotationState, now: int) -> int | None:
    """Return when a rotation goes on by itself; None when it does not, or is under way.

    What lies further ahead than anything is planned was written while the clock was wrong: that goes on now, or an
    old password would be in force for years.
    """
    if state.outcome is RotationOutcome.UNFINISHED:
        return _believed(state.next_try, now, BACK_OFF_S[-1] * MICROS)
    if state.outcome is RotationOutcome.SUCCEEDED and state.step is RotationStep.RETIRE:
        return _believed(state.old_until, now, GRACE_LIMIT * 60 * MICROS)
    return None


def _believed(moment: int | None, now: int, most: int) -> int | None:
    return now if moment is not None and moment > now + most else moment
