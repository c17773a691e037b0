"""15. Idle lock is on (15 min), by wall clock so that sleep counts, and fires with a dialog open or text in a field.

The agent is the real one, and goes by a clock that the test sets.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.buses.desktop import DesktopBuses
from tests.buses.logind import FakeLogind
from tests.buses.screen_saver import FakeIdleMonitor
from tests.desktop.processes import wait_until
from tests.promises.guarded_agent import PASSPHRASE, GuardedAgent, SetClock
from tests.promises.window_of_agent import WindowOfAgent
from vaultapp.contracts.files import FileUpdate, Place, SealRequest
from vaultapp.contracts.locking import LockApi, LockSettings, LockTrigger
from vaultapp.contracts.vault import VaultApi
from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import VaultError
from vaultapp.core.events import EventBus
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import SystemRandom
from vaultapp.gui.dialogs.change_passphrase_dialog import ChangePassphraseDialog
from vaultapp.ipc import launch
from vaultapp.services.descriptions import SETTING
from vaultapp.services.vault_keeper import VaultKeeper


@pytest.fixture
def clock(tmp_path: Path) -> SetClock:
    return SetClock(tmp_path / "clock")


@pytest.fixture
def agent(buses: DesktopBuses, clock: SetClock) -> Iterator[GuardedAgent]:
    found = GuardedAgent(clock)
    yield found
    found.close()


def left(agent: GuardedAgent) -> int:
    """Return the whole minutes that are left."""
    seconds = agent.lock.due().seconds
    assert seconds is not None
    return round(seconds / 60)


def test_promise_15_a_new_vault_locks_after_15_minutes_without_anybody(agent: GuardedAgent, clock: SetClock) -> None:
    assert agent.lock.settings() == LockSettings()
    assert left(agent) == 15
    clock.pass_time(minutes=14)
    assert left(agent) == 1
    agent.stays_open()
    clock.pass_time(minutes=1.1)
    agent.wait_locked("idle").close()


def test_promise_15_damaged_settings_leave_no_vault_unguarded(agent: GuardedAgent) -> None:
    agent.lock.change(LockSettings(idle_minutes=0))
    agent.vault.lock(quit_agent=True)
    assert agent.gone.wait(20)
    keeper = VaultKeeper(agent.vault_file, agent.places, SystemClock(), SystemRandom(), EventBus())
    keeper.unlock(bytearray(PASSPHRASE), WorkContext())
    vault = keeper.unlocked.vault
    (record,) = vault.records.of_kind(SETTING)
    with vault.transaction() as transaction:
        transaction.update(record.row_id, b"\xff")
    keeper.close()
    again = launch.start_for_window(agent.places, agent.vault_file)
    again.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext())
    left = again.api(LockApi, "lock").due().seconds
    again.close()
    assert left is not None
    assert 840 < left <= 900


def test_promise_15_sleep_counts_and_who_wakes_the_computer_does_not_undo_it(
    agent: GuardedAgent, clock: SetClock
) -> None:
    clock.pass_time(minutes=5)
    clock.sleep(minutes=60)
    # The key that wakes it reaches the window before anything else.
    agent.lock.present()
    agent.wait_locked("idle").close()


def test_promise_15_a_short_sleep_counts_too(agent: GuardedAgent, clock: SetClock) -> None:
    clock.pass_time(minutes=5)
    clock.sleep(minutes=8)
    assert left(agent) == 2
    agent.lock.present()
    assert left(agent) == 15
    agent.stays_open()


def test_promise_15_a_clock_that_is_put_back_gives_no_more_time(agent: GuardedAgent, clock: SetClock) -> None:
    clock.sleep(minutes=-600)
    clock.pass_time(minutes=15.1)
    agent.wait_locked("idle").close()


def test_promise_15_input_to_our_windows_counts_where_the_desktop_does_not_tell(
    agent: GuardedAgent, clock: SetClock
) -> None:
    wait_until(lambda: agent.hears(LockTrigger.IDLE).note == "windows_only", "nobody who tells")
    for _ in range(3):
        clock.pass_time(minutes=10)
        agent.lock.present()
        assert left(agent) == 15
    agent.stays_open()


def test_promise_15_what_programs_ask_is_nobodys_presence(agent: GuardedAgent, clock: SetClock) -> None:
    clock.pass_time(minutes=14)
    agent.keys.list()
    stranger = agent.connect()
    assert stranger.status.pid == agent.pid
    stranger.close()
    assert left(agent) == 1
    clock.pass_time(minutes=1.1)
    agent.wait_locked("idle").close()


def test_promise_15_input_to_other_programs_counts_where_the_desktop_tells(
    buses: DesktopBuses, clock: SetClock
) -> None:
    with FakeIdleMonitor(buses.session.address) as monitor:
        agent = GuardedAgent(clock)
        wait_until(lambda: agent.hears(LockTrigger.IDLE).note == "", "the desktop's word")
        clock.pass_time(minutes=16)
        wait_until(lambda: left(agent) == 15, "the desktop's word that the person is there")
        agent.stays_open()
        monitor.idle_ms = 16 * 60_000
        clock.pass_time(minutes=16)
        agent.wait_locked("idle").close()
        agent.close()


def test_promise_15_logind_is_asked_where_nobody_else_tells(buses: DesktopBuses, clock: SetClock) -> None:
    with FakeLogind(buses.system.address) as logind:
        # The desktop has told logind at some time, and says now that the person is there.
        logind.properties["IdleSinceHintMonotonic"] = ("t", 1)
        agent = GuardedAgent(clock)
        wait_until(lambda: agent.hears(LockTrigger.IDLE).note == "", "the desktop's word")
        clock.pass_time(minutes=16)
        wait_until(lambda: left(agent) == 15, "the desktop's word that the person is there")
        logind.properties["IdleHint"] = ("b", True)
        clock.pass_time(minutes=16)
        agent.wait_locked("idle").close()
        agent.close()


class Piping:
    """Seals what a test writes to a pipe, so that the work goes on for as long as the test wants."""

    def __init__(self, agent: GuardedAgent, output: Path) -> None:
        self.failed: list[VaultError] = []
        self._files = agent.files
        self._reading, self._writing = os.pipe()
        self._output = os.open(output, os.O_WRONLY | os.O_CREAT)
        self._work: WorkContext[FileUpdate] = WorkContext(descriptors=(self._reading, self._output))
        self._thread = threading.Thread(target=self._seal)
        self._thread.start()
        wait_until(lambda: agent.lock.due().held, "the work")

    def move(self) -> None:
        """Write something, and wait until the agent has read it."""
        os.write(self._writing, b"a line\n")
        wait_until(lambda: not select.select([self._reading], [], [], 0)[0], "the agent to read")

    def end(self) -> None:
        """Have it end, if it has not been ended."""
        os.close(self._writing)
        self._thread.join(20)
        os.close(self._reading)
        os.close(self._output)

    def _seal(self) -> None:
        request = SealRequest((Place(b"", 0),), keys=("Personal",), output=Place(b"", 1))
        try:
            self._files.seal(request, self._work)
        except VaultError as exc:
            self.failed.append(exc)


def test_promise_15_file_work_puts_it_off_and_the_time_begins_anew_behind_it(
    agent: GuardedAgent, clock: SetClock, tmp_path: Path
) -> None:
    agent.lock.change(LockSettings(idle_minutes=1))
    piping = Piping(agent, tmp_path / "output")
    for _ in range(5):
        clock.pass_time(minutes=0.9)
        piping.move()
        assert agent.lock.due().seconds is None
    clock.sleep(minutes=60)
    assert agent.lock.due().seconds is None
    agent.stays_open()
    piping.end()
    assert piping.failed == []
    assert (tmp_path / "output").stat().st_size > 0
    assert left(agent) == 1
    clock.pass_time(minutes=1.1)
    agent.wait_locked("idle").close()


def test_promise_15_a_command_that_waits_at_a_pipe_does_not_put_it_off_for_ever(
    agent: GuardedAgent, clock: SetClock, tmp_path: Path
) -> None:
    piping = Piping(agent, tmp_path / "output")
    piping.move()
    assert agent.lock.due().seconds is None
    clock.pass_time(minutes=16.1)
    agent.wait_locked("idle").close()
    piping.end()
    assert piping.failed != []


def test_promise_15_never_is_a_choice_and_so_is_a_minute(agent: GuardedAgent, clock: SetClock) -> None:
    agent.lock.change(LockSettings(idle_minutes=0))
    clock.pass_time(minutes=600)
    assert agent.lock.due().seconds is None
    agent.stays_open()
    agent.lock.present()
    agent.lock.change(LockSettings(idle_minutes=1))
    assert left(agent) == 1
    clock.pass_time(minutes=1.1)
    agent.wait_locked("idle").close()


@pytest.mark.qt_log_ignore("^This plugin does not support ")
def test_promise_15_it_fires_with_a_dialog_open_and_text_in_its_field(
    agent: GuardedAgent, clock: SetClock, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    shown = WindowOfAgent(agent, qtbot, qapp, tmp_path)
    page, window = shown.settings(), shown.window
    unlock = page.unlock
    qtbot.mouseClick(unlock.change_button, Qt.MouseButton.LeftButton)
    dialog = unlock.dialog
    assert isinstance(dialog, ChangePassphraseDialog)
    with qtbot.waitExposed(dialog):
        pass
    qtbot.keyClicks(dialog.old, "half a passphr")
    with qtbot.waitSignal(window.lock_requested, timeout=20_000) as got:
        clock.pass_time(minutes=15.1)
    assert got.args[0].reason == "idle"
    # Nothing of it is to be read until the process is replaced.
    assert not dialog.isVisible()
    assert not page.isVisible()
    agent.wait_locked("idle").close()
    shown.close()
