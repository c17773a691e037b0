"""16. A trigger that isn't available here is said in Settings and by `vaultapp doctor`.

Real commands on message buses of our own: first with nobody on them, then with a logind and a screen saver.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.buses.desktop import DesktopBuses
from tests.buses.logind import FakeLogind
from tests.buses.screen_saver import FakeIdleMonitor, FakeSaver
from tests.promises.guarded_agent import GuardedAgent
from tests.promises.window_of_agent import WindowOfAgent
from vaultapp.contracts.locking import LockTrigger

LINES = {
    "lock when idle": LockTrigger.IDLE,
    "lock at sleep": LockTrigger.SLEEP,
    "lock with the screen": LockTrigger.SESSION_LOCKED,
    "lock with the screen saver": LockTrigger.SCREEN_SAVER,
    "lock at user switch": LockTrigger.USER_SWITCHED,
}


def doctor() -> dict[LockTrigger, dict[str, Any]]:
    command = [sys.executable, "-m", "vaultapp", "doctor", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode in (0, 5), done.stderr
    found = {one["subject"]: one for one in json.loads(done.stdout)["findings"]}
    told = {trigger: found[subject] for subject, trigger in LINES.items()}
    for one in told.values():
        print(one["state"], one["subject"], one["text"])
    return told


def test_promise_16_doctor_says_what_is_not_available_without_an_agent(buses: DesktopBuses) -> None:
    assert {trigger for trigger, line in doctor().items() if line["state"] == "warn"} >= {
        LockTrigger.SLEEP,
        LockTrigger.SESSION_LOCKED,
        LockTrigger.SCREEN_SAVER,
        LockTrigger.USER_SWITCHED,
    }
    with FakeLogind(buses.system.address), FakeSaver(buses.session.address):
        told = doctor()
    # They are there, and neither of them tells of input.
    assert [trigger for trigger, line in told.items() if line["state"] == "warn"] == [LockTrigger.IDLE]
    assert "only input to this app counts" in told[LockTrigger.IDLE]["text"]


def test_promise_16_doctor_counts_who_tells_of_input_without_an_agent(buses: DesktopBuses) -> None:
    with FakeIdleMonitor(buses.session.address):
        assert doctor()[LockTrigger.IDLE]["state"] == "ok"
    with FakeLogind(buses.system.address) as logind:
        assert doctor()[LockTrigger.IDLE]["state"] == "warn"
        logind.properties["IdleSinceHintMonotonic"] = ("t", 1)
        assert doctor()[LockTrigger.IDLE]["state"] == "ok"


@pytest.mark.parametrize("locked", [False, True])
def test_promise_16_doctor_says_what_the_agent_cannot_hear(buses: DesktopBuses, *, locked: bool) -> None:
    with running(locked=locked):
        told = doctor()
    assert all(line["state"] == "warn" for line in told.values())
    assert "logind is not there" in told[LockTrigger.SLEEP]["text"]
    assert "no screen saver" in told[LockTrigger.SCREEN_SAVER]["text"]
    assert "only input to this app counts" in told[LockTrigger.IDLE]["text"]


@pytest.mark.parametrize("locked", [False, True])
def test_promise_16_doctor_finds_nothing_where_the_agent_hears_all(buses: DesktopBuses, *, locked: bool) -> None:
    with (
        FakeLogind(buses.system.address) as logind,
        FakeSaver(buses.session.address),
        FakeIdleMonitor(buses.session.address),
        running(locked=locked),
    ):
        assert all(line["state"] == "ok" for line in doctor().values())
        # Whoever only looks does not hold the computer's sleep up.
        assert logind.delays == (0 if locked else 1)


@contextmanager
def running(*, locked: bool) -> Iterator[None]:
    agent = GuardedAgent(role="persistent")
    if locked:
        agent.vault.lock()
        agent.wait_locked("asked").close()
    yield
    agent.close()


@pytest.mark.qt_log_ignore("^This plugin does not support ")
def test_promise_16_settings_say_what_the_agent_cannot_hear(
    buses: DesktopBuses, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    agent = GuardedAgent()
    shown = WindowOfAgent(agent, qtbot, qapp, tmp_path)
    section = shown.settings().locking
    for trigger, words in {
        LockTrigger.SLEEP: "logind is not there",
        LockTrigger.SESSION_LOCKED: "logind is not there",
        LockTrigger.USER_SWITCHED: "logind is not there",
        LockTrigger.SCREEN_SAVER: "no screen saver",
        LockTrigger.IDLE: "only input to this app counts",
    }.items():
        qtbot.waitUntil(lambda trigger=trigger, words=words: words in section.rows[trigger].line.text())
        print(section.rows[trigger].words)
    assert not any(switch.isEnabled() for switch in section.switches.values())
    agent.close()
    shown.close()
