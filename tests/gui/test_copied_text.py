from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from tests.gui.text_page_driver import NOTE, decrypted, encrypted, opened, write
from vaultapp.gui.pages.text_page import TextPage

pytestmark = pytest.mark.usefixtures("empty_clipboard")


@pytest.fixture
def page(bench: Bench) -> TextPage:
    return opened(bench)


def copied() -> str:
    return QGuiApplication.clipboard().text()


def test_the_encrypted_text_is_copied_plainly(bench: Bench, page: TextPage) -> None:
    blob = encrypted(bench, page)
    QTest.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
    assert page.encrypted_note.says == "Copied."
    assert page.copy_button.text() == "Copy again"
    assert copied() == blob
    assert not QGuiApplication.clipboard().mimeData().hasFormat("x-kde-passwordManagerHint")
    QTest.mouseClick(page.encrypted.clear_button, Qt.MouseButton.LeftButton)
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
    monkeypatch.setattr(type(page._parts.clipboard), "_is_there", lambda _self: False)
    QTest.mouseClick(page.copy_plain_button, Qt.MouseButton.LeftButton)
    assert page.plain_note.says == "The clipboard did not take it."
    assert not page.plain_note.ring.isVisible()


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
