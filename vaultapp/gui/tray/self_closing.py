"""The time after which a window that shows a secret closes by itself."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

SECONDS = 10
_TICK_MS = 1000


class SelfClosing(QObject):
    """Counts whole seconds down while nobody is at the window; somebody who comes back has all of them again.

    Args:
        parent: Until this goes.

    Attributes:
        left: Seconds until it is over.
        kept: The person wants it to stay.
    """

    changed = Signal()
    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.left = SECONDS
        self.kept = False
        self._wanted = False
        self._attended = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def runs(self) -> bool:
        """True while the seconds go down."""
        return self._wanted and not self._attended and not self.kept

    def begin(self) -> None:
        """There is something to be closed now."""
        self._wanted = True
        self._sync()

    def end(self) -> None:
        """There is nothing any more."""
        self._wanted = self.kept = False
        self._sync()

    def keep(self, *, kept: bool) -> None:
        """Stay, or close by itself again."""
        self.kept = kept
        self._sync()

    def attend(self, *, attended: bool) -> None:
        """Somebody is at the window, or has left it."""
        if attended != self._attended:
            self._attended = attended
            self._sync()

    def tick(self) -> None:
        """A second has passed."""
        if not self.runs:
            return
        self.left -= 1
        self.changed.emit()
        if self.left <= 0:
            self._wanted = False
            self._timer.stop()
            self.over.emit()

    def _sync(self) -> None:
        self.left = SECONDS
        if self.runs:
            self._timer.start()
        else:
            self._timer.stop()
        self.changed.emit()
