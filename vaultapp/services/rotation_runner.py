"""Everything that rotates in an open vault: for whoever asks, and what goes on by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from vaultapp.contracts.rotation import (
    OPEN_OUTCOMES,
    RotationChanged,
    RotationOutcome,
    RotationReason,
    RotationStep,
)
from vaultapp.core.clock import MICROS, Clock
from vaultapp.core.credential_errors import RotationUnderWay
from vaultapp.core.errors import HostError, VaultError
from vaultapp.core.events import EventBus
from vaultapp.core.work import WorkContext
from vaultapp.services.recorder import Recorder
from vaultapp.services.rotation_agenda import RotationAgenda, goes_on_at
from vaultapp.services.rotation_book import RotationBook
from vaultapp.services.rotation_claims import Brakes, RotationClaims
from vaultapp.services.rotation_engine import BACK_OFF_S, LAG_S, Generate, RotationEngine
from vaultapp.services.rotation_journal import RotationJournal
from vaultapp.services.rotation_targets import RotationTargets
from vaultapp.services.unlocked import UnlockedVault

START_AFTER_S = 1.0
TICK_S = 15.0
_CLOSING_S = 3.0
_CALLED_OFF_WITHIN_S = 20.0
_SETTLED_WITHIN_S = 5.0


class RotationRunner:
    """Rotates for whoever asks, resumes what was left half way, ends grace periods, and follows plans.

    Args:
        unlocked: The open vault.
        targets: Where credentials are used.
        generate: Makes secrets.
        clock: Source of time.
        bus: Told of every step.
        leaving: True once the process is about to lock or end, whoever began that.
        start_after_s: Whoever opens the vault for a moment does not wait for all of this.
        tick_s: Seconds between two looks at what is due.
        lag_s: Waits between tries of a new value.
    """

    def __init__(
        self,
        unlocked: UnlockedVault,
        targets: RotationTargets,
        generate: Generate,
        clock: Clock,
        bus: EventBus,
        leaving: Callable[[], bool] = lambda: False,
        *,
        start_after_s: float = START_AFTER_S,
        tick_s: float = TICK_S,
        lag_s: tuple[float, ...] = LAG_S,
    ) -> None:
        self.agenda = RotationAgenda(unlocked, clock, bus)
        self._unlocked = unlocked
        self._targets = targets
        self._generate = generate
        self._clock = clock
        self._is_leaving = leaving
        self._start_after_s = start_after_s
        self._tick_s = tick_s
        self._lag_s = lag_s
        self._book = RotationBook(unlocked, clock, bus)
        self._claims = RotationClaims()
        self._stopped = threading.Event()
        self._wake = threading.Event()
        self._examined = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rotations", daemon=True)

    @property
    def leaving(self) -> bool:
        """True when no further step is to be taken."""
        return self._stopped.is_set() or self._is_leaving()

    def start(self) -> None:
        """Begin: first everything is examined that was left half way."""
        self._thread.start()

    def stop(self, seconds: float = _CLOSING_S) -> bool:
        """Let what is under way stop at its next step; False when something goes on after a bounded wait.

        It is resumed at the next unlock. Idempotent.
        """
        self._stopped.set()
        self._wake.set()
        free = self._claims.wait_all_free(seconds)
        if free and self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(seconds)
        self.agenda.close()
        return free

    def rotate(
        self,
        credential_id: UUID,
        reason: RotationReason,
        recorder: Recorder,
        work: WorkContext[RotationChanged],
        *,
        emergency: bool = False,
    ) -> RotationChanged:
        """Rotate a credential; one that is unfinished goes on with its pending value.

        Raises:
            RotationUnderWay: Somebody is at it.
            NotFound: The credential is not there.
            HostError: It could not be written down.
        """
        with self._claimed(credential_id, work) as brakes:
            last = self._book.last(credential_id, recorder, work.emit)
            if last is not None and last.state.outcome in OPEN_OUTCOMES and last.state.step is not RotationStep.RETIRE:
                return self._go_on(last, brakes, emergency=emergency)
            journal = self._book.begin(credential_id, reason, recorder, work.emit, emergency=emergency)
            return self._bring_on(journal, brakes, resumed=False)

    def resume(
        self, credential_id: UUID, recorder: Recorder, work: WorkContext[RotationChanged], *, gives_up: bool = False
    ) -> RotationChanged | None:
        """Bring the last rotation to its end, or back to its start; None when nothing is left of it to do.

        Args:
            credential_id: Whose rotation.
            recorder: Whose wish it is.
            work: Told of each step.
            gives_up: Call it off where the target has not taken the new value, or cannot be asked.

        Raises:
            RotationUnderWay: Somebody is at it.
            NotFound: The credential is not there.
        """
        with self._claimed(credential_id, work, gives_up=gives_up) as brakes:
            last = self._book.last(credential_id, recorder, work.emit)
            if last is None:
                return None
            state = last.state
            now = self._clock.now()
            ends = goes_on_at(last.changed.state, now)
            if state.outcome not in OPEN_OUTCOMES and (ends is None or ends > now):
                return None
            return self._go_on(last, brakes, emergency=False)

    def cancel(
        self, credential_id: UUID, recorder: Recorder, seconds: float = _CALLED_OFF_WITHIN_S
    ) -> RotationChanged | None:
        """Call off what is under way or unfinished; None when there never was anything.

        Raises:
            RotationUnderWay: It does not stop in time.
        """
        if self._claims.pull(credential_id) and not self._claims.wait_free(credential_id, seconds):
            raise RotationUnderWay(credential=self._unlocked.credentials.named(credential_id).name)
        work: WorkContext[RotationChanged] = WorkContext()
        last = self._book.last(credential_id, recorder, work.emit)
        if last is None:
            return None
        if last.state.outcome in OPEN_OUTCOMES:
            return self.resume(credential_id, recorder, work, gives_up=True)
        return last.changed

    def let_go(self, credential_id: UUID, recorder: Recorder) -> None:
        """End a rotation that is stuck, because the person gives a value; the one that it brought is kept and tried.

        Raises:
            RotationUnderWay: Somebody is at it.
        """
        with self._claimed(credential_id, WorkContext()):
            last = self._book.last(credential_id, recorder, lambda _changed: None)
            if last is not None and last.state.outcome is RotationOutcome.STUCK:
                last.call_off()

    def settle(self, credential_id: UUID, seconds: float = _SETTLED_WITHIN_S) -> None:
        """Wait a bounded time until it is known which value is in force.

        That is while a rotation is under way, or when one that was left half way has not been examined since the
        unlock: then it is examined now, and not after all others, whose targets may not answer.
        """
        until = self._clock.monotonic() + seconds
        if not self._examined.is_set() and not self._claims.holds(credential_id):
            settling = threading.Thread(target=self._settle, args=(credential_id,), name="settle", daemon=True)
            settling.start()
            settling.join(seconds)
        self._claims.wait_free(credential_id, max(0.0, until - self._clock.monotonic()))

    def wait_examined(self, seconds: float) -> bool:
        """Wait until everything was examined that was left half way; False when that takes longer."""
        return self._examined.wait(seconds)

    def is_under_way(self, credential_id: UUID) -> bool:
        """True while somebody is at it."""
        return self._claims.holds(credential_id)

    def round(self) -> None:
        """Do what is due by itself, in the calling thread."""
        for credential_id in self.agenda.ready():
            self._alone(self._resume_alone, credential_id)
        for credential_id in self.agenda.startable():
            self.agenda.began(credential_id)
            self._alone(self._rotate_alone, credential_id)

    def examine(self) -> None:
        """Bring everything that was left half way to its end, or back to its start, in the calling thread."""
        for credential_id in self.agenda.unexamined():
            self._alone(self._resume_alone, credential_id)
        self._examined.set()

    def _run(self) -> None:
        try:
            self._stopped.wait(self._start_after_s)
            self._unlocked.vault.wait_checked()
            self.examine()
            while not self.leaving:
                self._wake.clear()
                self.round()
                self._wake.wait(self.agenda.seconds_to_next(self._tick_s))
        except VaultError:
            # The check failed, or the vault was closed beneath us.
            return
        finally:
            self._examined.set()

    def _alone(self, call: Callable[[UUID], object], credential_id: UUID) -> None:
        """Do one thing of many: what fails in it is in its record, or comes up again in the next round."""
        if not self.leaving:
            with suppress(VaultError):
                call(credential_id)

    def _rotate_alone(self, credential_id: UUID) -> None:
        self.rotate(credential_id, RotationReason.SCHEDULE, self._unlocked.recorder, WorkContext())

    def _resume_alone(self, credential_id: UUID) -> None:
        self.resume(credential_id, self._unlocked.recorder, WorkContext())

    def _settle(self, credential_id: UUID) -> None:
        self._alone(self._resume_alone, credential_id)

    @contextmanager
    def _claimed(
        self, credential_id: UUID, work: WorkContext[RotationChanged], *, gives_up: bool = False
    ) -> Iterator[Brakes]:
        name = self._unlocked.credentials.named(credential_id).name
        brakes = Brakes(lambda: self.leaving, lambda: work.cancelled, gives_up=gives_up)
        with self._claims.claim(credential_id, name, brakes):
            yield brakes

    def _go_on(self, journal: RotationJournal, brakes: Brakes, *, emergency: bool) -> RotationChanged:
        journal.resume(emergency=emergency)
        return self._bring_on(journal, brakes, resumed=True)

    def _bring_on(self, journal: RotationJournal, brakes: Brakes, *, resumed: bool) -> RotationChanged:
        try:
            with self._targets.open(journal.credential_id) as opened:
                engine = RotationEngine(
                    journal, opened, self._generate, self._clock, brakes, resumed=resumed, lag_s=self._lag_s
                )
                engine.run()
        except VaultError as exc:
            if journal.state.outcome is RotationOutcome.RUNNING:
                self._could_not_ask(journal, brakes, exc, resumed=resumed)
        self._wake.set()
        return journal.changed

    def _could_not_ask(self, journal: RotationJournal, brakes: Brakes, error: VaultError, *, resumed: bool) -> None:
        """Write down that the target was not asked: the admin, the plug-in or a setting is missing, or the disk is."""
        may_be_set = journal.state.step not in (RotationStep.CREATE, RotationStep.SET)
        if brakes.gives_up and not may_be_set:
            journal.call_off()
        elif brakes.gives_up and journal.state.step is RotationStep.RETIRE:
            journal.done(journal.state.proof, taken=False)
        elif resumed or error.retryable or may_be_set or isinstance(error, HostError):
            journal.postpone(error, self._clock.now() + BACK_OFF_S[-1] * MICROS)
        else:
            journal.fail(error)
