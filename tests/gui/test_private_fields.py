"""What is typed or shown as a secret leaves its field by nothing but a clipboard that is cleared."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from vaultapp.gui.first_run.kit_step import WordField
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.passphrase_field import PassphraseField
from vaultapp.gui.widgets.private_edit import PrivateEdit
from vaultapp.gui.widgets.private_line import PrivateLine
from vaultapp.gui.widgets.words_field import WordsField

MINE = "a shopping list"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def foreign_clipboard(qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(MINE)


@pytest.fixture
def line(qtbot: QtBot) -> PrivateLine:
    field = PrivateLine()
    qtbot.addWidget(field)
    field.setText("tide pool")
    field.show()
    return field


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_every_secret_field_is_a_private_one(look: Look, qtbot: QtBot) -> None:
    words = WordsField(look)
    typed = WordField(look, 3)
    for field in (words, typed):
        qtbot.addWidget(field)
    assert isinstance(words.edit, PrivateEdit)
    assert isinstance(typed.edit, PrivateLine)
    assert issubclass(PassphraseField, PrivateLine)


@pytest.mark.parametrize(("key", "left"), [(Qt.Key.Key_C, "tide pool"), (Qt.Key.Key_X, "")])
def test_what_is_copied_goes_by_its_own_way(line: PrivateLine, key: Qt.Key, left: str, qtbot: QtBot) -> None:
    QTest.keyClick(line, Qt.Key.Key_A, CONTROL)
    with qtbot.waitSignal(line.copied) as copied:
        QTest.keyClick(line, key, CONTROL)
    assert copied.args == ["tide pool"]
    assert clipboard() == MINE
    assert line.text() == left


@pytest.mark.parametrize("name", ["edit-copy", "edit-cut"])
def test_so_does_what_the_menu_copies(line: PrivateLine, name: str, qtbot: QtBot) -> None:
    line.selectAll()
    at = QPoint(5, 5)
    line.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, line.mapToGlobal(at)))
    menu = line.findChild(QMenu)
    assert menu is not None
    action = menu.findChild(QAction, name)
    assert action is not None
    with qtbot.waitSignal(line.copied) as copied:
        action.trigger()
    menu.close()
    assert copied.args == ["tide pool"]
    assert clipboard() == MINE


def test_what_is_hidden_is_not_copied_at_all(look: Look, qtbot: QtBot) -> None:
    field = PassphraseField(look, "Passphrase")
    qtbot.addWidget(field)
    field.setText("tide pool")
    heard: list[str] = []
    field.copied.connect(heard.append)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, CONTROL)
    assert heard == []
    field.set_revealed(True)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, CONTROL)
    assert heard == ["tide pool"]
    assert clipboard() == MINE


@pytest.mark.parametrize(
    ("key", "modifiers", "selected"),
    [
        (Qt.Key.Key_A, CONTROL, "tide pool"),
        (Qt.Key.Key_Home, SHIFT, "tide"),
        (Qt.Key.Key_End, SHIFT, " pool"),
        (Qt.Key.Key_Left, SHIFT, "e"),
        (Qt.Key.Key_Right, SHIFT, " "),
        (Qt.Key.Key_Left, SHIFT | CONTROL, "tide"),
        (Qt.Key.Key_Right, SHIFT | CONTROL, " "),
    ],
)
def test_keys_select_as_in_any_field(
    line: PrivateLine, key: Qt.Key, modifiers: Qt.KeyboardModifier, selected: str
) -> None:
    line.setCursorPosition(4)
    QTest.keyClick(line, key, modifiers)
    assert line.selectedText() == selected


class Pressed(QKeyEvent):
    """A key that a desktop has bound so; the screen in memory binds few of them."""

    def __init__(self, means: QKeySequence.StandardKey) -> None:
        super().__init__(QKeyEvent.Type.KeyPress, Qt.Key.Key_U, CONTROL, "")
        self._means = means

    def matches(self, key: QKeySequence.StandardKey) -> bool:
        return key is self._means


@pytest.mark.parametrize("selected", [False, True])
@pytest.mark.parametrize(
    ("key", "at", "left"),
    [
        (QKeySequence.StandardKey.DeleteCompleteLine, 4, ""),
        (QKeySequence.StandardKey.DeleteEndOfLine, 4, "tide"),
        (QKeySequence.StandardKey.DeleteEndOfLine, 9, "tide pool"),
        (QKeySequence.StandardKey.DeleteEndOfLine, 0, ""),
    ],
)
def test_what_is_deleted_is_not_copied(
    line: PrivateLine, key: QKeySequence.StandardKey, at: int, left: str, selected: bool
) -> None:
    line.setCursorPosition(at)
    if selected:
        line.home(True)
        line.setSelection(at, -at)
        assert line.selectedText() == "tide pool"[:at]
        at, left = 0, ""
    heard: list[str] = []
    line.copied.connect(heard.append)
    line.keyPressEvent(Pressed(key))
    assert (line.text(), heard, clipboard()) == (left, [], MINE)


@pytest.mark.parametrize("key", [QKeySequence.StandardKey.DeleteCompleteLine, QKeySequence.StandardKey.DeleteEndOfLine])
def test_what_is_only_shown_is_not_deleted(line: PrivateLine, key: QKeySequence.StandardKey) -> None:
    line.setReadOnly(True)
    line.setCursorPosition(4)
    line.keyPressEvent(Pressed(key))
    assert (line.text(), clipboard()) == ("tide pool", MINE)


def test_a_text_of_many_lines_is_copied_by_its_own_way(qtbot: QtBot) -> None:
    edit = PrivateEdit()
    qtbot.addWidget(edit)
    edit.setPlainText("tide\npool")
    edit.selectAll()
    with qtbot.waitSignal(edit.copied) as copied:
        QTest.keyClick(edit, Qt.Key.Key_C, CONTROL)
    assert copied.args == ["tide\npool"]
    assert clipboard() == MINE
    assert edit.createMimeDataFromSelection().formats() == []
