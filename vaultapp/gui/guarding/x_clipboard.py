"""The clipboard of an X server."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QClipboard

from vaultapp.gui.guarding.fingerprint import as_bytes
from vaultapp.gui.guarding.foreign_clipboard import FILLER

# Qt waits five seconds for an owner that does not answer, and then says that there is nothing.
_NO_ANSWER_MS = 4500


class XClipboard:
    """Asks the owner through the server. Never touches the primary selection.

    Args:
        clipboard: Of a process that has put nothing there, so that nothing is answered from its own memory.
    """

    def __init__(self, clipboard: QClipboard) -> None:
        self._clipboard = clipboard

    def read(self) -> bytes | None:
        """Return the text as UTF-8; None when its owner does not answer."""
        timer = QElapsedTimer()
        timer.start()
        text = self._clipboard.text()
        if not text and timer.elapsed() >= _NO_ANSWER_MS:
            return None
        return as_bytes(text)

    def clear(self) -> None:
        """Leave the selection without an owner."""
        self._clipboard.clear()

    def overwrite(self) -> None:
        """Own the selection, for as long as this process lives or until somebody takes it."""
        self._clipboard.setText(FILLER)
