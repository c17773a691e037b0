"""A field of one line whose text goes nowhere by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from vaultapp.gui.widgets.menu_copying import take_over_copying

_Key = QKeySequence.StandardKey
_SELECTING: Mapping[_Key, Callable[[QLineEdit], object]] = {
    _Key.SelectAll: QLineEdit.selectAll,
    _Key.SelectNextChar: lambda line: line.cursorForward(True),
    _Key.SelectPreviousChar: lambda line: line.cursorBackward(True),
    _Key.SelectNextWord: lambda line: line.cursorWordForward(True),
    _Key.SelectPreviousWord: lambda line: line.cursorWordBackward(True),
    _Key.SelectStartOfLine: lambda line: line.home(True),
    _Key.SelectStartOfBlock: lambda line: line.home(True),
    _Key.SelectEndOfLine: lambda line: line.end(True),
    _Key.SelectEndOfBlock: lambda line: line.end(True),
}
# Qt copies what these delete to the clipboard, where nothing would clear it.
_DELETING: Mapping[_Key, Callable[[QLineEdit], object]] = {
    _Key.DeleteCompleteLine: QLineEdit.selectAll,
    _Key.DeleteEndOfLine: lambda line: line.setSelection(line.cursorPosition(), len(line.text())),
}


class PrivateLine(QLineEdit):
    """Keeps what is selected out of X's primary selection, which every program can read and nothing clears.

    What is copied goes by ``copied``, for a clipboard that is cleared; where nobody listens it goes nowhere.
    """

    copied = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy and cut to where it is cleared; select without publishing it, and delete without a copy."""
        select, delete = (
            next((call for key, call in calls.items() if event.matches(key)), None) for calls in (_SELECTING, _DELETING)
        )
        if event.matches(_Key.Copy):
            self._copy()
        elif event.matches(_Key.Cut):
            self._cut()
        elif delete is not None:
            self._delete(delete)
        elif select is not None and self._readable:
            select(self)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection without publishing it, which is all that a release of the left button does here."""
        if event.button() == Qt.MouseButton.LeftButton:
            event.accept()
        else:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the usual menu, with our ways to copy."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        take_over_copying(menu, self._copy, self._cut)
        menu.popup(event.globalPos())

    @property
    def _readable(self) -> bool:
        """Qt publishes only what can be read, and selects what cannot in a way that tells nothing of its words."""
        return self.echoMode() == QLineEdit.EchoMode.Normal

    def _copy(self) -> None:
        if self.hasSelectedText() and self._readable:
            self.copied.emit(self.selectedText())

    def _cut(self) -> None:
        if self.hasSelectedText() and self._readable and not self.isReadOnly():
            self._copy()
            self.del_()

    def _delete(self, select: Callable[[QLineEdit], object]) -> None:
        if self.isReadOnly():
            return
        self.deselect()
        select(self)
        if self.hasSelectedText():
            # Without a selection it would take the next character.
            self.del_()
