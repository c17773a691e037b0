"""One rotation, step by step, over a target.

What can never happen is that a password is in force at the target which the vault does not hold. So the new value is
on the disk before the target hears of it, no value is ever thrown away that the target may have taken, and what the
target did is told by logging in, never by what it answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from msgspec import structs

from vaultapp.contracts.connectors import Connector, Target, Trial
from vaultapp.contracts.credential_kinds import GRACE, PasswordRules
from vaultapp.contracts.credentials import Label
from vaultapp.contracts.rotation import Proof, ProofLine, RotationOutcome, RotationStep
from vaultapp.core.clock import MICROS, Clock
from vaultapp.core.errors import HostError, InvalidValue, NotFound, VaultError
from vaultapp.core.target_errors import LoginRefused, PasswordRefused, ProbeFailed, TargetFailed
from vaultapp.services.credential_values import checked_value
from vaultapp.services.rotation_candidates import RotationCandidates
from vaultapp.services.rotation_claims import Brakes
from vaultapp.services.rotation_journal import RotationJournal

BACK_OFF_S = (30, 120, 600, 3600)
"""Before the second, third, … try; the last one for all that follow."""
LAG_S = (0.2, 1.0, 3.0)
"""Waits before a new password that is refused is tried again: a server behind may not have it yet."""
STRICTER_BY = 8

# Makes a secret by rules.
Generate = Callable[[PasswordRules], str]


@dataclass(frozen=True, slots=True)
class OpenTarget:
    """A target and what is known of it.

    Attributes:
        connector: Whose it is.
        target: The account.
        settings: Defaults filled in.
    """

    connector: Connector
    target: Target
    settings: Mapping[str, str] = field(repr=False)

    @property
    def grace(self) -> int:
        """How long the old value stays valid where two may be; microseconds."""
        minutes = self.settings.get(GRACE.name) or GRACE.default
        return int(minutes) * 60 * MICROS

    @property
    def keeps_old(self) -> bool:
        """True when the target takes two values at once."""
        return self.connector.keeps_old(self.settings)


class RotationEngine:
    """Brings one rotation from where its record stands to its end, or to where it has to wait.

    Args:
        journal: The record.
        opened: The target.
        generate: Makes secrets.
        clock: Source of time.
        brakes: Tell when to stop.
        resumed: Somebody was at it before, perhaps in another life of this process.
        lag_s: Waits between tries of the new value.
    """

    def __init__(
        self,
        journal: RotationJournal,
        opened: OpenTarget,
        generate: Generate,
        clock: Clock,
        brakes: Brakes,
        *,
        resumed: bool,
        lag_s: tuple[float, ...] = LAG_S,
    ) -> None:
        self._journal = journal
        self._opened = opened
        self._target = opened.target
        self._generate = generate
        self._clock = clock
        self._brakes = brakes
        self._lag_s = lag_s
        self._candidates = RotationCandidates(journal.held, opened.target)
        # True while the target may have taken the pending value without anybody having seen it.
        self._may_be_set = resumed
        self._steps = {
            RotationStep.CREATE: self._create,
            RotationStep.SET: self._set,
            RotationStep.TEST: self._test,
            RotationStep.FINISH: self._finish,
            RotationStep.RETIRE: self._retire,
        }

    def run(self) -> None:
        """Take steps until the rotation ended, or cannot go on now. Nothing is raised for what a target does.

        Raises:
            VaultError: The record could not be written; the disk tells where it stands.
        """
        while self._journal.state.outcome is RotationOutcome.RUNNING:
            try:
                self._take_step()
            except VaultError as exc:
                self._failed(exc)
            except Exception as exc:  # noqa: BLE001 - a plug-in's bug; its words may quote a value, so none are kept
                self._failed(TargetFailed(target=self._told_target, number=0, reason=type(exc).__name__))

    def _take_step(self) -> None:
        step = self._journal.state.step
        if self._brakes.leaving:
            self._journal.postpone(None, self._clock.now())
        elif self._brakes.called_off and step in (RotationStep.CREATE, RotationStep.SET):
            self._call_off()
        else:
            self._steps[step]()

    # The four steps, and the end of the grace period.

    def _create(self) -> None:
        journal, target = self._journal, self._target
        keep_old = self._opened.keeps_old and self._opened.grace > 0 and not journal.state.emergency
        current = journal.held.fields(journal.state.base)
        labelled = journal.credential.labels.get(Label.PENDING)
        if labelled is not None:
            # It may be in force already: another one must never be made.
            self._check_same_target(current, journal.held.fields(labelled))
            journal.adopt_pending(labelled, keep_old=keep_old)
            self._may_be_set = True
            return
        self._retire_former()
        # Plug-ins and programs propose what they like.
        proposed = checked_value(
            self._opened.connector.kind, target.propose(current, self._new_secret(), journal.held.all())
        )
        self._check_same_target(current, proposed)
        journal.write_pending(proposed, keep_old=keep_old)
        self._may_be_set = False

    def _set(self) -> None:
        journal = self._journal
        found = self._candidates.in_force()
        if found is None:
            self._stick()
            return
        with self._target.exclusive(found.fields):
            # Somebody else may have been at it until the lock was ours.
            found = self._candidates.in_force()
            if found is None:
                self._stick()
                return
            if found.version_id != journal.state.pending:
                self._may_be_set = True
                keep = journal.held.fields(journal.state.base) if journal.state.keep_old else None
                self._target.set(found.fields, journal.held.fields(journal.state.pending), keep=keep)
        journal.go_on(RotationStep.TEST)

    def _test(self) -> None:
        pending = self._journal.held.fields(self._journal.state.pending)
        waits = list(self._lag_s)
        while True:
            try:
                self._target.probe(pending)
                break
            except LoginRefused as exc:
                if not waits:
                    self._set_back(exc)
                    return
                self._brakes.wait(waits.pop(0))
            except ProbeFailed as exc:
                self._set_back(exc)
                return
        self._journal.go_on(RotationStep.FINISH)

    def _finish(self) -> None:
        state = self._journal.state
        waits = state.keep_old and not state.emergency
        self._journal.finish(
            self._opened.connector.kind,
            retire=waits or state.emergency or self._opened.keeps_old,
            old_until=self._clock.now() + self._opened.grace if waits else None,
        )

    def _retire(self) -> None:
        journal, target = self._journal, self._target
        if journal.credential.labels.get(Label.CURRENT) != journal.state.pending:
            # The person made another value current since: what is in force is theirs now, perhaps the old one.
            journal.done((), taken=False)
            return
        current, old = journal.held.fields(journal.state.pending), journal.held.fields(journal.state.base)
        found = self._candidates.in_force()
        if found is None:
            self._stick()
            return
        with target.exclusive(found.fields):
            if found.version_id != journal.state.pending and target.try_login(current) is Trial.REFUSED:
                # The target was put back to an earlier state meanwhile.
                target.set(found.fields, current, keep=None)
            target.retire(current, old)
        proof = self._proof(current, old) if journal.state.emergency else ()
        if all(line.holds for line in proof) or self._brakes.gives_up:
            journal.done(proof)
        else:
            error = TargetFailed(target=self._told_target, number=0, reason="proof")
            journal.postpone(error, self._later(), proof)

    # What is done when something does not go well.

    def _failed(self, error: VaultError) -> None:
        step = self._journal.state.step
        if isinstance(error, NotFound) and error.facts.get("kind") == "credential":
            # It was deleted beneath us; there is nothing to write any more.
            raise error
        if self._brakes.gives_up and step is RotationStep.TEST:
            # The target took it, and whoever calls off need not wait until it can show so once more.
            self._journal.go_on(RotationStep.FINISH)
        elif self._brakes.gives_up and step is RotationStep.RETIRE:
            self._journal.done(self._journal.state.proof, taken=False)
        elif step is RotationStep.SET and isinstance(error, PasswordRefused):
            self._refused(error)
        elif step is RotationStep.SET and self._may_be_set:
            self._find_out(error)
        elif step in (RotationStep.CREATE, RotationStep.SET) and not error.retryable:
            self._journal.fail(error)
        else:
            self._journal.postpone(error, self._later(error))

    def _find_out(self, error: VaultError) -> None:
        """Log in with the pending value: the target may have taken it whatever was answered."""
        with suppress(VaultError):
            trial = self._target.try_login(self._journal.held.fields(self._journal.state.pending))
            if trial is not Trial.REFUSED:
                self._journal.go_on(RotationStep.TEST)
                return
            if not error.retryable:
                self._journal.fail(error)
                return
        self._journal.postpone(error, self._later(error))

    def _refused(self, error: PasswordRefused) -> None:
        if self._journal.state.refused:
            self._journal.fail(error)
        else:
            self._journal.discard_refused()

    def _set_back(self, error: VaultError) -> None:
        """Bring the old value into force again, and end."""
        journal, target = self._journal, self._target
        found = self._candidates.in_force()
        if found is None:
            self._stick()
            return
        current, pending = journal.held.fields(journal.state.base), journal.held.fields(journal.state.pending)
        with target.exclusive(found.fields):
            target.set(found.fields, current, keep=None)
        with suppress(VaultError):
            # Where both are taken, or the account is another, the new value is not wanted there any more.
            target.retire(current, pending)
        if target.try_login(current) is Trial.REFUSED:
            raise error
        journal.fail(error)

    def _call_off(self) -> None:
        journal = self._journal
        if journal.state.step is RotationStep.SET and self._may_be_set:
            try:
                trial = self._target.try_login(journal.held.fields(journal.state.pending))
            except VaultError as exc:
                if self._brakes.gives_up:
                    # The value is kept, and tried by the next rotation.
                    journal.call_off()
                else:
                    journal.postpone(exc, self._later(exc))
                return
            if trial is not Trial.REFUSED:
                journal.go_on(RotationStep.TEST)
                return
        journal.call_off()

    def _stick(self) -> None:
        self._journal.stick(LoginRefused(target=self._told_target, account=self._journal.credential.account))

    def _retire_former(self) -> None:
        """Take the value of an earlier grace period from the target: it makes room, and nobody would do it later."""
        former = self._journal.former()
        if former is None:
            return
        try:
            current = self._journal.held.fields(former.description.pending)
            old = self._journal.held.fields(former.description.base)
            self._target.retire(current, old)
        except VaultError as exc:
            if exc.retryable:
                raise
        self._journal.end_former(former)

    def _proof(self, current: dict[str, str], old: dict[str, str]) -> tuple[Proof, ...]:
        ended = self._target.end_sessions(current, old)
        new_logs_in = self._target.try_login(current) is Trial.ACCEPTED
        old_refused = self._target.try_login(old) is Trial.REFUSED
        return (
            Proof(ProofLine.OLD_REFUSED, old_refused, 1),
            Proof(ProofLine.OLD_SESSIONS_ENDED, holds=True, count=ended),
            Proof(ProofLine.NEW_LOGS_IN, new_logs_in, 1),
        )

    def _new_secret(self) -> str:
        rules = self._opened.connector.kind.rules
        if rules is None:
            # The target makes it.
            return ""
        if self._journal.state.refused:
            rules = structs.replace(rules, length=rules.length + STRICTER_BY, letters=True, digits=True, symbols=True)
        return self._generate(rules)

    def _check_same_target(self, current: Mapping[str, str], pending: Mapping[str, str]) -> None:
        """Refuse a pending value that leads elsewhere, which would have another account changed.

        Raises:
            InvalidValue: It does.
        """
        for name in self._opened.connector.kind.target:
            if current.get(name, "") != pending.get(name, ""):
                raise InvalidValue(field=name, reason="another_target")

    def _later(self, error: VaultError | None = None) -> int:
        # A disk that is full is so for a while, and says nothing of the target, which may have the new value alone.
        retryable = error is None or error.retryable or isinstance(error, HostError)
        wait = BACK_OFF_S[min(self._journal.state.attempts, len(BACK_OFF_S) - 1)] if retryable else BACK_OFF_S[-1]
        return self._clock.now() + wait * MICROS

    @property
    def _told_target(self) -> str:
        return self._journal.credential.target
