"""A field of many lines whose text goes nowhere by itself."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from vaultapp.gui.widgets.menu_copying import take_over_copying

_PARAGRAPH = "\u2029"


class PrivateEdit(QPlainTextEdit):
    """Keeps what is selected out of X's primary selection, which every program can read and nothing clears.

    Nor can it be dragged away. What is copied goes by ``copied``, for a clipboard that is cleared; where nobody
    listens it goes nowhere.

    Args:
        secret: The text is one; else it is a field like any other.
    """

    copied = Signal(object)  # str

    def __init__(self, *, secret: bool = True) -> None:
        super().__init__()
        self._secret = secret

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return what a selection gives to the primary selection and to drags: nothing of a secret."""
        return QMimeData() if self._secret else super().createMimeDataFromSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy and cut to where it is cleared."""
        if self._secret and event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif self._secret and event.matches(QKeySequence.StandardKey.Cut):
            self._cut()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the usual menu, with our ways to copy."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._secret:
            take_over_copying(menu, self._copy, self._cut)
        menu.popup(event.globalPos())

    def _copy(self) -> None:
        cursor = self.textCursor()
        if cursor.hasSelection():
            self.copied.emit(_selected(cursor))

    def _cut(self) -> None:
        cursor = self.textCursor()
        if cursor.hasSelection():
            text = _selected(cursor)
            cursor.removeSelectedText()
            self.copied.emit(text)


def _selected(cursor: QTextCursor) -> str:
    return cursor.selectedText().replace(_PARAGRAPH, "\n")
