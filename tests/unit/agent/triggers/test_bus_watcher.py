from __future__ import annotations

import pytest

from tests.buses.desktop import DesktopBuses
from tests.desktop.processes import wait_until
from vaultapp.agent.triggers.bus import Bus, Signal
from vaultapp.agent.triggers.bus_watcher import BusWatcher
from vaultapp.contracts.locking import TriggerState
from vaultapp.core.errors import HostError


class Torn:
    """A listener whose connection ends as soon as it is there."""

    def __init__(self) -> None:
        self.attached_times = 0

    def attached(self, bus: Bus) -> None:
        self.attached_times += 1

    def heard(self, bus: Bus, signal: Signal) -> None:
        raise HostError(reason="bus")

    def settle(self, bus: Bus) -> None:
        """Nothing."""

    def last_input(self, bus: Bus) -> float | None:
        return None

    def lost(self) -> None:
        """Nothing."""

    def states(self) -> tuple[TriggerState, ...]:
        return ()


def pauses(address: str, enough: int, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    watcher = BusWatcher(address, Torn(), "torn")
    monkeypatch.setattr(watcher, "_wait", found.append)
    watcher.start()
    wait_until(lambda: len(found) >= enough, "the pauses")
    watcher.stop()
    return found[:enough]


def test_the_pause_starts_over_with_every_connection(buses: DesktopBuses, monkeypatch: pytest.MonkeyPatch) -> None:
    # The bus tells everybody their name at once, which this listener does not survive.
    assert pauses(buses.session.address, 5, monkeypatch) == [0.5] * 5


def test_the_pause_grows_while_there_is_none(buses: DesktopBuses, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = f"{buses.session.address}-none"
    assert pauses(nowhere, 9, monkeypatch) == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]
