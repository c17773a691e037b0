from __future__ import annotations

import threading

import msgspec
import pytest
from conftest import Bench
from fake_tray import InTray, in_tray
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from spontaneous import Spontaneous

from vaultapp.contracts.vault import VaultLocking
from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.session import LockNote
from vaultapp.gui.widgets.message_bar import MessageBar


def close(shown: InTray) -> None:
    shown.window.close()


def test_closing_hides_behind_the_tray_and_says_so_once(bench: Bench) -> None:
    shown = in_tray(bench)
    close(shown)
    assert not shown.window.isVisible()
    assert [head for head, _ in shown.host.entry.notes] == ["vaultapp stays in the tray"]
    shown.host.entry.press()
    assert shown.window.isVisible()
    close(shown)
    assert len(shown.host.entry.notes) == 1
    # An end that was asked for is at the end of the loop's queue.
    QCoreApplication.sendPostedEvents()
    assert shown.app.quits == 0
    assert not shown.app.ends_with_windows


def test_closing_does_not_touch_what_was_copied(bench: Bench) -> None:
    shown = in_tray(bench)
    shown.window.clipboard.copy("hazel")
    close(shown)
    assert QApplication.clipboard().text() == "hazel"
    shown.window.clipboard.clear()


def test_without_a_tray_closing_ends_the_program(bench: Bench) -> None:
    shown = in_tray(bench, there=False)
    close(shown)
    bench.qtbot.waitUntil(lambda: shown.app.quits == 1)
    assert not shown.window.isVisible()


def test_a_tray_that_has_just_gone_keeps_no_window(bench: Bench) -> None:
    shown = in_tray(bench)
    shown.host.there = False
    close(shown)
    bench.qtbot.waitUntil(lambda: shown.app.quits == 1)


def test_who_wants_no_tray_closes_for_good(bench: Bench) -> None:
    shown = in_tray(bench)
    bench.settings.choose(keep_in_tray=False)
    close(shown)
    bench.qtbot.waitUntil(lambda: shown.app.quits == 1)


def test_the_window_comes_back_when_the_tray_goes(bench: Bench) -> None:
    shown = in_tray(bench)
    close(shown)
    shown.host.there = False
    shown.desk.icon.look()
    assert shown.window.isVisible()
    shown.window.hide()
    # It hides where there is no tray only by no doing of ours: what was shown again counts as seen.
    shown.desk.icon.look()
    assert not shown.desk._hidden


