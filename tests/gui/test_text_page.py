from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Bench, FakeDesktop
from fakes import key
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu

from vaultapp.contracts.files import FileState, FileUpdate, OnExist
from vaultapp.contracts.keys import KeysChanged, KeyState
from vaultapp.contracts.vault import VaultState
from vaultapp.core.errors import AgentGone, Damaged, KeyDisabled, KeyPendingDeletion, UnsupportedFormat
from vaultapp.gui.geometry import LEAST
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.pages.text_page import TextPage
from vaultapp.gui.theme import Appearance
from vaultapp.gui.widgets.text_edit import LINE_LIMIT
from vaultapp.gui.widgets.text_edit import TEXT_LIMIT as SHOWN_LIMIT
from vaultapp.gui.widgets.text_pane import TextPane

NOTE = "Door code: 4471,\u00a0then #.\nDie Tür klemmt."


@pytest.fixture
def page(bench: Bench) -> TextPage:
    return opened(bench)


@pytest.fixture(autouse=True)
def empty_clipboard() -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


def opened(bench: Bench, size: tuple[int, int] = (1180, 760)) -> TextPage:
    window = bench.window(VaultState.UNLOCKED, size=size)
    workspace = window.screens.workspace
    assert workspace is not None
    workspace.turn_to("text")
    page = workspace.text
    bench.qtbot.waitUntil(lambda: not bench.keys.keys or page.key.current is not None)
    page.plain.edit.setFocus()
    return page


