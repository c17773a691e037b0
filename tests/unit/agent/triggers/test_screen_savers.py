from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

import pytest

from tests.buses.desktop import DesktopBuses
from tests.buses.screen_saver import FakeIdleMonitor, FakeSaver
from tests.desktop.processes import wait_until
from vaultapp.agent.triggers.bus import Bus
from vaultapp.agent.triggers.screen_savers import SaverListener
from vaultapp.contracts.locking import LockTrigger
from vaultapp.core.buses import SCREEN_SAVERS

NOT_KDE = {"XDG_CURRENT_DESKTOP": "XFCE"}


def listening(environment: Mapping[str, str] = NOT_KDE) -> tuple[SaverListener, list[LockTrigger]]:
    fired: list[LockTrigger] = []
    return SaverListener(fired.append, environment), fired


@pytest.mark.parametrize("name", SCREEN_SAVERS)
def test_a_screen_saver_that_came_on_while_the_bus_was_away_locks(buses: DesktopBuses, name: str) -> None:
    listener, fired = listening()
    with FakeSaver(buses.session.address, name) as saver:
        saver.answers["GetActive"] = lambda: ("b", (True,))
        with closing(Bus(buses.session.address)) as bus:
            listener.attached(bus)
        listener.lost()
        assert fired == []
        saver.answers["GetActive"] = lambda: ("b", (False,))
        with closing(Bus(buses.session.address)) as bus:
            listener.attached(bus)
        listener.lost()
        assert fired == []
        saver.answers["GetActive"] = lambda: ("b", (True,))
        with closing(Bus(buses.session.address)) as bus:
            listener.attached(bus)
        assert fired == [LockTrigger.SCREEN_SAVER]


def test_a_screen_saver_that_is_on_when_it_comes_locks(buses: DesktopBuses) -> None:
    listener, fired = listening()
    with closing(Bus(buses.session.address)) as bus:
        listener.attached(bus)
        with FakeSaver(buses.session.address) as saver:
            saver.answers["GetActive"] = lambda: ("b", (True,))

            def heard() -> bool:
                if (signal := bus.take()) is not None:
                    listener.heard(bus, signal)
                return bool(saver.callers("GetActive"))

            wait_until(heard, "the question")
            assert fired == [LockTrigger.SCREEN_SAVER]


def test_who_says_that_somebody_is_there_does_not_win_over_who_says_nobody_is(buses: DesktopBuses) -> None:
    listener, _ = listening()
    with FakeIdleMonitor(buses.session.address), FakeSaver(buses.session.address) as saver:
        saver.answers["GetSessionIdleTime"] = lambda: ("u", (3600,))
        with closing(Bus(buses.session.address)) as bus:
            listener.attached(bus)
            assert listener.last_input(bus) == 3600


@pytest.mark.parametrize(("desktop", "told"), [("KDE", None), ("X:KDE", None), ("XFCE", 5000), ("", 5000)])
def test_kdes_count_which_is_in_another_unit_is_not_asked_for(
    buses: DesktopBuses, desktop: str, told: float | None
) -> None:
    listener, _ = listening({"XDG_CURRENT_DESKTOP": desktop})
    with FakeSaver(buses.session.address) as saver:
        saver.answers["GetSessionIdleTime"] = lambda: ("u", (5000,))
        with closing(Bus(buses.session.address)) as bus:
            listener.attached(bus)
            assert listener.last_input(bus) == told
