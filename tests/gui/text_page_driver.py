"""The page of small texts, and what people do on it."""

from __future__ import annotations

from conftest import Bench
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from vaultapp.gui.pages.text_page import TextPage
from vaultapp.gui.widgets.text_pane import TextPane

NOTE = "Door code: 4471,\u00a0then #.\nDie Tür klemmt."


def opened(bench: Bench, size: tuple[int, int] = (1180, 760)) -> TextPage:
    page = bench.workspace("text", size).text
    bench.qtbot.waitUntil(lambda: not bench.keys.keys or page.key.current is not None)
    page.plain.edit.setFocus()
    return page


def paste(pane: TextPane, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    QTest.mouseClick(pane.paste_button, Qt.MouseButton.LeftButton)


def write(page: TextPage, text: str) -> None:
    page.plain.edit.insertPlainText(text)


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
