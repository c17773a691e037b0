from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest

from tests.buses.desktop import DesktopBuses
from tests.buses.logind import FakeLogind
from tests.desktop.processes import wait_until
from tests.given_vault import GivenClock
from vaultapp.agent.triggers.bus import Bus
from vaultapp.agent.triggers.logind import LogindListener
from vaultapp.agent.triggers.sleep_delay import SleepDelay
from vaultapp.contracts.locking import LockTrigger
from vaultapp.core.clock import MICROS

LOCKED = [
    ({"LockedHint": ("b", True)}, LockTrigger.SESSION_LOCKED),
    ({"Active": ("b", False)}, LockTrigger.USER_SWITCHED),
]
Change = dict[str, tuple[str, bool]]


class Listening:
    """A listener, and what it fired."""

    def __init__(self, clock: GivenClock | None = None) -> None:
        self.fired: list[LockTrigger] = []
        self.listener = LogindListener(self.fired.append, SleepDelay(), lambda: False, clock or GivenClock(), {})

    def hear(self, bus: Bus, until: Callable[[], bool]) -> None:
        def one() -> bool:
            if (signal := bus.take()) is not None:
                self.listener.heard(bus, signal)
            return until()

        wait_until(one, "what was told")


@pytest.mark.parametrize(("change", "trigger"), LOCKED)
def test_what_happened_while_the_bus_was_away_locks(logind: FakeLogind, change: Change, trigger: LockTrigger) -> None:
    on = Listening()
    with closing(Bus(logind.address)) as bus:
        on.listener.attached(bus)
    on.listener.lost()
    with closing(Bus(logind.address)) as bus:
        on.listener.attached(bus)
    on.listener.lost()
    assert on.fired == []
    logind.properties |= change
    with closing(Bus(logind.address)) as bus:
        on.listener.attached(bus)
    assert on.fired == [trigger]


@pytest.mark.parametrize(("change", "trigger"), LOCKED)
def test_what_was_so_at_unlock_locks_only_when_it_happens_again(
    logind: FakeLogind, change: Change, trigger: LockTrigger
) -> None:
    # As where the vault is opened from another computer.
    before = dict(logind.properties)
    on = Listening()
    logind.properties |= change
    for _ in range(2):
        with closing(Bus(logind.address)) as bus:
            on.listener.attached(bus)
        on.listener.lost()
    assert on.fired == []
    (name,) = change
    logind.properties = before | {name: ("b", not change[name][1])}
    with closing(Bus(logind.address)) as bus:
        on.listener.attached(bus)
        assert on.fired == []
        logind.session_changes(**{name: change[name][1]})
        on.hear(bus, lambda: on.fired == [trigger])


@pytest.mark.parametrize(("change", "trigger"), LOCKED)
def test_what_happened_while_there_was_no_bus_or_no_logind_locks(
    buses: DesktopBuses, change: Change, trigger: LockTrigger
) -> None:
    bus_came_late, logind_came_late = Listening(), Listening()
    bus_came_late.listener.lost()
    with closing(Bus(buses.system.address)) as bus:
        logind_came_late.listener.attached(bus)
        with FakeLogind(buses.system.address) as logind:
            logind.properties |= change
            logind_came_late.hear(bus, lambda: logind_came_late.fired == [trigger])
            with closing(Bus(buses.system.address)) as later:
                bus_came_late.listener.attached(later)
    assert bus_came_late.fired == [trigger]


@pytest.mark.parametrize(("kind", "hint", "told"), [("tty", False, 60), ("wayland", False, 0), ("x11", True, 60)])
def test_the_idle_time_is_the_monotonic_clocks(logind: FakeLogind, kind: str, hint: bool, told: float) -> None:
    clock = GivenClock()
    on = Listening(clock)
    logind.properties |= {
        "Type": ("s", kind),
        "IdleHint": ("b", hint),
        # A wall clock that was set back would tell that somebody is there.
        "IdleSinceHint": ("t", clock.now() + 3600 * MICROS),
        "IdleSinceHintMonotonic": ("t", round(clock.monotonic() * MICROS)),
    }
    clock.forward(seconds=60)
    with closing(Bus(logind.address)) as bus:
        on.listener.attached(bus)
        assert on.listener.last_input(bus) == pytest.approx(told)
        logind.properties["IdleSinceHintMonotonic"] = ("t", 0)
        assert on.listener.last_input(bus) is None