def window_of(page: TextPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def copied() -> str:
    return QGuiApplication.clipboard().text()


def paste(pane: TextPane, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    QTest.mouseClick(pane.paste_button, Qt.MouseButton.LeftButton)


def write(page: TextPage, text: str) -> None:
    page.plain.edit.insertPlainText(text)


def press_act(page: TextPage) -> None:
    QTest.keyClick(page.window().focusWidget() or page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def encrypted(bench: Bench, page: TextPage, text: str = NOTE) -> str:
    write(page, text)
    QTest.mouseClick(page.encrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.encrypted.badge.text != "")
    return page.encrypted.text


def decrypted(bench: Bench, page: TextPage, text: str) -> str:
    paste(page.encrypted, text)
    bench.qtbot.waitUntil(lambda: page.encrypted.badge.text != "")
    QTest.mouseClick(page.decrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.plain.made)
    return page.plain.text


def add_pair(page: TextPage, name: str, value: str) -> None:
    QTest.mouseClick(page.context.add_button, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.context.rows[-1].name, name)
    QTest.keyClicks(page.context.rows[-1].value, value)


def test_it_stands_between_files_and_keys(page: TextPage) -> None:
    workspace = window_of(page).screens.workspace
    assert workspace is not None
    assert [place.entry.name for place in workspace.places][:3] == ["files", "text", "keys"]
    QTest.keyClick(page.window(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.window(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert workspace.page is page


def test_what_is_encrypted_says_which_key_opens_it(bench: Bench, page: TextPage) -> None:
    blob = encrypted(bench, page)
    assert bench.text.made[blob] == (str(bench.keys.keys[0].key_id), NOTE.encode(), {})
    assert page.encrypted.badge.text == "Opens with Personal v4"
    assert page.plain.text == NOTE


def test_what_is_decrypted_says_what_opened_it(bench: Bench, page: TextPage) -> None:
    blob = bench.text.blob(NOTE.encode())
    assert decrypted(bench, page, f'password: "{blob[:40]}\n{blob[40:]}"') == NOTE
    assert page.plain.badge.text == "Decrypted with Personal v4"
    assert page.encrypted.badge.text == "Opens with Personal v4"


def test_ctrl_enter_does_the_one_action(bench: Bench, page: TextPage) -> None:
    write(page, NOTE)
    press_act(page)
    bench.qtbot.waitUntil(lambda: page.encrypted.made)
    blob = page.encrypted.text
    page.make_new()
    page.encrypted.edit.setFocus()
    paste(page.encrypted, blob)
    bench.qtbot.waitUntil(lambda: page.encrypted.badge.text != "")
    press_act(page)
    bench.qtbot.waitUntil(lambda: page.plain.text == NOTE)


def test_the_one_action_is_that_of_the_side_that_the_person_wrote(bench: Bench, page: TextPage) -> None:
    write(page, "abc")
    assert page.encrypt_button.isVisible()
    assert not page.decrypt_button.isVisible()
    paste(page.encrypted, bench.text.blob(b"x"))
    assert page.decrypt_button.isVisible()
    assert not page.encrypt_button.isVisible()
    page.plain.edit.setFocus()
    assert page.encrypt_button.isVisible()


def test_nothing_can_be_done_with_nothing(page: TextPage) -> None:
    assert page.encrypt_button.isVisible()
    for button in (page.encrypt_button, page.copy_button, page.plain.clear_button, page.encrypted.clear_button):
        assert not button.isEnabled()


def test_a_result_goes_when_what_it_was_made_from_changes(bench: Bench, page: TextPage) -> None:
    encrypted(bench, page)
    QTest.keyClicks(page.plain.edit, "!")
    assert page.encrypted.empty
    assert page.encrypted.badge.text == ""
    page.make_new()
    decrypted(bench, page, bench.text.blob(NOTE.encode()))
    page.encrypted.edit.setFocus()
    QTest.keyClicks(page.encrypted.edit, "!")
    assert page.plain.empty


def test_a_result_of_another_context_or_key_goes(bench: Bench, page: TextPage) -> None:
    encrypted(bench, page)
    add_pair(page, "a", "b")
    assert page.encrypted.empty
    QTest.mouseClick(page.encrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.encrypted.made)
    page.key.picked.emit(str(bench.keys.keys[1].key_id))
    assert page.encrypted.empty
    assert page.plain.text == NOTE


def test_an_answer_to_what_was_changed_meanwhile_is_not_shown(bench: Bench, page: TextPage) -> None:
    bench.text.gate.clear()
    write(page, "one")
    QTest.mouseClick(page.encrypt_button, Qt.MouseButton.LeftButton)
    assert not page.encrypt_button.isEnabled()
    write(page, " two")
    bench.text.gate.set()
    bench.qtbot.waitUntil(page.encrypt_button.isEnabled)
    assert page.encrypted.empty


def test_a_failure_of_what_was_changed_meanwhile_is_not_said(bench: Bench, page: TextPage) -> None:
    write(page, NOTE)
    bench.text.gate.clear()
    bench.text.raises["encrypt"] = KeyDisabled(key="Personal", version=0)
    QTest.mouseClick(page.encrypt_button, Qt.MouseButton.LeftButton)
    write(page, "more")
    bench.text.gate.set()
    bench.qtbot.waitUntil(lambda: not page.encrypt_button.busy)
    assert "disabled" not in page.plain.sentence.text()


def test_encrypted_text_pasted_as_plain_is_moved(bench: Bench, page: TextPage) -> None:
    paste(page.plain, f"> {bench.text.blob(b'x')}")
    bench.qtbot.waitUntil(lambda: page.encrypted.badge.text != "")
    assert page.plain.empty
    assert page.encrypted.sentence.text() == "This is encrypted text, so it was put here."
    assert page.decrypt_button.isEnabled()


def test_encrypted_text_among_words_is_offered_to_be_decrypted(bench: Bench, page: TextPage) -> None:
    blob = bench.text.blob(b"x")
    paste(page.plain, f"{'Some prose about it. ' * 20}\n{blob}\n")
    bench.qtbot.waitUntil(page.plain.offer.isVisible)
    assert blob in page.plain.text
    QTest.mouseClick(page.plain.offer, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.encrypted.badge.text != "")
    assert blob in page.plain.text


def test_plain_text_pasted_as_encrypted_is_moved(bench: Bench, page: TextPage) -> None:
    paste(page.encrypted, NOTE)
    bench.qtbot.waitUntil(lambda: page.plain.text == NOTE)
    assert page.encrypted.empty
    assert page.encrypt_button.isEnabled()


def test_plain_text_typed_as_encrypted_is_offered_to_be_moved(bench: Bench, page: TextPage) -> None:
    page.encrypted.edit.setFocus()
    QTest.keyClicks(page.encrypted.edit, "hello")
    bench.qtbot.waitUntil(page.encrypted.offer.isVisible)
    assert page.encrypted.sentence.text() == "There is no encrypted text in this. It begins with vlt1."
    assert not page.decrypt_button.isEnabled()
    QTest.mouseClick(page.encrypted.offer, Qt.MouseButton.LeftButton)
    assert (page.plain.text, page.encrypted.text) == ("hello", "")


def test_no_text_of_the_persons_is_overwritten_without_a_way_back(bench: Bench, page: TextPage) -> None:
    write(page, "typed by hand")
    decrypted(bench, page, bench.text.blob(b"x"))
    toasts = window_of(page).screens.toasts
    assert toasts.shown is not None
    assert toasts.shown.text.text() == "The plain text was replaced"
    toasts.undo()
    assert page.plain.text == "typed by hand"
    assert page.plain.badge.text == ""
    blob = page.encrypted.text
    page.plain.edit.setFocus()
    QTest.mouseClick(page.encrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.encrypted.made)
    toasts.undo()
    assert page.encrypted.text == blob
    assert not page.encrypted.made


def test_bytes_are_counted_not_characters(bench: Bench, page: TextPage) -> None:
    write(page, "ü" * 2048)
    assert page.counter.words.text() == "4,096 of 4,096 bytes"
    assert page.encrypt_button.isVisible()
    QTest.keyClicks(page.plain.edit, "x")
    assert page.counter.words.text() == "4,097 of 4,096 bytes"
    assert page.counter.words.property("tone") == "bad"
    assert not page.encrypt_button.isVisible()
    assert page.file_button.isVisible()


def choose_target(page: TextPage, target: Path) -> None:
    (dialog,) = page.window().findChildren(QFileDialog)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    dialog.filesSelected.emit([str(target)])
    dialog.close()


@pytest.mark.parametrize(
    ("chosen", "named", "on_exist"),
    [("notes.txt.sealed", "notes.txt", OnExist.REPLACE), ("notes.txt", "notes.txt", OnExist.KEEP)],
)
def test_a_longer_text_becomes_a_sealed_file_and_nothing_else(
    bench: Bench,
    page: TextPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    chosen: str,
    named: str,
    on_exist: OnExist,
) -> None:
    shown: list[bytes] = []
    monkeypatch.setattr(page._parts.shower, "show", shown.append)
    text = "line\n" * 1000
    write(page, text)
    add_pair(page, "team", "ops")
    QTest.mouseClick(page.file_button, Qt.MouseButton.LeftButton)
    choose_target(page, tmp_path / chosen)
    toasts = window_of(page).screens.toasts
    bench.qtbot.waitUntil(lambda: toasts.shown is not None)
    (request,) = bench.files.seals
    assert request.sources[0].path == os.fsencode(tmp_path / named)
    assert (request.keys, request.context) == ((str(bench.keys.keys[0].key_id),), {"team": "ops"})
    assert request.on_exist is on_exist
    assert bench.files.descriptors == [text.encode()]
    assert not list(tmp_path.glob("*.txt*"))
    assert toasts.shown is not None
    assert toasts.shown.text.text() == "notes.txt.sealed was written"
    assert toasts.shown.button is not None
    toasts.shown.button.click()
    assert shown == [os.fsencode(tmp_path / "notes.txt.sealed")]


def test_a_file_that_could_not_be_written_is_said(bench: Bench, page: TextPage, tmp_path: Path) -> None:
    bench.files.script = {b"notes.txt": FileUpdate(0, FileState.FAILED, code="space_missing", facts={"path": "/d"})}
    write(page, "line\n" * 1000)
    QTest.mouseClick(page.file_button, Qt.MouseButton.LeftButton)
    choose_target(page, tmp_path / "notes.txt.sealed")
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    assert page.notices.bars[0].head.text() == "Not enough space at “/d”."
    assert page.file_button.isEnabled()


@pytest.mark.parametrize("text", ["x" * (LINE_LIMIT + 1), "line\n" * (SHOWN_LIMIT // 5 + 1)])
def test_more_than_can_be_shown_is_not_pasted_but_can_become_a_file(
    bench: Bench, page: TextPage, tmp_path: Path, text: str
) -> None:
    write(page, "mine")
    paste(page.plain, text)
    assert page.plain.text == "mine"
    QTest.mouseClick(page.plain.offer, Qt.MouseButton.LeftButton)
    choose_target(page, tmp_path / "all.sealed")
    bench.qtbot.waitUntil(lambda: bench.files.descriptors == [text.encode()])
    paste(page.encrypted, text)
    assert page.encrypted.empty
    assert page.encrypted.sentence.text().startswith("That is more than is taken here.")


def test_the_context_goes_both_ways(bench: Bench, page: TextPage) -> None:
    add_pair(page, "purpose", "on call")
    blob = encrypted(bench, page)
    assert bench.text.made[blob][2] == {"purpose": "on call"}
    page.make_new()
    assert decrypted(bench, page, blob) == NOTE


def test_another_context_is_said_and_everything_stays(bench: Bench, page: TextPage) -> None:
    blob = bench.text.blob(b"x", context={"a": "b"})
    paste(page.encrypted, blob)
    bench.qtbot.waitUntil(lambda: page.encrypted.badge.text != "")
    QTest.mouseClick(page.decrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(page.encrypted.offer.isVisible)
    sentence = "This text was changed, or it needs another context. Give the context it was made with."
    assert page.encrypted.sentence.text() == sentence
    assert page.encrypted.text == blob
    QTest.mouseClick(page.encrypted.offer, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.context.rows[0].name, "a")
    QTest.keyClicks(page.context.rows[0].value, "b")
    QTest.mouseClick(page.decrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.plain.text == "x")


def test_names_that_cannot_be_are_said_in_their_row(page: TextPage) -> None:
    write(page, "x")
    add_pair(page, "a", "1")
    add_pair(page, "a", "2")
    first, second = page.context.rows
    assert first.problem.text() == ""
    assert second.problem.text() == "“a” is there already."
    assert not page.encrypt_button.isEnabled()
    second.name.setText("vaultapp-x")
    assert "kept for programs" in second.problem.text()
    assert not page.encrypt_button.isEnabled()
    second.name.setText("")
    assert second.problem.text() == "A context pair has an empty name."
    QTest.mouseClick(second.remove_button, Qt.MouseButton.LeftButton)
    assert page.context.pairs == {"a": "1"}
    assert page.encrypt_button.isEnabled()
    assert first.name.hasFocus()


def test_names_that_are_kept_for_programs_may_be_given_to_decrypt(bench: Bench, page: TextPage) -> None:
    add_pair(page, "aws-crypto-x", "1")
    blob = bench.text.blob(b"x", context={"aws-crypto-x": "1"})
    assert decrypted(bench, page, blob) == "x"


def test_a_pair_with_nothing_in_it_does_not_count(page: TextPage) -> None:
    write(page, "x")
    QTest.mouseClick(page.context.add_button, Qt.MouseButton.LeftButton)
    assert page.context.pairs == {}
    assert page.encrypt_button.isEnabled()


def test_the_encrypted_text_is_copied_plainly(bench: Bench, page: TextPage) -> None:
    blob = encrypted(bench, page)
    QTest.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
    assert page.encrypted_note.says == "Copied."
    assert page.copy_button.text() == "Copy again"
    assert copied() == blob
    assert not QGuiApplication.clipboard().mimeData().hasFormat("x-kde-passwordManagerHint")
    QTest.mouseClick(page.plain.clear_button, Qt.MouseButton.LeftButton)
    assert page.encrypted_note.says == ""


def test_the_plain_text_is_copied_for_a_short_time_and_exactly(bench: Bench, page: TextPage) -> None:
    text = f"{NOTE}\r\nmore\u2029end"
    decrypted(bench, page, bench.text.blob(text.encode()))
    QTest.mouseClick(page.copy_plain_button, Qt.MouseButton.LeftButton)
    assert copied() == text
    assert page.plain_note.says == "Copied. The clipboard clears in 10 s."
    assert page.plain_note.ring.seconds == 10
    assert not page.counter.isVisible()
    clipboard = page._parts.clipboard
    clipboard._tick()
    assert page.plain_note.says == "Copied. The clipboard clears in 9 s."
    clipboard.clear()
    assert page.plain_note.says == ""
    assert page.counter.isVisible()
    assert copied() == ""


def test_copied_is_said_only_when_it_is_so(bench: Bench, page: TextPage, monkeypatch: pytest.MonkeyPatch) -> None:
    decrypted(bench, page, bench.text.blob(b"x"))
    monkeypatch.setattr(type(page._parts.clipboard), "holds", lambda _self, _secret: False)
    QTest.mouseClick(page.copy_plain_button, Qt.MouseButton.LeftButton)
    assert page.plain_note.says == ""
    bench.qtbot.waitUntil(lambda: page.plain_note.says != "")
    assert page.plain_note.says == "The clipboard did not take it."


def test_another_secret_takes_the_countdown_along(bench: Bench, page: TextPage) -> None:
    decrypted(bench, page, bench.text.blob(b"x"))
    QTest.mouseClick(page.copy_plain_button, Qt.MouseButton.LeftButton)
    page._parts.clipboard.copy("another")
    assert page.plain_note.says == ""


@pytest.mark.parametrize("by", ["key", "menu"])
@pytest.mark.parametrize("act", ["copy", "cut"])
def test_a_piece_of_the_plain_text_is_copied_for_a_short_time_too(page: TextPage, by: str, act: str) -> None:
    edit = page.plain.edit
    write(page, "tide pool")
    edit.selectAll()
    if by == "key":
        QTest.keyClick(edit, Qt.Key.Key_C if act == "copy" else Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    else:
        edit.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5)))
        (menu,) = edit.findChildren(QMenu)
        next(action for action in menu.actions() if action.objectName() == f"edit-{act}").trigger()
        menu.close()
    assert copied() == "tide pool"
    assert QGuiApplication.clipboard().mimeData().hasFormat("x-kde-passwordManagerHint")
    assert page.plain.text == ("tide pool" if act == "copy" else "")
    assert page.plain_note.says.startswith("Copied. The clipboard clears")


def test_clear_can_be_taken_back_by_ctrl_z(bench: Bench, page: TextPage) -> None:
    blob = encrypted(bench, page)
    QTest.mouseClick(page.plain.clear_button, Qt.MouseButton.LeftButton)
    assert (page.plain.text, page.encrypted.text) == ("", "")
    assert not page.plain.edit.document().isUndoAvailable()
    assert page.plain.edit.hasFocus()
    QTest.keyClick(page.plain.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (page.plain.text, page.encrypted.text) == (NOTE, blob)
    assert page.encrypted.made


def test_ctrl_z_in_a_text_is_the_texts_own(page: TextPage) -> None:
    write(page, "one")
    QTest.mouseClick(page.plain.clear_button, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.plain.edit, "two")
    assert window_of(page).screens.toasts.shown is None
    QTest.keyClick(page.plain.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.plain.text == ""


def test_the_key_is_remembered_and_only_those_that_can_encrypt_are_offered(bench: Bench, page: TextPage) -> None:
    work = bench.keys.keys[1]
    page.key.picked.emit(str(work.key_id))
    encrypted(bench, page)
    assert page.encrypted.badge.text == "Opens with Work v7"
    again = opened(bench)
    assert again.key.current is not None
    assert again.key.current.text == "Work"
    bench.keys.keys[1] = key("Work", "indigo", 7, KeyState.DISABLED, work.key_id)
    bench.vault.publish(KeysChanged((work.key_id,)))
    bench.qtbot.waitUntil(lambda: [choice.text for choice in again.key.choices] == ["Personal"])


def test_a_badge_follows_the_state_of_its_key(bench: Bench, page: TextPage) -> None:
    encrypted(bench, page)
    first = bench.keys.keys[0]
    for state, words in (
        (KeyState.DISABLED, "Personal v4 is disabled"),
        (KeyState.PENDING_DELETION, "Personal v4 waits for its deletion"),
        (KeyState.ENABLED, "Opens with Personal v4"),
    ):
        bench.keys.keys[0] = key("Personal", "petrol", 4, state, first.key_id)
        bench.vault.publish(KeysChanged((first.key_id,)))
        bench.qtbot.waitUntil(lambda words=words: page.encrypted.badge.text == words)  # type: ignore[misc]


def test_without_a_key_it_says_so(bench: Bench) -> None:
    bench.keys.keys = []
    page = opened(bench)
    bench.qtbot.waitUntil(lambda: page._parts.shelf.loaded)
    write(page, "x")
    assert page.plain.sentence.text() == "No key can encrypt now. Make one, or enable one."
    assert not page.encrypt_button.isEnabled()


def test_a_text_of_a_key_that_is_not_here_says_so_at_once(bench: Bench, page: TextPage) -> None:
    paste(page.encrypted, bench.text.blob(b"x", "8f41c2d0"))
    bench.qtbot.waitUntil(lambda: page.encrypted.badge.text == "No key here opens this")
    assert page.encrypted.sentence.text().startswith("No key here opens this text.")
    assert not page.decrypt_button.isEnabled()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Damaged(reason="cut_short"), "The text is cut short. Copy all of it."),
        (
            UnsupportedFormat(found="text version 2"),
            "This is of a form that is not known here (text version 2). A newer vaultapp may know it.",
        ),
    ],
)
def test_a_text_that_cannot_be_read_says_why(
    bench: Bench, page: TextPage, error: Damaged | UnsupportedFormat, sentence: str
) -> None:
    bench.text.raises["inspect"] = error
    paste(page.encrypted, "vlt1AAAA")
    bench.qtbot.waitUntil(lambda: page.encrypted.sentence.text() == sentence)
    assert page.encrypted.text == "vlt1AAAA"
    assert not page.decrypt_button.isEnabled()


def test_a_key_that_may_not_be_used_is_said_under_the_side_that_asked(bench: Bench, page: TextPage) -> None:
    write(page, NOTE)
    bench.text.raises["encrypt"] = KeyDisabled(key="Personal", version=0)
    QTest.mouseClick(page.encrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.plain.sentence.text() == "“Personal” is disabled. Enable it first.")
    assert page.plain.text == NOTE
    page.make_new()
    paste(page.encrypted, bench.text.blob(b"x"))
    bench.text.raises["decrypt"] = KeyPendingDeletion(key="Personal")
    bench.qtbot.waitUntil(page.decrypt_button.isEnabled)
    QTest.mouseClick(page.decrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: page.encrypted.sentence.text().startswith("“Personal” waits for its deletion."))


def test_what_is_nobodys_fault_is_said_by_the_window(bench: Bench, page: TextPage) -> None:
    write(page, NOTE)
    bench.text.raises["encrypt"] = AgentGone()
    QTest.mouseClick(page.encrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: bool(page.notices.bars))
    assert page.plain.text == NOTE
    assert page.encrypt_button.isEnabled()


def test_bytes_that_are_no_text_are_not_shown(bench: Bench, page: TextPage) -> None:
    paste(page.encrypted, bench.text.blob(b"\xff\xfe"))
    bench.qtbot.waitUntil(page.decrypt_button.isEnabled)
    QTest.mouseClick(page.decrypt_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: "not UTF-8 text" in page.encrypted.sentence.text())
    assert page.plain.empty


@pytest.mark.parametrize("held", ["image", "broken"])
def test_a_clipboard_without_text_is_said(page: TextPage, held: str) -> None:
    data = QMimeData()
    if held == "image":
        data.setData("image/png", b"x")
    else:
        data.setData("text/plain", b"caf\xe9 au lait")
    QGuiApplication.clipboard().setMimeData(data)
    for pane in (page.plain, page.encrypted):
        QTest.mouseClick(pane.paste_button, Qt.MouseButton.LeftButton)
        assert pane.sentence.text().startswith("The clipboard holds no text, or not all of it is UTF-8.")
        assert pane.empty


def test_ordinary_text_is_not_sent_to_the_agent_when_it_is_pasted(bench: Bench, page: TextPage) -> None:
    paste(page.plain, NOTE)
    bench.qtbot.wait(1)
    assert page.plain.text == NOTE
    assert bench.text.inspected == []


def test_a_changing_text_is_asked_about_once(bench: Bench, page: TextPage) -> None:
    page.encrypted.edit.setFocus()
    QTest.keyClicks(page.encrypted.edit, "vlt1abcdefgh")
    bench.qtbot.waitUntil(lambda: page.encrypted.sentence.text() != "")
    assert bench.text.inspected == ["vlt1abcdefgh"]


def test_the_palette_decrypts_what_was_copied(bench: Bench, page: TextPage) -> None:
    workspace = window_of(page).screens.workspace
    assert workspace is not None
    workspace.turn_to("files")
    QGuiApplication.clipboard().setText(bench.text.blob(b"x"))
    (command,) = page.commands()
    command.call()
    assert workspace.page is page
    bench.qtbot.waitUntil(page.decrypt_button.isEnabled)


def test_in_a_narrow_window_the_panes_stand_one_above_the_other(bench: Bench) -> None:
    page = opened(bench, (LEAST.width(), LEAST.height()))
    assert page.plain.geometry().bottom() < page.encrypted.geometry().top()
    assert page.plain.width() == page.encrypted.width()
    least = page.minimumSizeHint()
    assert least.width() <= LEAST.width() - 59
    assert least.height() <= LEAST.height()
    page.window().resize(1180, 760)
    bench.qtbot.waitUntil(lambda: page.plain.geometry().top() == page.encrypted.geometry().top())


@pytest.mark.parametrize("size", [(860, 560), (900, 600), (1060, 700), (1180, 760)])
def test_no_words_are_cut_at_any_size(bench: Bench, size: tuple[int, int]) -> None:
    page = opened(bench, size)
    encrypted(bench, page)
    assert abs(page.plain.width() - page.encrypted.width()) <= 1
    badge = page.encrypted.badge
    bench.qtbot.waitUntil(lambda: badge.width() >= badge.sizeHint().width())
    write(page, "x" * 5000)
    for pane, parts in (
        (page.plain, (page.counter.words, page.file_button, page.plain.clear_button)),
        (page.encrypted, (page.copy_button, page.encrypted.clear_button)),
    ):
        for part in parts:
            bench.qtbot.waitUntil(lambda part=part: part.width() >= part.sizeHint().width())  # type: ignore[misc]
            assert part.mapTo(pane, part.rect().topRight()).x() <= pane.width()


def test_both_themes_show_the_focus_and_the_ring(bench: Bench, page: TextPage, desktop: FakeDesktop) -> None:
    decrypted(bench, page, bench.text.blob(b"x"))
    QTest.mouseClick(page.copy_plain_button, Qt.MouseButton.LeftButton)
    page.plain.edit.setFocus()
    for wish in (Appearance.LIGHT, Appearance.DARK):
        desktop.ask_for(wish)
        picture = page.plain.grab().toImage()
        assert picture.pixelColor(page.plain.width() // 2, 1) == page.look.colour("focus")
        ring = page.plain_note.ring.grab().toImage()
        accent = page.look.colour("accent")
        assert any(ring.pixelColor(x, y) == accent for x in range(ring.width()) for y in range(ring.height()))


def test_a_line_break_is_one_whatever_key_made_it(page: TextPage) -> None:
    QTest.keyClicks(page.plain.edit, "a")
    QTest.keyClick(page.plain.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(page.plain.edit, "b")
    assert page.plain.text == "a\nb"
