from __future__ import annotations

import os
from collections.abc import Callable
from uuid import uuid4

import pytest
from conftest import Bench
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from tests.gui.files_page_driver import details, press, take
from tests.gui.samples import key
from vaultapp.contracts.files import FileState, FileUpdate, Folders, OnExist, WaitingFiles
from vaultapp.contracts.keys import KeysChanged, KeyState
from vaultapp.contracts.vault import VaultChecked
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.models.work_row import RowState
from vaultapp.gui.pages.files_page import FilesPage
from vaultapp.gui.widgets.work_actions import Act
from vaultapp.gui.work_sentences import sentence_of

EXISTS = FileUpdate(0, FileState.EXISTS, output=b"/d/a.pdf.sealed")


@pytest.fixture
def page(bench: Bench) -> FilesPage:
    return bench.page()


def test_what_is_dropped_is_encrypted_or_decrypted_by_its_content(bench: Bench, page: FilesPage) -> None:
    take(bench, page, b"a.pdf", b"b.sealed")
    assert [place.path for place in bench.files.seals[0].sources] == [b"/d/a.pdf"]
    assert [place.path for place in bench.files.opens[0].sources] == [b"/d/b.sealed"]


def test_the_options_are_used_and_remembered(bench: Bench, page: FilesPage) -> None:
    work = str(bench.keys.keys[1].key_id)
    page.options.key.picked.emit(work)
    page.options.set_folder(b"/out")
    page.options.folders.picked.emit(True)
    page.options.remove.click()
    take(bench, page, b"a.pdf")
    request = bench.files.seals[0]
    assert request.keys == (work,)
    assert (request.folder, request.folders, request.remove_originals) == (b"/out", Folders.EACH, True)
    again = bench.page()
    assert again.options.order() == page.options.order()
    assert "Work" in again.zone.line.text()


def test_disabled_keys_are_not_offered_and_a_key_that_is_gone_is_not_used(bench: Bench, page: FilesPage) -> None:
    gone = bench.keys.keys[1].key_id
    page.options.key.picked.emit(str(gone))
    old = key("Old", "rust", state=KeyState.DISABLED)
    bench.keys.keys = [bench.keys.keys[0], old]
    bench.vault.publish(KeysChanged((gone, old.key_id)))
    bench.qtbot.waitUntil(lambda: [c.text for c in page.options.key.choices] == ["Personal", "A passphrase"])
    assert page.options.order().key_name == "Personal"


def test_the_zone_says_what_dropping_does(bench: Bench, page: FilesPage) -> None:
    assert page.zone.line.text() == "They are encrypted with Personal. Files ending in .sealed are decrypted."


def test_a_question_is_answered_in_its_row(bench: Bench, page: FilesPage) -> None:
    bench.files.script = {b"a.pdf": EXISTS}
    (row,) = take(bench, page, b"a.pdf")
    assert page.work.asking.text == "1 needs an answer"
    press(bench, page, row, Act.KEEP_BOTH)
    bench.qtbot.waitUntil(lambda: row.state is RowState.DONE)
    assert bench.files.seals[-1].on_exist is OnExist.KEEP


@pytest.mark.parametrize("way", ["drop", "handed over"])
def test_a_sealed_file_with_a_ruined_header_is_not_encrypted_again_without_a_yes(
    bench: Bench, page: FilesPage, way: str
) -> None:
    bench.files.damaged = {b"old.sealed"}
    if way == "drop":
        take(bench, page, b"old.sealed", b"a.pdf")
    else:
        bench.files.hand_over((b"/d/old.sealed", b"/d/a.pdf"))
        bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
        bench.qtbot.mouseClick(page.notices.bars[0].buttons[0], Qt.MouseButton.LeftButton)
        bench.qtbot.waitUntil(lambda: page.queue.rows.count(RowState.DONE) == 1)
    assert [place.path for request in bench.files.seals for place in request.sources] == [b"/d/a.pdf"]
    row = page.queue.rows.rows[0]
    assert row.state is RowState.ASKS
    assert sentence_of(row) == "This looks like a sealed file, but its header is damaged. Nothing was changed."
    press(bench, page, row, Act.ENCRYPT)
    bench.qtbot.waitUntil(lambda: page.queue.rows.count(RowState.DONE) == 2)
    assert [place.path for place in bench.files.seals[-1].sources] == [b"/d/old.sealed"]
    assert page.queue.rows.rowCount() == 2


def test_a_sealed_file_with_a_ruined_header_may_be_left_alone(bench: Bench, page: FilesPage) -> None:
    bench.files.damaged = {b"old.sealed"}
    (row,) = take(bench, page, b"old.sealed")
    press(bench, page, row, Act.CANCEL)
    assert sentence_of(row) == "Cancelled. Nothing was written and the original is untouched."
    assert not bench.files.seals


