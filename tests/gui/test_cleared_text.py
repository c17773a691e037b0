from __future__ import annotations

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.gui.text_page_driver import NOTE, encrypted, opened, write
from vaultapp.gui.pages.text_page import TextPage

pytestmark = pytest.mark.usefixtures("empty_clipboard")


@pytest.fixture
def page(bench: Bench) -> TextPage:
    return opened(bench)


def test_clear_can_be_taken_back_by_ctrl_z(bench: Bench, page: TextPage) -> None:
    blob = encrypted(bench, page)
    QTest.mouseClick(page.plain.clear_button, Qt.MouseButton.LeftButton)
    assert (page.plain.text, page.encrypted.text) == ("", blob)
    assert not page.plain.edit.document().isUndoAvailable()
    assert page.plain.edit.hasFocus()
    QTest.keyClick(page.plain.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (page.plain.text, page.encrypted.text) == (NOTE, blob)
    assert page.encrypted.made


def test_clear_empties_its_own_side_and_what_is_left_can_be_copied(bench: Bench, page: TextPage) -> None:
    blob = encrypted(bench, page)
    QTest.mouseClick(page.plain.clear_button, Qt.MouseButton.LeftButton)
    toast = window_of(page).screens.workspace.toasts.shown
    assert toast is not None
    assert toast.text.text() == "The plain text is cleared"
    assert page.copy_button.isVisible()
    page.copy_button.click()
    assert QGuiApplication.clipboard().text() == blob
    # It is the only one now: what is typed next does not take it away.
    write(page, "another note")
    assert page.encrypted.text == blob
    QTest.mouseClick(page.encrypted.clear_button, Qt.MouseButton.LeftButton)
    assert (page.plain.text, page.encrypted.text) == ("another note", "")
    page.make_new()
    assert (page.plain.text, page.encrypted.text) == ("", "")


def test_clearing_what_was_decrypted_leaves_the_text(bench: Bench, page: TextPage) -> None:
    page.encrypted.edit.setPlainText(bench.text.blob(b"back again"))
    bench.qtbot.waitUntil(page.decrypt_button.isEnabled)
    page.decrypt()
    bench.qtbot.waitUntil(lambda: page.plain.text == "back again")
    QTest.mouseClick(page.encrypted.clear_button, Qt.MouseButton.LeftButton)
    assert (page.plain.text, page.encrypted.text) == ("back again", "")
    assert page.encrypt_button.isVisible()


def test_ctrl_z_in_a_text_is_the_texts_own(page: TextPage) -> None:
    write(page, "one")
    QTest.mouseClick(page.plain.clear_button, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.plain.edit, "two")
    assert window_of(page).screens.workspace.toasts.shown is None
    QTest.keyClick(page.plain.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.plain.text == ""
