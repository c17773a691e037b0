from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from vaultapp.gui.clipboard import SecretClipboard


@pytest.fixture
def clipboard(qtbot: QtBot, qapp: QApplication) -> SecretClipboard:
    return SecretClipboard(qapp.clipboard(), seconds=2)


def test_a_secret_is_marked_for_clipboard_managers(clipboard: SecretClipboard, qapp: QApplication) -> None:
    clipboard.copy("tide pool")
    data = qapp.clipboard().mimeData()
    assert data.text() == "tide pool"
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_it_is_cleared_when_its_time_is_over(clipboard: SecretClipboard, qapp: QApplication) -> None:
    left: list[int] = []
    clipboard.left.connect(left.append)
    clipboard.copy("tide pool")
    clipboard._tick()
    assert qapp.clipboard().text() == "tide pool"
    clipboard._tick()
    assert qapp.clipboard().text() == ""
    assert left == [2, 1, 0]


def test_what_somebody_else_put_there_stays(clipboard: SecretClipboard, qapp: QApplication) -> None:
    clipboard.copy("tide pool")
    qapp.clipboard().setText("a shopping list")
    clipboard.clear()
    assert qapp.clipboard().text() == "a shopping list"


def test_clearing_before_anything_was_copied_does_nothing(clipboard: SecretClipboard, qapp: QApplication) -> None:
    qapp.clipboard().setText("a shopping list")
    clipboard.clear()
    assert qapp.clipboard().text() == "a shopping list"