def test_a_passphrase_is_asked_for_a_ruined_sealed_file_only_when_it_is_encrypted(
    bench: Bench, page: FilesPage
) -> None:
    page.options.key.picked.emit("passphrase")
    bench.files.damaged = {b"old.sealed"}
    (row,) = take(bench, page, b"old.sealed")
    assert page.intake.dialog is None
    press(bench, page, row, Act.ENCRYPT)
    assert page.intake.dialog is not None
    page.intake.dialog.reject()
    assert not bench.files.seals


def test_one_answer_for_all_is_offered_from_two_questions_on(bench: Bench, page: FilesPage) -> None:
    bench.files.script = {b"a.pdf": EXISTS}
    take(bench, page, b"a.pdf")
    assert not page.work.answer_all.isVisible()
    bench.files.script[b"b.pdf"] = EXISTS
    rows = take(bench, page, b"b.pdf", b"a.pdf")
    assert page.work.answer_all.isVisible()
    page.work.answered_all.emit(OnExist.SKIP)
    assert {row.state for row in rows} == {RowState.SKIPPED}


def test_show_in_folder_shows_the_result(bench: Bench, page: FilesPage, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[bytes] = []
    monkeypatch.setattr(page._parts.shower, "show", shown.append)
    (row,) = take(bench, page, b"a.pdf")
    press(bench, page, row, Act.SHOW)
    assert shown == [b"/d/a.pdf.sealed"]


def test_cancel_and_retry_in_the_row(bench: Bench, page: FilesPage) -> None:
    bench.files.gate.clear()
    page.take_drop((b"/d/a.pdf",))
    bench.qtbot.waitUntil(bench.files.begun.is_set)
    (row,) = page.queue.rows.rows
    press(bench, page, row, Act.CANCEL)
    bench.qtbot.waitUntil(lambda: row.state is RowState.CANCELLED)
    bench.files.gate.set()
    press(bench, page, row, Act.RETRY)
    bench.qtbot.waitUntil(lambda: row.state is RowState.DONE)


def test_clear_finished_empties_the_list(bench: Bench, page: FilesPage) -> None:
    take(bench, page, b"a.pdf")
    assert page.work._stack.currentIndex() == 1
    bench.qtbot.mouseClick(page.work.clear, Qt.MouseButton.LeftButton)
    assert page.queue.rows.rowCount() == 0
    assert page.work._stack.currentIndex() == 0


def test_a_refused_path_says_why(bench: Bench, page: FilesPage) -> None:
    bench.files.refused = {b"pipe": "pipe", b"gone": "source_missing"}
    rows = take(bench, page, b"pipe", b"gone")
    told = [page.queue.rows.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(2)]
    assert {row.state for row in rows} == {RowState.FAILED}
    assert any("is a pipe, not a file" in text for text in told)
    assert bench.files.seals == []


def test_files_that_were_handed_over_wait_for_the_persons_yes(bench: Bench, page: FilesPage) -> None:
    bench.files.hand_over((b"/d/a.pdf", b"/d/b.sealed"))
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    bar = page.notices.bars[0]
    assert bar.head.text() == "2 files are waiting"
    assert bar.body.text() == "a.pdf and b.sealed"
    assert bar.buttons[0].text() == "Encrypt 1 file with Personal, Decrypt 1 file"
    assert bench.files.seals == []
    bench.qtbot.mouseClick(bar.buttons[0], Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.queue.rows.count(RowState.DONE) == 2)
    assert page.notices.bars == []


def test_more_files_join_those_that_wait_and_forgetting_takes_all(bench: Bench, page: FilesPage) -> None:
    bench.files.hand_over((b"/d/a.pdf",))
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    bench.files.hand_over((b"/d/b.pdf",))
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars) and page.notices.bars[0].head.text().startswith("2 files"))
    assert len(page.notices.bars) == 1
    bench.qtbot.mouseClick(page.notices.bars[0].buttons[1], Qt.MouseButton.LeftButton)
    assert page.notices.bars == []
    bench.vault.publish(WaitingFiles(()))
    assert bench.files.seals == []


def test_a_check_that_fails_is_said_and_stays(bench: Bench, page: FilesPage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.screens.workspace is not None
    notices = window.screens.workspace.notices
    bench.vault.publish(VaultChecked("vault_tampered", {"reason": "rows_missing"}))
    bench.qtbot.waitUntil(lambda: bool(notices.bars))
    assert notices.bars[0].head.text() == "Records of the vault are missing."


def test_keys_that_cannot_be_read_are_said(bench: Bench, page: FilesPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(offset: int = 0, limit: int = 5000) -> None:
        from vaultapp.core.errors import AgentGone

        raise AgentGone

    monkeypatch.setattr(bench.keys, "list", down)
    bench.vault.publish(KeysChanged(tuple(uuid4() for _ in range(100))))
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))


