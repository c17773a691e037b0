"""Both buses together: which triggers there are, and when the person was there last."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vaultapp.agent.triggers.bus_watcher import BusWatcher, looked_at
from vaultapp.agent.triggers.logind import Fire, LogindListener
from vaultapp.agent.triggers.screen_savers import SaverListener
from vaultapp.agent.triggers.sleep_delay import SleepDelay
from vaultapp.contracts.locking import LockTrigger, TriggerState
from vaultapp.core.buses import session_address, system_address
from vaultapp.core.clock import Clock


class Desktop:
    """Listens on the system's and the session's bus, each in a thread of its own.

    Args:
        clock: Source of time.
        environment: Where the buses are.
        fire: Told of each trigger.
        delay: Keeps the computer awake.
        wants_delay: True while the vault is to lock before sleep.
    """

    def __init__(
        self,
        clock: Clock,
        environment: Mapping[str, str],
        fire: Fire,
        delay: SleepDelay,
        wants_delay: Callable[[], bool],
    ) -> None:
        logind = LogindListener(fire, delay, wants_delay, clock, environment)
        self._system = BusWatcher(system_address(environment), logind, "system-bus")
        try:
            self._session = BusWatcher(session_address(environment), SaverListener(fire, environment), "session-bus")
        except OSError:
            self._system.stop()
            raise

    @staticmethod
    def look(clock: Clock, environment: Mapping[str, str]) -> tuple[TriggerState, ...]:
        """Return which triggers could be heard, without listening."""
        logind = LogindListener(_nobody, None, lambda: False, clock, environment)
        savers = SaverListener(_nobody, environment)
        found, told = looked_at(system_address(environment), logind)
        more, told_too = looked_at(session_address(environment), savers)
        return (_idle(tells=told or told_too), *found, *more)

    def start(self) -> None:
        """Begin to listen; returns at once. Where only one of them can, none does."""
        try:
            self._system.start()
            self._session.start()
        except RuntimeError:  # No thread is to be had.
            self.stop()
            raise

    def stop(self) -> None:
        """End both threads."""
        self._system.stop()
        self._session.stop()

    def settle(self) -> None:
        """The settings changed."""
        self._system.wake()

    def last_input(self) -> float | None:
        """Return how many seconds ago the person was there, by who says the longest; None where nobody tells."""
        told = (self._session.last_input(), self._system.last_input())
        return max((ago for ago in told if ago is not None), default=None)

    def states(self, timeout_s: float, *, ask: bool = True) -> tuple[TriggerState, ...]:
        """Return which triggers can be heard; whether idle times are told by asking now, or by the last answer."""
        found = self._system.states(timeout_s) + self._session.states(timeout_s)
        tells = self.last_input() is not None if ask else self._system.tells or self._session.tells
        return (_idle(tells=tells), *found)


def _idle(*, tells: bool) -> TriggerState:
    return TriggerState(LockTrigger.IDLE, True, "" if tells else "windows_only")


def _nobody(_trigger: LockTrigger) -> None:
    """Whoever only looks does not lock."""
