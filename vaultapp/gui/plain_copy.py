"""What may stay on the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard

_TRIES = 20
_AGAIN_MS = 50


class PlainCopy(QObject):
    """Copies, and tells once it is there; some desktops take a moment, and some refuse a window in the back.

    Args:
        clipboard: The desktop's.
        shared: Other programs see it too. What one of them owns is never read here: it would be waited for.
        parent: Until this goes.
    """

    def __init__(self, clipboard: QClipboard, parent: QObject | None = None, *, shared: bool) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._shared = shared
        self._turn = 0

    def put(self, text: str, there: Callable[[], object], refused: Callable[[], object]) -> None:
        """Put a text on the clipboard, and call back once, perhaps at once: when it is there, or when it never came."""
        self.forget()
        self._clipboard.setText(text)
        self._look(text, there, refused, self._turn, _TRIES)

    def forget(self) -> None:
        """Call nobody back any more."""
        self._turn += 1

    def _look(
        self, text: str, there: Callable[[], object], refused: Callable[[], object], turn: int, tries: int
    ) -> None:
        if turn != self._turn:
            return
        if self._holds(text):
            there()
        elif tries > 0:
            QTimer.singleShot(_AGAIN_MS, self, partial(self._look, text, there, refused, turn, tries - 1))
        else:
            refused()

    def _holds(self, text: str) -> bool:
        return (not self._shared or self._clipboard.ownsClipboard()) and self._clipboard.text() == text
