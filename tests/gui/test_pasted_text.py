from __future__ import annotations

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.gui.text_page_driver import NOTE, decrypted, opened, paste, write
from vaultapp.gui.pages.text_page import TextPage

pytestmark = pytest.mark.usefixtures("empty_clipboard")


@pytest.fixture
def page(bench: Bench) -> TextPage:
    return opened(bench)


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
    toasts = window_of(page).screens.workspace.toasts
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


def test_a_line_break_is_one_whatever_key_made_it(page: TextPage) -> None:
    QTest.keyClicks(page.plain.edit, "a")
    QTest.keyClick(page.plain.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(page.plain.edit, "b")
    assert page.plain.text == "a\nb"
