from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.buses.desktop import DesktopBuses
from tests.buses.logind import FakeLogind
from tests.buses.screen_saver import FakeIdleMonitor, FakeSaver
from tests.desktop.processes import wait_until
from tests.given_vault import GivenClock
from vaultapp.agent.lock_guard import LockGuard
from vaultapp.agent.triggers import desktop
from vaultapp.agent.triggers.bus_watcher import BusWatcher, Listener
from vaultapp.agent.triggers.sleep_delay import SleepDelay
from vaultapp.contracts.locking import AutoLock, LockSettings, LockTrigger

TICK_S = 0.02


class Told:
    """What the guard did."""

    def __init__(self) -> None:
        self.locks: list[str] = []
        self.due: list[AutoLock] = []


Made = Callable[..., tuple[LockGuard, Told]]


@pytest.fixture
def clock() -> GivenClock:
    return GivenClock()


@pytest.fixture
def made(clock: GivenClock, tmp_path: Path) -> Iterator[Made]:
    guards: list[LockGuard] = []

    def make(environment: dict[str, str] | None = None) -> tuple[LockGuard, Told]:
        told = Told()
        nowhere = f"unix:path={tmp_path / 'none'}"
        found = environment or {"DBUS_SYSTEM_BUS_ADDRESS": nowhere, "DBUS_SESSION_BUS_ADDRESS": nowhere}
        guards.append(LockGuard(clock, found, told.locks.append, told.due.append, TICK_S))
        return guards[-1], told

    yield make
    for guard in guards:
        guard.stop()


def test_it_tells_when_the_time_changed_and_not_while_it_runs_down(made: Made, clock: GivenClock) -> None:
    guard, told = made()
    guard.start(LockSettings())
    wait_until(lambda: bool(told.due), "the first word")
    for _ in range(5):
        clock.forward(seconds=60)
        guard.triggers()
    assert told.due == [AutoLock(900)]
    assert guard.due() == AutoLock(600)
    guard.present()
    wait_until(lambda: len(told.due) == 2, "the news")
    assert told.due[-1] == AutoLock(900)
    guard.use(LockSettings(idle_minutes=0))
    wait_until(lambda: len(told.due) == 3, "the news")
    assert told.due[-1] == AutoLock(None)
    guard.use(LockSettings(idle_minutes=5))
    with guard.work():
        wait_until(lambda: told.due[-1] == AutoLock(None, held=True), "the work")
    wait_until(lambda: told.due[-1] == AutoLock(300), "the end of the work")
    assert told.locks == []


def test_it_fires_when_the_time_is_over(made: Made, clock: GivenClock) -> None:
    guard, told = made()
    guard.start(LockSettings())
    clock.forward(seconds=15 * 60)
    wait_until(lambda: bool(told.locks), "the lock")
    assert set(told.locks) == {"idle"}


def test_while_only_the_window_is_locked_nothing_locks_but_sleep_and_that_always(made: Made, clock: GivenClock) -> None:
    guard, told = made()
    assert not guard.lets_programs_go_on
    guard.start(LockSettings(on_sleep=False, programs_go_on=True))
    assert guard.lets_programs_go_on
    assert not guard._wants_delay()
    guard.pause(True)
    clock.forward(seconds=24 * 3600)
    wait_until(lambda: told.due[-1:] == [AutoLock(None)], "the word that no time counts")
    guard.use(LockSettings(5, on_sleep=False, programs_go_on=True))
    for trigger in set(LockTrigger) - {LockTrigger.SLEEP}:
        guard.fire(trigger)
    assert told.locks == []
    assert guard._wants_delay()
    guard.fire(LockTrigger.SLEEP)
    assert told.locks == ["sleep"]
    guard.pause(False)
    assert guard.due() == AutoLock(300), "the time begins anew, also one that had run out"
    guard.fire(LockTrigger.SLEEP)
    assert told.locks == ["sleep"]


def test_a_sleep_of_which_nobody_told_locks_everything_when_the_computer_wakes(made: Made, clock: GivenClock) -> None:
    guard, told = made()
    guard.start(LockSettings(on_sleep=False, programs_go_on=True))
    guard.pause(True)
    clock.forward(seconds=60)
    guard.triggers()
    guard._look()
    assert told.locks == []
    awake = clock.now
    clock.now = lambda: awake() + 60_000_000  # type: ignore[method-assign]
    wait_until(lambda: bool(told.locks), "the lock of everything")
    assert set(told.locks) == {"sleep"}


def test_programs_that_may_go_on_no_more_do_not(made: Made) -> None:
    guard, told = made()
    guard.start(LockSettings(programs_go_on=True))
    guard.pause(True)
    guard.use(LockSettings())
    wait_until(lambda: bool(told.locks), "the lock of everything")
    assert set(told.locks) == {"asked"}


def test_it_begins_once(made: Made) -> None:
    guard, _ = made()
    guard.start(LockSettings())
    guard.start(LockSettings(idle_minutes=1))
    assert guard.due() == AutoLock(900)


def test_without_any_bus_it_says_so_and_the_time_runs_all_the_same(made: Made) -> None:
    guard, _ = made()
    looked = guard.triggers()
    guard.start(LockSettings())
    assert guard.triggers() == looked
    assert [state.trigger for state in looked if state.available] == [LockTrigger.IDLE]
    assert {state.note for state in looked} == {"windows_only", "no_bus"}


