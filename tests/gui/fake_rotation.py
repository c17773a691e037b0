"""Rotations in memory: a target that says what a test wants."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from msgspec import structs

from tests.gui.fake_credentials import FakeCredentials
from tests.gui.gates import open_gate, pass_gate_unless
from vaultapp.contracts.credentials import Credential, CredentialVersion, Label
from vaultapp.contracts.events import Event
from vaultapp.contracts.rotation import (
    Proof,
    ProofLine,
    RotationApi,
    RotationChanged,
    RotationOutcome,
    RotationPlan,
    RotationReason,
    RotationState,
    RotationStep,
    WatchedTrigger,
)
from vaultapp.core.clock import DAY, MICROS
from vaultapp.core.errors import VaultError
from vaultapp.core.work import WorkContext

STEPS = (RotationStep.CREATE, RotationStep.SET, RotationStep.TEST, RotationStep.FINISH)


@dataclass
class FakeRotation:
    """Goes through the four steps, and stops where a test says.

    Attributes:
        gates: A rotation waits here before a step is made, by the step.
        fails: Error by the name of a credential, and how that leaves the rotation.
        check_fails: Raised by the next check.
    """

    kept: FakeCredentials
    publish: Callable[[Event], None] = lambda _event: None
    asked: list[tuple[object, ...]] = field(default_factory=list)
    gates: dict[RotationStep, threading.Event] = field(default_factory=lambda: {step: open_gate() for step in STEPS})
    fails: dict[str, tuple[VaultError, RotationStep, RotationOutcome]] = field(default_factory=dict)
    check_fails: VaultError | None = None
    grace_s: int = 1800
    stopped: set[UUID] = field(default_factory=set)
    kept_triggers: dict[str, WatchedTrigger] = field(default_factory=dict)
    watch_fails: VaultError | None = None

    def rotate(
        self, credentials: tuple[str, ...], work: WorkContext[RotationChanged], *, emergency: bool = False
    ) -> tuple[RotationChanged, ...]:
        found = [self.kept.credentials[self.kept._at(name)] for name in credentials]
        self.asked.append(("rotate", *(each.name for each in found), emergency))
        reason = RotationReason.EMERGENCY if emergency else RotationReason.ASKED
        return tuple(self._rotated(each, reason, work) for each in found)

    def rotate_target(
        self, target: str, work: WorkContext[RotationChanged], *, emergency: bool = False
    ) -> tuple[RotationChanged, ...]:
        self.asked.append(("rotate_target", target, emergency))
        there = [each for each in self.kept.credentials if target in (each.target, each.target.partition(":")[0])]
        reason = RotationReason.EMERGENCY if emergency else RotationReason.ASKED
        return tuple(self._rotated(each, reason, work) for each in there if each.deletes_at is None)

    def rotate_due(self, work: WorkContext[RotationChanged]) -> tuple[RotationChanged, ...]:
        self.asked.append(("rotate_due",))
        due = set(self.due())
        found = [each for each in self.kept.credentials if each.credential_id in due]
        return tuple(self._rotated(each, RotationReason.SCHEDULE, work) for each in found)

    def resume(self, work: WorkContext[RotationChanged]) -> tuple[RotationChanged, ...]:
        self.asked.append(("resume",))
        return ()

    def cancel(self, credential: str) -> RotationChanged:
        found = self.kept.credentials[self.kept._at(credential)]
        self.asked.append(("cancel", found.name))
        self.stopped.add(found.credential_id)
        assert found.rotation is not None
        return RotationChanged(found.credential_id, found.identifier, found.rotation)

    def status(self) -> tuple[RotationChanged, ...]:
        kept = self.kept.credentials
        return tuple(RotationChanged(c.credential_id, c.identifier, c.rotation) for c in kept if c.rotation is not None)

    def due(self) -> tuple[UUID, ...]:
        now = self.kept.now()
        return tuple(
            each.credential_id
            for each in self.kept.credentials
            if each.plan.next_due is not None and each.plan.next_due <= now and each.deletes_at is None
        )

    def schedule(self, credential: str, plan: RotationPlan) -> RotationPlan:
        found = self.kept.credentials[self.kept._at(credential)]
        self.asked.append(("schedule", found.name, plan))
        due = self.kept.now() + (plan.days or 1) * DAY if plan.days or plan.cron else None
        made = structs.replace(plan, next_due=due)
        self.kept.change(found, plan=made)
        return made

    def check(self, credential: str) -> None:
        self.asked.append(("check", self.kept.credentials[self.kept._at(credential)].name))
        fails, self.check_fails = self.check_fails, None
        if fails is not None:
            raise fails

    def triggers(self) -> tuple[WatchedTrigger, ...]:
        return tuple(self.kept_triggers.values())

    def watch(self, trigger: WatchedTrigger) -> None:
        self.asked.append(("watch", trigger.name))
        fails, self.watch_fails = self.watch_fails, None
        if fails is not None:
            raise fails
        self.kept_triggers[trigger.name] = trigger

    def unwatch(self, name: str) -> None:
        self.asked.append(("unwatch", name))
        del self.kept_triggers[name]

    def _rotated(
        self, found: Credential, reason: RotationReason, work: WorkContext[RotationChanged]
    ) -> RotationChanged:
        now = self.kept.now()
        state = RotationState(uuid4(), reason, RotationStep.CREATE, RotationOutcome.RUNNING, now)
        self.stopped.discard(found.credential_id)
        for at, step in enumerate(STEPS):
            state = structs.replace(state, step=step)
            self._tell(found, state, work)
            stop = lambda: work.cancelled or found.credential_id in self.stopped  # noqa: E731
            if not pass_gate_unless(self.gates[step], stop):
                return self._tell(found, structs.replace(state, outcome=RotationOutcome.CANCELLED), work)
            fails = self.fails.get(found.name)
            if fails is not None and fails[1] is step:
                error, _, outcome = fails
                state = structs.replace(state, outcome=outcome, error=error.code, facts=error.facts, attempts=1)
                return self._tell(found, state, work)
            self._done(found, step)
            state = structs.replace(state, times=state.times | {step.value: now + at * MICROS})
        emergency = reason is RotationReason.EMERGENCY
        lines = (ProofLine.NEW_LOGS_IN, ProofLine.OLD_REFUSED, ProofLine.OLD_SESSIONS_ENDED)
        state = structs.replace(
            state,
            step=RotationStep.DONE if emergency else RotationStep.RETIRE,
            outcome=RotationOutcome.SUCCEEDED,
            old_until=None if emergency else now + self.grace_s * MICROS,
            proof=tuple(Proof(line, True, 2) for line in lines) if emergency else (),
        )
        return self._tell(found, state, work)

    def _done(self, found: Credential, step: RotationStep) -> None:
        now = self.kept.credentials[self.kept._at(str(found.credential_id))]
        if step is RotationStep.CREATE:
            number = len(now.versions) + 1
            made = CredentialVersion(uuid4().hex, number, (Label.PENDING,), self.kept.now(), self.kept.now())
            value = self.kept.values[found.credential_id][len(now.versions)]
            self.kept.values[found.credential_id][number] = value | {"password": f"rotated-{number}"}
            self.kept.change(now, versions=(*now.versions, made))
        elif step is RotationStep.FINISH:
            self.kept.label(now, len(now.versions))

    def _tell(self, found: Credential, state: RotationState, work: WorkContext[RotationChanged]) -> RotationChanged:
        now = self.kept.credentials[self.kept._at(str(found.credential_id))]
        self.kept.credentials[self.kept._at(str(found.credential_id))] = structs.replace(now, rotation=state)
        told = RotationChanged(found.credential_id, found.identifier, state)
        work.emit(told)
        self.publish(told)
        return told


if TYPE_CHECKING:
    _: type[RotationApi] = FakeRotation
