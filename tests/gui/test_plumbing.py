"""What lies between the window and its agents: order of answers, turns, locks, ends."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import Bench
from msgspec import structs
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.gui.gates import pass_gate
from tests.gui.samples import PASSPHRASE, key
from vaultapp.app import window as app_window
from vaultapp.contracts.keys import KeyPage
from vaultapp.contracts.vault import VaultChecked
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import AccessDenied, AgentGone
from vaultapp.core.replaced_file import replaced_file
from vaultapp.gui.key_shelf import KeyShelf
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.private_file import write_private
from vaultapp.gui.session import LockNote, Reached
from vaultapp.gui.tasks import TaskRunner


def window_of(bench: Bench) -> MainWindow:
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    return window


def test_a_lock_waits_for_no_other_call(bench: Bench) -> None:
    window = window_of(bench)
    held = threading.Event()
    for _ in range(6):
        bench.tasks.run(lambda _work: held.wait(10))
    try:
        with bench.qtbot.waitSignal(window.lock_requested, timeout=3000):
            QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    finally:
        held.set()


def test_a_lock_that_meets_the_end_of_the_agent_locks_all_the_same(bench: Bench) -> None:
    window = window_of(bench)
    bench.events.listener()  # another connection is listened to
    bench.vault.fails_with = AgentGone()
    with bench.qtbot.waitSignal(window.lock_requested, timeout=5000) as got:
        window.lock()
    assert got.args[0].reason == "gone"


def test_another_agent_can_be_locked_after_a_lock_was_asked_of_the_one_before(bench: Bench) -> None:
    window = window_of(bench)
    bench.vault.fails_with = AgentGone()
    window.locking.lock(bench.vault, ())
    window.locking.begin()
    bench.vault.fails_with = None
    with bench.qtbot.waitSignal(window.lock_requested, timeout=900) as got:
        window.lock()
    assert got.args[0].reason == "asked"


def test_nobody_is_told_who_is_gone(qtbot: QtBot, tasks: TaskRunner) -> None:
    gate, told = threading.Event(), list[object]()
    gone, here = QObject(), QObject()
    task = tasks.run(lambda _work: gate.wait(10))
    task.tell(gone, done=told.append, ended=lambda: told.append("gone"))
    task.tell(here, done=told.append, ended=lambda: told.append("here"))
    gone.deleteLater()
    qtbot.waitUntil(lambda: not isValid(gone))
    with qtbot.waitSignal(task.finished):
        gate.set()
    assert told == [True, "here"]


def new_key(window: MainWindow) -> Any:
    assert window.screens.workspace is not None
    page = window.screens.workspace.keys
    page.make_new()
    dialog = page.dialog
    assert isinstance(dialog, QDialog)
    dialog.name.setText("Later")  # type: ignore[attr-defined]
    dialog.go_button.click()  # type: ignore[attr-defined]
    return dialog


def backup(window: MainWindow) -> Any:
    assert window.screens.workspace is not None
    settings = window.screens.workspace.settings
    window.screens.workspace.turn_to("settings")
    settings.backups.make_button.click()
    return settings


@pytest.mark.parametrize("start", [new_key, backup])
@pytest.mark.parametrize("close", ["cancel", "window"])
def test_an_answer_after_the_end_is_no_error(bench: Bench, start: Callable[[MainWindow], Any], close: str) -> None:
    window = window_of(bench)
    bench.keys.gate.clear()
    bench.vault.gate.clear()
    part = start(window)
    if close == "cancel" and isinstance(part, QDialog):
        part.reject()
    else:
        screen = window.screens.shown
        assert screen is not None
        window.screens.use(bench.session, structs.replace(bench.vault.status(), state=VaultState.LOCKED))
        bench.qtbot.waitUntil(lambda: not isValid(screen))
    bench.keys.gate.set()
    bench.vault.gate.set()
    bench.qtbot.waitUntil(lambda: not bench.tasks._live)


def test_a_turn_that_fails_leaves_the_open_vault_as_it_was(bench: Bench, tmp_path: Path) -> None:
    def refused(path: Path) -> Reached:
        raise AccessDenied(path=str(path))

    window = window_of(bench)
    shown = window.screens.shown
    window.screens._turn._connect = refused
    window.screens.open_vault(tmp_path / "other.vault")
    bench.qtbot.waitUntil(lambda: bool(window.screens.shown and window.screens.shown.message_place.bars))
    assert (window.screens.shown, window.screens.session) == (shown, bench.session)


def turns(bench: Bench, window: MainWindow) -> tuple[dict[str, threading.Event], list[str]]:
    """Let each vault be reached when its gate opens; tell which were taken and dropped."""
    gates = {"slow": threading.Event(), "fast": threading.Event()}
    log: list[str] = []

    def connect(path: Path) -> Reached:
        assert gates[path.stem].wait(10)
        found = bench.connect(path)

        def take() -> Callable[[], None]:
            log.append(f"take {path.stem}")
            return lambda: log.append("give up")

        return Reached(found.session, found.status, take, lambda: log.append(f"drop {path.stem}"))

    window.screens._turn._connect = connect
    return gates, log


def test_of_two_turns_the_newer_one_counts(bench: Bench, tmp_path: Path) -> None:
    window = window_of(bench)
    gates, log = turns(bench, window)
    window.screens.open_vault(tmp_path / "slow.vault")
    window.screens.open_vault(tmp_path / "fast.vault")
    gates["fast"].set()
    bench.qtbot.waitUntil(lambda: window.screens.session.path.stem == "fast")
    gates["slow"].set()
    bench.qtbot.waitUntil(lambda: "drop slow" in log)
    assert window.screens.session.path.stem == "fast"
    assert "take slow" not in log


def test_a_turn_that_takes_time_is_told_and_asks_again_when_files_came_meanwhile(bench: Bench, tmp_path: Path) -> None:
    window = window_of(bench)
    workspace = window.screens.workspace
    assert workspace is not None
    gates, log = turns(bench, window)
    window.screens.open_vault(tmp_path / "slow.vault")
    bench.qtbot.waitUntil(lambda: [bar.head.text() for bar in workspace.notices.bars] == ["Turning to “slow”…"])
    bench.files.gate.clear()
    workspace.files.take_drop((b"/d/a.pdf",))
    bench.qtbot.waitUntil(bench.files.begun.is_set)
    gates["slow"].set()
    bench.qtbot.waitUntil(lambda: bool(workspace.files.notices.bars))
    assert workspace.notices.bars == []
    assert window.screens.session is bench.session
    assert log == []
    bar = workspace.files.notices.bars[0]
    assert bar.close_button is not None
    bar.close_button.click()
    bench.qtbot.waitUntil(lambda: log == ["drop slow"])


def test_a_tampered_vault_stays_said(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    bench.vault.publish(VaultChecked("vault_tampered", {"reason": "rows_missing"}))
    bench.qtbot.waitUntil(lambda: len(screen.notices.bars) == 1)
    screen.form.field.setText(PASSPHRASE)
    screen.form.unlock()
    bench.qtbot.waitUntil(lambda: window.screens.workspace is not None)
    workspace = window.screens.workspace
    assert workspace is not None
    for name in ("keys", "files"):
        workspace.turn_to(name)
        assert [bar.isVisible() for bar in workspace.notices.bars] == [True]


def test_a_check_that_had_failed_before_the_window_came_is_said(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    window.screens._open(structs.replace(bench.vault.status(), checked="failed"))
    bench.qtbot.waitUntil(lambda: window.screens.workspace is not None)
    assert window.screens.workspace is not None
    assert len(window.screens.workspace.notices.bars) == 1


class SlowKeys:
    """Keys whose answers are taken at once and handed out when a gate opens."""

    def __init__(self, bench: Bench) -> None:
        self.of = bench.keys
        self.gate, self.begun = threading.Event(), threading.Event()
        self.shown: list[str] = []

    def list(self, offset: int = 0, limit: int = 5000) -> KeyPage:
        page = self.of.list(offset, limit)
        self.begun.set()
        pass_gate(self.gate)
        return page

    def show(self, name: str) -> Any:
        self.shown.append(name)
        return self.of.show(name)


def test_a_late_list_puts_no_old_key_back(bench: Bench) -> None:
    slow = SlowKeys(bench)
    shelf = KeyShelf(slow, bench.tasks, QObject(bench.tasks))  # type: ignore[arg-type]
    shelf.refresh()
    assert slow.begun.wait(10)
    renamed = bench.keys.rename("Work", "Renamed")
    shelf.take(renamed)
    slow.gate.set()
    bench.qtbot.waitUntil(lambda: shelf.loaded)
    assert [found.name for found in shelf.keys] == ["Personal", "Renamed"]
    bench.qtbot.waitUntil(lambda: slow.shown == [str(renamed.key_id)])


def test_a_list_asked_for_while_one_is_read_is_read_afterwards(bench: Bench) -> None:
    slow = SlowKeys(bench)
    shelf = KeyShelf(slow, bench.tasks, QObject(bench.tasks))  # type: ignore[arg-type]
    shelf.refresh()
    assert slow.begun.wait(10)
    bench.keys.keys.append(key("Third", "olive"))
    shelf.refresh()
    slow.gate.set()
    bench.qtbot.waitUntil(lambda: len(shelf.keys) == 3)


def test_a_key_deleted_between_two_pages_hides_no_other(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultapp.gui.record_shelf.A_PAGE", 3)
    bench.keys.keys = [key(f"K{at}", "olive") for at in range(8)]
    asked: list[int] = []

    def list_keys(offset: int = 0, limit: int = 5000) -> KeyPage:
        if len(asked) == 1:
            del bench.keys.keys[0]
        asked.append(offset)
        return KeyPage(tuple(bench.keys.keys[offset : offset + limit]), len(bench.keys.keys))

    source = SlowKeys(bench)
    source.list = list_keys  # type: ignore[method-assign]
    shelf = KeyShelf(source, bench.tasks, QObject(bench.tasks))  # type: ignore[arg-type]
    shelf.refresh()
    bench.qtbot.waitUntil(lambda: shelf.loaded)
    assert [found.name for found in shelf.keys] == [f"K{at}" for at in range(1, 8)]


def test_the_process_is_replaced_when_files_are_whole_or_gone(
    tmp_path: Path, tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    left: list[str] = []

    def write(work: Any) -> None:
        with replaced_file(tmp_path / "log.csv") as file:
            file.write(b"half")
            begun.set()
            while True:
                work.checkpoint()

    agents = SimpleNamespace(client=SimpleNamespace(successor=None))

    def replaced(*_: object) -> None:
        left.extend(path.name for path in tmp_path.iterdir())

    monkeypatch.setattr(app_window.os, "execv", replaced)
    tasks.run(write)
    assert begun.wait(10)
    app_window._replace(tmp_path / "v.vault", agents, tasks, LockNote("asked", 1), hidden=False)  # type: ignore[arg-type]
    assert left == []


def test_a_file_that_is_replaced_is_its_owners_and_as_before_on_an_error(tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    path.write_bytes(b"before")
    with pytest.raises(TypeError), replaced_file(path) as file:
        file.write("no bytes")  # type: ignore[arg-type]
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("key.json", b"before")]
    write_private(bytes(path), bytearray(b"after"))
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"after", 0o600)


def test_files_taken_for_a_page_that_is_gone_are_handed_back(bench: Bench) -> None:
    window = window_of(bench)
    waiting = window.screens._waiting
    # Opening the vault took what waited, too.
    bench.qtbot.waitUntil(lambda: not bench.tasks._live)
    bench.files.publish = lambda _event: None
    bench.files.waiting = [b"/d/a.pdf"]
    waiting._take()
    waiting._page = None
    bench.qtbot.waitUntil(lambda: not bench.tasks._live)
    assert bench.files.waiting == [b"/d/a.pdf"]


def test_a_turn_lets_the_earlier_inspection_go(bench: Bench) -> None:
    window = window_of(bench)
    window.screens._show_details(b"/d/a.sealed")
    old = window.screens._inspecting.inspection
    assert old is not None
    window.screens.use(bench.session, bench.vault.status())
    bench.qtbot.waitUntil(lambda: not isValid(old))