def test_where_nothing_can_listen_any_more_it_says_so_and_the_time_runs_all_the_same(
    made: Made, clock: GivenClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # As when the installation was replaced or moved while the agent ran.
    monkeypatch.delitem(sys.modules, "vaultapp.agent.triggers.desktop", raising=False)
    monkeypatch.setitem(sys.modules, "jeepney", None)
    for name in [name for name in sys.modules if name.startswith("vaultapp.agent.triggers.bus")]:
        monkeypatch.delitem(sys.modules, name)
    guard, told = made()
    looked = guard.triggers()
    guard.start(LockSettings())
    assert guard.triggers() == looked
    assert {state.note for state in looked if not state.available} == {"no_listener"}
    assert [state.trigger for state in looked if state.available] == [LockTrigger.IDLE]
    clock.forward(seconds=15 * 60)
    wait_until(lambda: bool(told.locks), "the lock")
    assert set(told.locks) == {"idle"}
    assert "ModuleNotFoundError" in capsys.readouterr().err


def test_whatever_goes_wrong_it_still_locks_and_reports_it_once_without_its_text(
    clock: GivenClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tries: list[str] = []

    secret = "".join(["ze", "bra"])

    def tell(_due: AutoLock) -> None:
        raise RuntimeError(secret)

    def lock(reason: str) -> None:
        tries.append(reason)
        raise RuntimeError(secret)

    nowhere = f"unix:path={tmp_path / 'none'}"
    environment = {"DBUS_SYSTEM_BUS_ADDRESS": nowhere, "DBUS_SESSION_BUS_ADDRESS": nowhere}
    guard = LockGuard(clock, environment, lock, tell, TICK_S)
    guard.start(LockSettings())
    clock.forward(seconds=15 * 60)
    wait_until(lambda: len(tries) >= 3, "more tries")
    guard.stop()
    reported = capsys.readouterr().err
    assert reported.count("in tell\n") == 1
    assert reported.count("in lock\n") == 1
    assert secret not in reported


def test_what_could_not_listen_at_first_does_so_later(
    made: Made, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # As when somebody had taken every descriptor for a moment.
    real, tries = desktop.BusWatcher, list[str]()

    def make(address: str, listener: Listener, name: str) -> BusWatcher:
        tries.append(name)
        if len(tries) == 2:
            raise OSError(errno.EMFILE, "no descriptor")
        return real(address, listener, name)

    monkeypatch.setattr(desktop, "BusWatcher", make)
    with DesktopBuses() as buses, FakeLogind(buses.system.address), FakeSaver(buses.session.address) as saver:
        guard, told = made(dict(buses.environment))
        guard.start(LockSettings())
        wait_until(lambda: all(state.available for state in guard.triggers()), "the screen saver")
        assert tries == ["system-bus", "session-bus"] * 2
        saver.comes_on()
        wait_until(lambda: bool(told.locks), "the lock")
        assert told.locks == ["screen_saver"]
        guard.stop()
    assert "OSError" in capsys.readouterr().err


def test_a_try_that_fails_leaves_no_descriptor_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    real, pipes = os.pipe2, list[int]()

    def pipe2(flags: int) -> tuple[int, int]:
        pipes.append(flags)
        if len(pipes) == 2:
            raise OSError(errno.EMFILE, "no descriptor")
        return real(flags)

    monkeypatch.setattr(os, "pipe2", pipe2)
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(OSError, match="no descriptor"):
        desktop.Desktop(GivenClock(), {}, lambda _: None, SleepDelay(), lambda: False)
    assert len(os.listdir("/proc/self/fd")) == before


def test_where_only_one_thread_is_to_be_had_none_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    with DesktopBuses() as buses:
        threads, descriptors = threading.active_count(), len(os.listdir("/proc/self/fd"))
        found = desktop.Desktop(GivenClock(), dict(buses.environment), lambda _: None, SleepDelay(), lambda: False)

        def fail() -> None:
            raise RuntimeError("can't start new thread")

        monkeypatch.setattr(found._session, "start", fail)
        with pytest.raises(RuntimeError):
            found.start()
        assert threading.active_count() == threads
        assert len(os.listdir("/proc/self/fd")) == descriptors


def test_a_stranger_has_the_desktop_asked_for_nothing(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    with DesktopBuses() as buses, FakeLogind(buses.system.address), FakeIdleMonitor(buses.session.address):
        guard, _ = made(dict(buses.environment))
        guard.start(LockSettings(idle_minutes=0))
        asked = guard.triggers()
        monkeypatch.setattr(BusWatcher, "last_input", lambda _self: pytest.fail("asked"))
        assert guard.triggers(ask=False) == asked
        assert asked[0].note == ""
        guard.stop()


def test_a_desktop_that_knows_better_is_asked_before_it_locks(made: Made, clock: GivenClock) -> None:
    with DesktopBuses() as buses, FakeLogind(buses.system.address), FakeIdleMonitor(buses.session.address) as monitor:
        guard, told = made(dict(buses.environment))
        guard.start(LockSettings())
        assert all(state.note in ("", "no_screen_saver") for state in guard.triggers())
        monitor.idle_ms = 30_000
        clock.forward(seconds=15 * 60)
        wait_until(lambda: guard.due().seconds == 870, "the desktop's word")
        assert told.locks == []
        guard.stop()
