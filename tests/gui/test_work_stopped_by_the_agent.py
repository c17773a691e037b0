"""File work that the agent stops by itself is offered again, in whatever order its answer and its word arrive."""

from __future__ import annotations

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.gui.fake_files import FakeFiles
from vaultapp.contracts.files import BatchReport, FileState, FileUpdate, RewrapRequest, SealRequest
from vaultapp.contracts.vault import VaultLocking
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import AgentGone, HostError, OperationCancelled
from vaultapp.core.work import WorkContext
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.models.work_row import RowState
from vaultapp.gui.session import LockNote


def note_of(bench: Bench, window: MainWindow, event: VaultLocking | None) -> LockNote:
    with bench.qtbot.waitSignal(window.lock_requested) as got:
        bench.vault.publish(event)  # type: ignore[arg-type]
    note = got.args[0]
    assert isinstance(note, LockNote)
    return note


def locking(request: SealRequest | RewrapRequest, work: WorkContext[FileUpdate]) -> BatchReport:
    for index, place in enumerate(request.sources):
        work.emit(FileUpdate(index, FileState.CANCELLED, place.path))
    raise OperationCancelled


def killed(_request: SealRequest | RewrapRequest, _work: WorkContext[FileUpdate]) -> BatchReport:
    raise AgentGone


STOPS = pytest.mark.parametrize(("stop", "event"), [(locking, VaultLocking("sleep")), (killed, None)])


@STOPS
def test_work_whose_answer_comes_before_the_word_waits_and_is_offered_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, stop: object, event: VaultLocking | None
) -> None:
    page = bench.page()
    monkeypatch.setattr(bench.files, "seal", stop)
    page.take_drop((b"/d/a.pdf", b"/d/b.pdf"))
    rows = page.queue.rows
    bench.qtbot.waitUntil(lambda: rows.rowCount() == 2 and page.queue._batch is None)
    assert rows.count(RowState.WAITING) == 2
    assert sorted(note_of(bench, window_of(page), event).unfinished) == [b"/d/a.pdf", b"/d/b.pdf"]


@STOPS
def test_re_wrapping_is_offered_as_what_it_was(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, stop: object, event: VaultLocking | None
) -> None:
    page = bench.page()
    monkeypatch.setattr(bench.files, "rewrap", stop)
    page.rewrap((b"/d/a.sealed",))
    bench.qtbot.waitUntil(lambda: page.queue.rows.rowCount() == 1 and page.queue._batch is None)
    note = note_of(bench, window_of(page), event)
    assert (note.unfinished, note.rewraps) == ((), (b"/d/a.sealed",))
    monkeypatch.undo()
    window = bench.window(VaultState.LOCKED, note)
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    screen.form.field.setText(bench.vault.passphrase)
    screen.form.unlock()
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    again = window.screens.files_page
    assert again is not None
    bar = again.notices.bars[0]
    assert bar.head.text() == "Re-wrapping 1 file was stopped"
    assert [button.text() for button in bar.buttons] == ["Re-wrap it", "Forget it"]
    assert bench.files.rewraps == []
    bench.qtbot.mouseClick(bar.buttons[0], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: [r.sources[0].path for r in bench.files.rewraps] == [b"/d/a.sealed"])
    assert bench.files.opens == []


def test_what_the_agent_had_not_looked_at_is_offered_again(bench: Bench) -> None:
    page = bench.page()
    bench.files.look_gate.clear()
    page.take_drop((b"/d/a.pdf",))
    assert note_of(bench, window_of(page), None).unfinished == (b"/d/a.pdf",)


def test_what_an_agent_that_ended_did_not_look_at_is_offered_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = bench.page()

    def look(_paths: tuple[bytes, ...]) -> None:
        raise AgentGone

    monkeypatch.setattr(bench.files, "look", look)
    with bench.qtbot.waitSignal(page.intake.failed):
        page.take_drop((b"/d/a.pdf",))
    assert note_of(bench, window_of(page), None).unfinished == (b"/d/a.pdf",)


def test_files_that_cannot_be_looked_at_are_not_wanted_any_more(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    page = bench.page()

    def look(_paths: tuple[bytes, ...]) -> None:
        raise HostError(reason="Input/output error")

    monkeypatch.setattr(bench.files, "look", look)
    with bench.qtbot.waitSignal(page.intake.failed):
        page.take_drop((b"/d/a.pdf",))
    assert note_of(bench, window_of(page), None).unfinished == ()


def test_files_that_wait_for_a_passphrase_are_offered_again_unless_that_was_given_up(bench: Bench) -> None:
    page = bench.page()
    page.options.key.picked.emit("passphrase")
    page.take_drop((b"/d/a.pdf",))
    bench.qtbot.waitUntil(lambda: page.intake.dialog is not None)
    assert page.stop_work().dropped == (b"/d/a.pdf",)
    dialog = page.intake.dialog
    assert dialog is not None
    assert dialog.findChildren(QLineEdit)
    dialog.reject()
    assert page.stop_work().dropped == ()


def test_an_offer_that_was_not_answered_is_made_again(bench: Bench) -> None:
    page = bench.page()
    bench.files.hand_over((b"/d/a.pdf",))
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    assert bench.files.waiting == []
    assert note_of(bench, window_of(page), None).unfinished == (b"/d/a.pdf",)


def test_an_agent_that_ends_while_locked_takes_no_names_with_it(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    window.screens._waiting.take_drop((b"/d/a.pdf",))
    bench.qtbot.waitUntil(screen.waiting.isVisible)
    assert note_of(bench, window, None).unfinished == (b"/d/a.pdf",)


def test_what_could_not_be_handed_over_is_offered_all_the_same(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_self: FakeFiles, _paths: tuple[bytes, ...], *, again: bool = False) -> int:
        raise HostError(reason="too_many_calls")

    monkeypatch.setattr(FakeFiles, "hand_over", refused)
    window = bench.window(VaultState.LOCKED, LockNote("gone", 0, (b"/d/a.pdf",)))
    screen = window.screens.shown
    assert isinstance(screen, LockScreen)
    bench.qtbot.waitUntil(lambda: bool(screen.notices.bars))
    screen.form.field.setText(bench.vault.passphrase)
    screen.form.unlock()
    bench.qtbot.waitUntil(lambda: window.screens.files_page is not None)
    page = window.screens.files_page
    assert page is not None
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    assert page.offers.unanswered.dropped == (b"/d/a.pdf",)


def test_new_work_begins_again_what_was_held(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    page = bench.page()
    monkeypatch.setattr(bench.files, "seal", killed)
    page.take_drop((b"/d/a.pdf",))
    bench.qtbot.waitUntil(lambda: page.queue.rows.rowCount() == 1 and page.queue._batch is None)
    monkeypatch.undo()
    page.take_drop((b"/d/b.pdf",))
    bench.qtbot.waitUntil(lambda: page.queue.rows.count(RowState.DONE) == 2)