def test_a_hidden_start_shows_the_window_where_no_tray_comes(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultapp.gui.tray.tray_desk.GRACE_MS", 10)
    shown = in_tray(bench, VaultState.LOCKED, there=False)
    shown.window.hide()
    shown.desk.start_hidden()
    assert not shown.window.isVisible()
    bench.qtbot.waitUntil(shown.window.isVisible)


def test_a_hidden_start_stays_hidden_behind_a_tray(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultapp.gui.tray.tray_desk.GRACE_MS", 10)
    shown = in_tray(bench, VaultState.LOCKED)
    shown.window.hide()
    shown.desk.start_hidden()
    # It looks a last time when the moment is over.
    with bench.qtbot.waitSignal(shown.host.changed):
        pass
    assert not shown.window.isVisible()


def test_quit_in_the_menu_lets_the_window_close(bench: Bench) -> None:
    shown = in_tray(bench)
    shown.desk.menu.leave.trigger()
    assert shown.app.quits == 1
    close(shown)
    assert not shown.desk.may_hide(pressed=True)
    bench.qtbot.waitUntil(lambda: shown.app.quits == 2)


def test_the_end_of_the_session_closes_the_window(bench: Bench) -> None:
    shown = in_tray(bench)
    shown.app.commitDataRequest.emit(None)
    close(shown)
    bench.qtbot.waitUntil(lambda: shown.app.quits == 1)


def test_after_a_session_whose_end_was_cancelled_the_cross_hides_the_window_again(bench: Bench) -> None:
    shown = in_tray(bench)
    shown.app.commitDataRequest.emit(None)
    event = Spontaneous()
    shown.window.closeEvent(event)
    assert not event.isAccepted()
    assert not shown.window.isVisible()


def test_a_window_that_comes_after_a_cancelled_end_may_hide_again(bench: Bench) -> None:
    shown = in_tray(bench)
    close(shown)
    shown.app.commitDataRequest.emit(None)
    shown.host.entry.press()
    close(shown)
    assert not shown.window.isVisible()
    QCoreApplication.sendPostedEvents()
    assert shown.app.quits == 0


def test_a_hidden_window_comes_when_the_tray_goes_after_a_cancelled_end(bench: Bench) -> None:
    shown = in_tray(bench)
    close(shown)
    shown.app.commitDataRequest.emit(None)
    shown.host.there = False
    shown.desk.icon.look()
    assert shown.window.isVisible()


def test_work_that_a_lock_stopped_is_offered_again_without_bringing_a_hidden_window(bench: Bench) -> None:
    note = LockNote("idle", 0, (b"/d/a.pdf",))
    shown = in_tray(bench, VaultState.LOCKED)
    shown.desk.start_hidden()
    shown.window.hide()
    with bench.qtbot.waitSignal(bench.events.waiting):
        shown.window.screens._waiting.bring(note.unfinished)
    assert bench.files.waiting == [b"/d/a.pdf"]
    assert not shown.window.isVisible()
    bench.files.hand_over(())
    bench.qtbot.waitUntil(shown.window.isVisible)


def test_a_window_that_is_locked_alone_is_locked_in_the_tray_too(bench: Bench) -> None:
    bench.vault.window_locked = 1
    shown = in_tray(bench, VaultState.UNLOCKED)
    assert shown.desk.menu.head.text().endswith(", open for programs")
    assert shown.desk.menu.lock.text() == "Unlock…"
    everything = shown.desk.menu.lock_everything
    assert (everything.isVisible(), everything.text()) == (True, "Lock everything")
    with bench.qtbot.waitSignal(shown.window.lock_requested):
        everything.trigger()
    assert bench.vault.state is VaultState.LOCKED


@pytest.mark.parametrize("state", [VaultState.UNLOCKED, VaultState.LOCKED])
def test_where_the_window_is_not_locked_alone_there_is_one_lock(bench: Bench, state: VaultState) -> None:
    assert not in_tray(bench, state).desk.menu.lock_everything.isVisible()


def test_the_tray_says_so_too_when_a_terminal_has_the_vault_open(bench: Bench) -> None:
    shown = in_tray(bench, VaultState.LOCKED)
    assert shown.desk.menu.head.text().endswith(", locked")
    status = msgspec.structs.replace(bench.vault.status(), state=VaultState.UNLOCKED, admitted=False)
    shown.window.screens.confirm(bench.session, status)
    assert shown.desk.menu.head.text().endswith(", open for programs")
    assert not shown.desk.icon._opened


def test_quit_asks_first_while_files_are_worked_on(bench: Bench) -> None:
    shown = in_tray(bench)
    page = shown.window.screens.files_page
    assert page is not None
    bench.qtbot.waitUntil(lambda: page.options.key.current is not None)
    bench.files.gate = threading.Event()
    page.take_drop((b"/d/a.pdf",))
    bench.qtbot.waitUntil(lambda: page.queue.busy)
    close(shown)
    shown.desk.menu.leave.trigger()
    assert shown.app.quits == 0
    assert shown.window.isVisible()
    (bar,) = page.notices.findChildren(MessageBar)
    assert bar.buttons[0].text() == "Stop and quit"
    bar.buttons[0].click()
    assert shown.app.quits == 1
    bench.files.gate.set()


def test_lock_in_the_menu_locks_and_unlock_shows_the_window(bench: Bench) -> None:
    shown = in_tray(bench)
    with bench.qtbot.waitSignal(shown.window.lock_requested):
        shown.desk.menu.lock.trigger()
    locked = in_tray(bench, VaultState.LOCKED)
    close(locked)
    locked.desk.menu.lock.trigger()
    assert locked.window.isVisible()


def test_what_opened_from_the_tray_closes_when_the_vault_locks(bench: Bench) -> None:
    shown = in_tray(bench)
    QApplication.clipboard().setText(bench.text.blob(b"hazel"))
    shown.desk.decrypt()
    quick = shown.desk.quick
    assert quick is not None
    bench.qtbot.waitUntil(lambda: quick.shown is not None)
    edit = quick.shown.edit  # type: ignore[union-attr]
    left: list[str] = []
    # It is deleted soon after.
    quick.finished.connect(lambda: left.append(edit.toPlainText()))
    bench.vault.publish(VaultLocking("idle"))
    bench.qtbot.waitUntil(lambda: shown.desk.quick is None)
    assert left == [""]
