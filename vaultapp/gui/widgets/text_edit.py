"""A field for a text of many lines whose every character counts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextOption
from PySide6.QtWidgets import QFrame

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.private_edit import PrivateEdit

# Qt lays out a line in a time that grows with the square of its length: 64 KiB in one line stop the window.
LINE_LIMIT = 8 * 1024
TEXT_LIMIT = 128 * 1024
_PARAGRAPH = "\u2029"
_NO_CHARACTER = "\ufffd"


class TextEdit(PrivateEdit):
    """Takes no drops, which are the window's, and leaves Tab to the focus.

    Args:
        look: Colours and fonts.
        name: For screen readers.
        secret: What is copied out of it goes by ``copied``, for a clipboard that is cleared; else by itself.
    """

    pasted = Signal(object, bool)  # str that is there now; it is all there is
    refused = Signal(object, bool)  # str that was not pasted; True: it is too long, False: it is no text

    def __init__(self, look: Look, name: str, *, secret: bool) -> None:
        super().__init__(secret=secret)
        self.setAccessibleName(name)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setProperty("flat", "1")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(look.font(Style.BODY if secret else Style.MONO))
        mode = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if secret else QTextOption.WrapMode.WrapAnywhere
        self.setWordWrapMode(mode)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def exact_text(self) -> str:
        """Return what is there; ``toPlainText`` would make blanks of no-break spaces."""
        return self.document().toRawText().replace(_PARAGRAPH, "\n")

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste, if it is text and not more than can be shown."""
        text = source.text() if source.hasText() else ""
        if not text or not _is_text(text):
            self.refused.emit(text, False)
            return
        here = self.textCursor()
        rest = self.document().characterCount() - 1 - (here.selectionEnd() - here.selectionStart())
        if len(text) + rest > TEXT_LIMIT or _longest_line(text) + (here.block().length() if rest else 0) > LINE_LIMIT:
            self.refused.emit(text, True)
            return
        here.insertText(text)
        self.ensureCursorVisible()
        self.pasted.emit(text, rest == 0)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window while there is nothing to undo here."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.document().isUndoAvailable()
        ):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Break lines in one way only."""
        if event.matches(QKeySequence.StandardKey.InsertLineSeparator):
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)


def _longest_line(text: str) -> int:
    return max(map(len, text.splitlines()), default=0)


def _is_text(text: str) -> bool:
    """False for what was not UTF-8: Qt has put a sign in place of each byte that was not."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return _NO_CHARACTER not in text
