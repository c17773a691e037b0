"""Calls that are made when the window has nothing else to do."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class WhenIdle(QObject):
    """Makes calls in their order, one in each round of the event loop that has nothing else to do.

    Args:
        parent: With it go the calls that were not made yet.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._calls: deque[Callable[[], object]] = deque()
        # A timer without an interval is due only after everything that waits in the queues.
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)

    def add(self, call: Callable[[], object]) -> None:
        """Make a call later."""
        self._calls.append(call)
        self._timer.start()

    def _next(self) -> None:
        call = self._calls.popleft()
        if not self._calls:
            self._timer.stop()
        call()