def test_the_list_is_one_stop_with_its_buttons_on_the_arrow_keys(bench: Bench, page: FilesPage) -> None:
    bench.files.script = {b"a.pdf": EXISTS}
    (row,) = take(bench, page, b"a.pdf")
    view = page.work.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    bench.qtbot.waitUntil(view.hasFocus)
    assert view.currentIndex().row() == 0
    for _ in range(3):
        bench.qtbot.keyClick(view, Qt.Key.Key_Right)
    bench.qtbot.keyClick(view, Qt.Key.Key_Return)
    assert row.state is RowState.SKIPPED


def test_delete_takes_an_ended_row_away(bench: Bench, page: FilesPage) -> None:
    take(bench, page, b"a.pdf")
    view = page.work.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    bench.qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert page.queue.rows.rowCount() == 0


def test_the_menu_of_a_row_has_its_buttons(bench: Bench, page: FilesPage) -> None:
    (row,) = take(bench, page, b"a.pdf")
    menu = page.work.view.menu_of(row)
    assert [action.text() for action in menu.actions()] == ["Show in folder", "Details"]
    menu.deleteLater()


def test_a_reader_hears_name_and_sentence(bench: Bench, page: FilesPage) -> None:
    take(bench, page, b"a.pdf")
    told = page.queue.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "a.pdf.sealed. Encrypted with Personal, version 4. The original is kept."


def test_a_pointer_over_a_button_marks_it(bench: Bench, page: FilesPage) -> None:
    (row,) = take(bench, page, b"a.pdf")
    view = page.work.view
    bench.qtbot.mouseMove(view.viewport(), view.place_of(row, Act.SHOW).center())
    bench.qtbot.waitUntil(lambda: view._delegate.pointed.act is Act.SHOW)
    bench.qtbot.mouseMove(view.viewport(), QPoint(100, 5))
    bench.qtbot.waitUntil(lambda: view._delegate.pointed.act is None)


Choose = Callable[[FilesPage], None]


@pytest.mark.parametrize(
    ("choose", "mode"),
    [
        (FilesPage.choose_files, QFileDialog.FileMode.ExistingFiles),
        (FilesPage.choose_folder, QFileDialog.FileMode.Directory),
        (FilesPage.choose_inspected, QFileDialog.FileMode.ExistingFile),
    ],
)
def test_files_can_be_chosen_without_dragging(
    bench: Bench, page: FilesPage, choose: Choose, mode: QFileDialog.FileMode, tmp_path: object
) -> None:
    choose(page)
    (dialog,) = page.window().findChildren(QFileDialog)
    assert dialog.fileMode() == mode
    dialog.filesSelected.emit([os.fspath(str(tmp_path))])
    dialog.close()
    bench.qtbot.waitUntil(lambda: not page.window().findChildren(QFileDialog))
    if mode is QFileDialog.FileMode.ExistingFile:
        details(bench, page)
    else:
        bench.qtbot.waitUntil(lambda: page.queue.rows.rowCount() == 1)


def test_long_lists_of_keys_can_be_narrowed_by_typing(bench: Bench) -> None:
    bench.keys.keys = [key(f"Key {n}", "petrol") for n in range(40)]
    page = bench.page()
    page.options.key.setFocus()
    bench.qtbot.keyClick(page.options.key, Qt.Key.Key_Down)
    popup = page.options.key.popup
    assert popup is not None
    assert popup.filter is not None
    bench.qtbot.keyClicks(popup.filter, "key 37")
    bench.qtbot.keyClick(popup.filter, Qt.Key.Key_Return)
    assert page.options.order().key_name == "Key 37"


def test_short_lists_are_chosen_by_arrow_keys(bench: Bench, page: FilesPage) -> None:
    bench.qtbot.keyClick(page.options.key, Qt.Key.Key_Space)
    popup = page.options.key.popup
    assert popup is not None
    assert popup.filter is None
    bench.qtbot.keyClick(popup.list, Qt.Key.Key_Down)
    bench.qtbot.keyClick(popup.list, Qt.Key.Key_Return)
    assert page.options.order().key_name == "Work"


def test_in_a_low_window_the_zone_is_one_line_and_its_choices_are_in_a_menu(bench: Bench) -> None:
    page = bench.page((860, 560))
    assert page.zone.height() < 100
    assert page.zone.first_button is page.zone.choose_button
    assert not page.options.title.isVisible()
    bench.qtbot.mouseClick(page.zone.choose_button, Qt.MouseButton.LeftButton)
    (menu,) = page.zone.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["Choose files…", "Choose folder…"]
    menu.close()
