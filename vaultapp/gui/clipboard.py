"""Secrets on the clipboard, for a short time."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard

CLEAR_AFTER_S = 10
_HINT = "x-kde-passwordManagerHint"


class SecretClipboard(QObject):
    """Copies a secret and takes it back, if the clipboard still holds it.

    The copy is marked as a password, so that clipboard managers leave it alone.

    Args:
        clipboard: The desktop's.
        seconds: How long a secret stays.

    Attributes:
        copies: How many secrets were copied so far; tells whose the running time is.
    """

    left = Signal(int)  # seconds until the clipboard is cleared; 0 when it was

    def __init__(self, clipboard: QClipboard, seconds: int = CLEAR_AFTER_S, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self.seconds = seconds
        self.copies = 0
        self._ours: str | None = None
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)

    def copy(self, secret: str) -> None:
        """Put a secret on the clipboard and start its time."""
        data = QMimeData()
        data.setText(secret)
        data.setData(_HINT, b"secret")
        self._clipboard.setMimeData(data)
        self._ours = secret
        self.copies += 1
        self._left = self.seconds
        self._timer.start()
        self.left.emit(self._left)

    def holds(self, secret: str) -> bool:
        """Read the clipboard back: true while it holds this secret, put there by us."""
        return self._ours == secret and self._clipboard.text() == secret

    def clear(self) -> None:
        """Clear now what we put there; anything else stays."""
        self._timer.stop()
        if self._ours is not None and self._clipboard.text() == self._ours:
            self._clipboard.clear()
        self._ours = None
        self._left = 0
        self.left.emit(0)

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.clear()
        else:
            self.left.emit(self._left)
