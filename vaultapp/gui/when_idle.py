"""Calls that are made when the window has nothing else to do."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_IDLE_S = 0.002
_MOST_BUSY = 20


class WhenIdle(QObject):
    """Makes calls in their order, one in each round of the event loop that has nothing else to do.

    In a window that is busy without end one is made after twenty rounds all the same.

    Args:
        parent: With it go the calls that were not made yet.
        now: A monotonic clock, in seconds.
    """

    def __init__(self, parent: QObject, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now = now
        self._calls: deque[Callable[[], object]] = deque()
        # A timer without an interval is due only after everything that waits in the queues. It is started anew for each
        # round: one that runs on is due before any other timer, and would keep those waiting.
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._next)
        self._begun = 0.0
        self._busy = 0

    def add(self, call: Callable[[], object]) -> None:
        """Make a call later."""
        self._calls.append(call)
        if not self._timer.isActive():
            self._wait()

    def _wait(self) -> None:
        self._begun = self._now()
        self._timer.start()

    def _next(self) -> None:
        if self._now() - self._begun > _IDLE_S and self._busy < _MOST_BUSY:
            # There was something else to do in this round.
            self._busy += 1
            self._wait()
            return
        self._busy = 0
        try:
            self._calls.popleft()()
        finally:
            if self._calls:
                self._wait()
