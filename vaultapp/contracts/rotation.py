"""Changing a credential at its target: four steps, each on the disk before the next."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from vaultapp.core.work import WorkContext


class RotationStep(StrEnum):
    """What a rotation does next. RETIRE comes after the grace period, when the old value is taken from the target."""

    CREATE = "create"
    SET = "set"
    TEST = "test"
    FINISH = "finish"
    RETIRE = "retire"
    DONE = "done"


class RotationOutcome(StrEnum):
    """How it stands with a rotation.

    UNFINISHED: It stopped half way, and what is current still logs in or will be found; it is resumed by itself.
    FAILED: It is over, and the old value is current and in force.
    STUCK: No known value logs in: the person is needed.
    """

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    UNFINISHED = "unfinished"
    FAILED = "failed"
    CANCELLED = "cancelled"
    STUCK = "stuck"


OPEN_OUTCOMES = frozenset({RotationOutcome.RUNNING, RotationOutcome.UNFINISHED, RotationOutcome.STUCK})
"""With these a rotation is not over: it goes on, and nobody moves labels meanwhile, because which value is in force is
for the rotation to find out."""


class RotationReason(StrEnum):
    """Who or what began it."""

    ASKED = "asked"
    SCHEDULE = "schedule"
    EMERGENCY = "emergency"
    TRIGGER = "trigger"


class RotationPlan(Struct, frozen=True, gc=False):
    """When a credential rotates by itself: at most one of days and cron.

    Attributes:
        days: Every so many after the last rotation, 1-3,650; 0 not.
        cron: Five fields, in local time; empty not.
        window_start, window_minutes: It begins only within so many minutes from this minute of the local day;
            0 minutes: at any time.
        next_due: Microseconds UTC; None when it is never due. Kept by the vault.
    """

    days: int = 0
    cron: str = ""
    window_start: int = 0
    window_minutes: int = 0
    next_due: int | None = None


class ProofLine(StrEnum):
    """What is shown after an emergency, each tried at the target."""

    NEW_LOGS_IN = "new_logs_in"
    OLD_REFUSED = "old_refused"
    OLD_SESSIONS_ENDED = "old_sessions_ended"


class Proof(Struct, frozen=True, gc=False):
    """One line of the proof: what was tried, whether it held, how many sessions or nodes it was about."""

    line: ProofLine
    holds: bool
    count: int = 0


class RotationState(Struct, frozen=True, gc=False):
    """A rotation as people see it. Times are microseconds UTC.

    Attributes:
        step: The step under way, or that it stopped at; DONE when nothing is left.
        times: When each step was finished, by its name.
        error: Code of what stopped it; empty when nothing did. With ``facts`` it makes the sentence.
        next_try: When it goes on by itself; None when it does not.
        old_until: Until when the target takes the old value too; None when it does not (any more).
    """

    rotation_id: UUID
    reason: RotationReason
    step: RotationStep
    outcome: RotationOutcome
    started: int
    times: dict[str, int] = {}
    error: str = ""
    facts: dict[str, str | int] = {}
    attempts: int = 0
    next_try: int | None = None
    old_until: int | None = None
    proof: tuple[Proof, ...] = ()


class RotationChanged(Struct, frozen=True, tag=True):
    """Event, and partial result: a rotation went on a step, or ended."""

    credential_id: UUID
    identifier: str
    state: RotationState


class WatchedTrigger(Struct, frozen=True):
    """What outside the vault rotates credentials: a file that appears or changes, or a command that exits with 0.

    Attributes:
        name: For people; unique.
        path: File that is watched; empty for a command.
        command: Program and arguments, tried every ``every_s``; empty for a file.
        credentials: Their ids.
        emergency: Rotate without grace, and end sessions.
    """

    name: str
    credentials: tuple[UUID, ...]
    path: bytes = b""
    command: tuple[str, ...] = ()
    every_s: int = 60
    emergency: bool = True


def is_at(target: str, wanted: str) -> bool:
    """Tell if a credential's target is the wanted one: ``host:port``, or a host alone, which means all its ports."""
    there, sought = target.casefold(), wanted.strip().casefold()
    return bool(sought) and sought in (there, there.rpartition(":")[0])


class RotationApi(Protocol):
    """Change secrets where they are used.

    Raises:
        NotFound, CredentialInBin: As they say.
        ConnectorMissing: Nothing rotates this kind, or its plug-in is not named in the settings.
    """

    def rotate(
        self, credentials: tuple[str, ...], work: WorkContext[RotationChanged], *, emergency: bool = False
    ) -> tuple[RotationChanged, ...]:
        """Rotate these, one after the other, and return how each stands; failures are outcomes, not raised.

        One that is unfinished goes on with its pending value. Cancelling stops before the next step that can be
        left, and brings what was not set yet back to its start.
        """

    def rotate_target(
        self, target: str, work: WorkContext[RotationChanged], *, emergency: bool = False
    ) -> tuple[RotationChanged, ...]:
        """Rotate all at one target (``host``, or ``host:port``)."""

    def rotate_due(self, work: WorkContext[RotationChanged]) -> tuple[RotationChanged, ...]:
        """Rotate all that are due or overdue now, whatever their windows."""

    def resume(self, work: WorkContext[RotationChanged]) -> tuple[RotationChanged, ...]:
        """Bring all unfinished ones to their end or back to their start now."""

    def cancel(self, credential: str) -> RotationChanged:
        """Stop the one under way and bring it back to its start, where the target has not taken the new value."""

    def status(self) -> tuple[RotationChanged, ...]:
        """Return those that are under way, unfinished, stuck, failed, or in their grace period."""

    def due(self) -> tuple[UUID, ...]:
        """Return the credentials that are overdue."""

    def schedule(self, credential: str, plan: RotationPlan) -> RotationPlan:
        """Set when it rotates by itself.

        Raises:
            InvalidValue: Both ways at once, or out of bounds.
        """

    def check(self, credential: str) -> None:
        """Log in at the target with the current value and look if a rotation could work; nothing is changed.

        Raises:
            RemoteError: What would stop it.
        """

    def triggers(self) -> tuple[WatchedTrigger, ...]:
        """Return what is watched."""

    def watch(self, trigger: WatchedTrigger) -> None:
        """Add a trigger, or replace the one of that name."""

    def unwatch(self, name: str) -> None:
        """Remove a trigger."""
