"""Locks an open vault without anybody asking."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TYPE_CHECKING

from vaultapp.agent.triggers.idle_clock import IdleClock
from vaultapp.agent.triggers.sleep_delay import SleepDelay
from vaultapp.contracts.locking import AutoLock, LockSettings, LockTrigger, TriggerState
from vaultapp.core.clock import Clock

if TYPE_CHECKING:
    from vaultapp.agent.triggers.desktop import Desktop

_TICK_S = 2.0
_ASK_EVERY_S = 30.0
_TOLD_WITHIN_S = 3.0
_CONNECTING_S = 3.0
# Of a guard that could not begin to listen.
_DEAF = tuple(
    TriggerState(trigger, trigger is LockTrigger.IDLE, "windows_only" if trigger is LockTrigger.IDLE else "no_listener")
    for trigger in LockTrigger
)


class LockGuard:
    """Watches over one vault from unlock until the process is replaced. Any thread.

    Args:
        clock: Source of time.
        environment: Where the buses are.
        lock: Locks, for a reason; returns only when there is nothing to lock or another thread is at it.
        tell: Told when the vault will lock by idling, when that changed by more than a few seconds.
        tick_s: Seconds between two looks at the clock.

    Attributes:
        delay: Keeps the computer awake until the keys are gone.
    """

    def __init__(
        self,
        clock: Clock,
        environment: Mapping[str, str],
        lock: Callable[[str], None],
        tell: Callable[[AutoLock], None],
        tick_s: float = _TICK_S,
    ) -> None:
        self._clock = clock
        self._environment = environment
        self._lock_vault = lock
        self._tell = tell
        self._tick_s = tick_s
        self._idle = IdleClock(clock)
        self._settings = LockSettings()
        self._told: tuple[bool, float | None] | None = None
        self._asked_at = 0.0
        self._wake = threading.Event()
        self._stopped = False
        self._started = False
        self._paused = False
        self._desktop: Desktop | None = None
        self._listening = threading.Event()
        self._reported: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="idle-lock", daemon=True)
        self.delay = SleepDelay()

    def start(self, settings: LockSettings) -> None:
        """The vault is open: begin to listen, once; returns at once."""
        if self._started:
            return
        self._settings = settings
        self._idle.begin(settings.idle_minutes)
        self._started = True
        self._thread.start()

    def stop(self) -> None:
        """End the threads. The product has no need of it: its process ends."""
        if self._started:
            self._stopped = True
            self._wake.set()
            self._thread.join()
        self.delay.release()

    def use(self, settings: LockSettings) -> None:
        """Let these settings count from now on."""
        self._settings = settings
        self._idle.limit(0 if self._paused else settings.idle_minutes)
        self._settle()

    @property
    def lets_programs_go_on(self) -> bool:
        """True when a lock of the window is to leave the vault open for programs; false until the vault is open."""
        return self._started and self._settings.programs_go_on

    def pause(self, paused: bool) -> None:
        """While only the window is locked, nothing locks by itself but sleep; and that always, whatever is set.

        Args:
            paused: False lets count again what is set, and the time without the person begin anew.
        """
        self._paused = paused
        self._idle.begin(0 if paused else self._settings.idle_minutes)
        self._settle()

    def present(self) -> None:
        """The person is there now."""
        self._idle.touch()
        self._wake.set()

    def work(self, progress: Callable[[], int] | None = None) -> AbstractContextManager[None]:
        """Return what puts the idle lock off while files are worked on; see :meth:`IdleClock.work`."""
        return self._idle.work(progress)

    def due(self) -> AutoLock:
        """Return when the vault locks by idling."""
        left = self._idle.left()
        return AutoLock(None if left is None else round(left), self._idle.held)

    def triggers(self, *, ask: bool = True) -> tuple[TriggerState, ...]:
        """Return which triggers can be heard; while nothing is open, by looking once.

        Args:
            ask: Have the desktop asked now whether it tells idle times; else what is known counts.
        """
        if self._started and self._listening.wait(_CONNECTING_S):
            return _DEAF if self._desktop is None else self._desktop.states(_CONNECTING_S, ask=ask)
        try:
            from vaultapp.agent.triggers.desktop import Desktop

            return Desktop.look(self._clock, self._environment)
        except Exception as exc:  # noqa: BLE001 - as for the thread
            self._report(exc)
            return _DEAF

    def fire(self, trigger: LockTrigger) -> None:
        """Lock, if this trigger counts."""
        counts = trigger is LockTrigger.SLEEP if self._paused else self._settings.counts(trigger)
        if counts:
            self._lock_vault(trigger.value)

    def _wants_delay(self) -> bool:
        return self._paused or self._settings.on_sleep

    def _settle(self) -> None:
        if self._desktop is not None:
            self._desktop.settle()
        self._wake.set()

    def _run(self) -> None:
        while not self._stopped:
            if self._desktop is None:
                # Again, when it could not be: descriptors or threads may have been short for a moment.
                with self._going_on():
                    self._desktop = self._listen()
                self._listening.set()
            with self._going_on():
                self._look()
            self._wake.wait(self._tick_s)
            self._wake.clear()
        if self._desktop is not None:
            self._desktop.stop()

    def _listen(self) -> Desktop:
        # Here, because it takes a moment to load, which neither a locked agent nor an unlock is to wait for. It may
        # be gone by now: a package manager can replace the installation while the vault is open.
        from vaultapp.agent.triggers.desktop import Desktop

        desktop = Desktop(self._clock, self._environment, self.fire, self.delay, self._wants_delay)
        desktop.start()
        return desktop

    def _look(self) -> None:
        """Look at the clock once. Neither who cannot be asked nor who cannot be told keeps the lock from coming."""
        left = self._idle.left()
        if left is not None and self._desktop is not None:
            with self._going_on():
                self._ask(self._desktop, left)
            left = self._idle.left()
        with self._going_on():
            self._tell_change(left)
        if left == 0:
            self.fire(LockTrigger.IDLE)
        if self._paused and not self._settings.programs_go_on:
            # Somebody changed that while the window was locked: from now on nothing may go on.
            self._lock_vault("asked")
        if self._paused and self._idle.slept:
            # Nobody told of it in time, as where there is no logind: then when it wakes.
            self.fire(LockTrigger.SLEEP)

    @contextmanager
    def _going_on(self) -> Iterator[None]:
        """Go on whatever happens."""
        try:
            yield
        except Exception as exc:  # noqa: BLE001 - a bug must not leave the vault unguarded
            self._report(exc)

    def _report(self, error: Exception) -> None:
        """Tell once where it happened and what kind it is; not its text, which may quote what was worked on."""
        text = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
        if text not in self._reported:
            self._reported.add(text)
            with suppress(OSError, ValueError):  # Nobody may be left to read it.
                sys.stderr.write(f"{text}\n")
                sys.stderr.flush()

    def _ask(self, desktop: Desktop, left: float) -> None:
        """Ask when the person was there last: when the time is over, and now and then for those who show it."""
        now = self._clock.monotonic()
        if not self._idle.expired and (left == 0 or now - self._asked_at >= _ASK_EVERY_S):
            self._asked_at = now
            ago = desktop.last_input()
            if ago is not None:
                self._idle.touch(ago)

    def _tell_change(self, left: float | None) -> None:
        held = self._idle.held
        until = None if left is None else self._clock.monotonic() + left
        if self._told is not None and self._told[0] == held:
            before = self._told[1]
            if before == until or (before is not None and until is not None and abs(before - until) < _TOLD_WITHIN_S):
                return
        self._tell(AutoLock(None if left is None else round(left), held))
        self._told = (held, until)
