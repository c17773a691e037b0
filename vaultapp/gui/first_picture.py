"""What waits until the window has been drawn for the first time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from vaultapp.gui.when_idle import WhenIdle

_LONGEST_MS = 2000


class FirstPicture(QObject):
    """Makes calls in their order once the window was drawn, one in each round of the event loop with nothing to do.

    Args:
        window: Is shown later, if ever. A desktop that does not show it in two seconds, on another of its screens,
            is waited for no longer.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._calls: list[Callable[[], object]] = []
        self._idle: WhenIdle | None = None
        window.installEventFilter(self)

    def then(self, call: Callable[[], object]) -> None:
        """Call after the first picture; soon, if there was one."""
        if self._idle is None:
            self._calls.append(call)
        else:
            self._idle.add(call)

    def begin(self) -> None:
        """Wait no more: there is a picture, or there will be none."""
        if self._idle is not None:
            return
        self._window.removeEventFilter(self)
        self._idle = WhenIdle(self)
        for call in self._calls:
            self._idle.add(call)
        self._calls.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the window being shown and drawn."""
        if event.type() == QEvent.Type.Show:
            QTimer.singleShot(_LONGEST_MS, self, self.begin)
        elif event.type() == QEvent.Type.Paint:
            # What stands in the window is drawn after it, and before the loop comes round.
            QTimer.singleShot(0, self, self.begin)
        return super().eventFilter(watched, event)
