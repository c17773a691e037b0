from __future__ import annotations

import msgspec
import pytest
from conftest import Bench, window_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
)

from tests.gui.samples import NOON, PASSPHRASE
from tests.gui.test_window_drops import drop, hover, urls
from vaultapp.contracts.files import FileState, FileUpdate
from vaultapp.contracts.vault import VaultLocking
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import VaultBusy
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.models.work_row import ENDED
from vaultapp.gui.session import LockNote


def test_lock_asks_the_agent_and_then_for_a_new_process(bench: Bench) -> None:
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    bench.clock.time = 60
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert got.args == [LockNote("asked", NOON + 60_000_000)]
    assert bench.settings.geometry
    assert bench.vault.state is VaultState.LOCKED


def test_a_lock_by_hand_is_of_the_window_alone_where_programs_go_on(bench: Bench) -> None:
    bench.vault.programs_go_on = True
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert got.args == [LockNote("asked", bench.clock.now(), programs_go_on=True)]
    assert bench.vault.window_locked is not None
    assert not window.isEnabled()


def test_the_lock_in_the_sidebar_locks(bench: Bench) -> None:
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    shown = window.screens.shown
    with bench.qtbot.waitSignal(window.lock_requested):
        bench.qtbot.mouseClick(shown.sidebar.lock, Qt.MouseButton.LeftButton)  # type: ignore[union-attr]


def test_files_that_a_lock_interrupts_are_carried_over_and_wait_afterwards(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    bench.files.gate.clear()
    page.take_drop((b"/d/a.pdf", b"/d/b.pdf"))
    bench.qtbot.waitUntil(bench.files.begun.is_set)
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        window.lock()
    note: LockNote = got.args[0]
    assert sorted(note.unfinished) == [b"/d/a.pdf", b"/d/b.pdf"]
    window.screens._waiting.close()  # the process that it stands for is gone
    screen = bench.window(VaultState.LOCKED, note).screens.shown
    assert isinstance(screen, LockScreen)
    bench.qtbot.waitUntil(screen.waiting.isVisible)
    assert sorted(bench.files.waiting) == [b"/d/a.pdf", b"/d/b.pdf"]


def test_files_that_are_dropped_in_the_moment_of_a_lock_are_carried_over(bench: Bench) -> None:
    window = window_of(bench.page())
    hover(window, urls(b"/d/a.pdf"))
    drop(window, urls(b"/d/a.pdf"))
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        window.lock()
    assert got.args[0].unfinished == (b"/d/a.pdf",)
    window = window_of(bench.page())
    hover(window, urls(b"/d/b.pdf"))
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        drop(window, urls(b"/d/b.pdf"))
        window._agent_locks(VaultLocking("idle"))
    assert got.args[0].unfinished == (b"/d/b.pdf",)


def test_a_lock_by_hand_while_the_pages_are_built_locks(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    seen: list[object] = []

    def lock() -> None:
        seen.append(window.screens.shown)
        window.lock()

    screen.unlocked.connect(lock)
    screen.form.field.setText(PASSPHRASE)
    with bench.qtbot.waitSignal(window.lock_requested):
        screen.form.unlock()
    assert seen == [screen]
    assert bench.vault.state is VaultState.LOCKED


def test_the_lock_screen_takes_nothing_more_while_the_pages_are_built(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    field, seen = screen.form.field, []

    def type_again() -> None:
        seen.append(field.text())
        QTest.keyClicks(field, PASSPHRASE)
        QTest.keyClick(field, Qt.Key.Key_Return)
        seen.append(field.text())
        seen.append(str(screen.busy))

    screen.unlocked.connect(type_again)
    field.setText(PASSPHRASE)
    screen.form.unlock()
    bench.qtbot.waitUntil(lambda: window.screens.workspace is not None)
    assert seen == ["", "", "True"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((b"a.pdf", b"b.pdf", b"bad.pdf"), "2 files were finished before that. 1 failed."),
        ((b"a.pdf",), "1 file was finished before that."),
        ((), ""),
    ],
)
def test_what_was_done_and_what_failed_is_told_by_number_on_the_locked_window(
    bench: Bench, names: tuple[bytes, ...], said: str
) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    bench.files.script = {b"bad.pdf": FileUpdate(0, FileState.FAILED, code="authentication_failed")}
    page.take_drop(tuple(b"/d/" + name for name in names))
    bench.qtbot.waitUntil(lambda: page.queue.rows.count(*ENDED) == len(names))
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        window.lock()
    note: LockNote = got.args[0]
    assert not any(name in msgspec.msgpack.encode(note) for name in names)
    screen = bench.window(VaultState.LOCKED, note).screens.shown
    assert isinstance(screen, LockScreen)
    assert (screen.work.isVisible(), screen.work.text()) == (bool(said), said)


@pytest.mark.parametrize(("send", "reason"), [(VaultLocking("sleep"), "sleep"), (None, "gone")])
def test_the_agent_may_lock_or_end_by_itself(bench: Bench, send: VaultLocking | None, reason: str) -> None:
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        bench.vault.publish(send)  # type: ignore[arg-type]
    assert got.args[0].reason == reason


def test_the_process_is_asked_to_be_replaced_once(bench: Bench) -> None:
    window = bench.page().window()
    assert isinstance(window, MainWindow)
    asked: list[object] = []
    window.lock_requested.connect(asked.append)
    with bench.qtbot.waitSignal(window.lock_requested):
        window.lock()
        window.lock()
    bench.vault.publish(None)  # type: ignore[arg-type]
    bench.qtbot.waitUntil(lambda: True)
    QApplication.sendPostedEvents()
    assert len(asked) == 1


def test_a_lock_that_is_refused_is_said(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    bench.vault.fails_with = VaultBusy(path="x")
    window.lock()
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    bench.vault.fails_with = None
    with bench.qtbot.waitSignal(window.lock_requested):
        window.lock()


def test_what_was_done_is_told_again_when_the_agent_locks_too(bench: Bench) -> None:
    note = LockNote("asked", NOON, done=3, failed=1, rewraps=(b"/d/old.sealed",), programs_go_on=True)
    window = bench.window(VaultState.LOCKED, note)
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        bench.vault.publish(VaultLocking("sleep"))
    again: LockNote = got.args[0]
    assert (again.reason, again.programs_go_on) == ("sleep", False)
    assert (again.done, again.failed, again.rewraps) == (3, 1, (b"/d/old.sealed",))
