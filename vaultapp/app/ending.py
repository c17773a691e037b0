"""Signals that end the program, heard by Qt's event loop."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ending(QObject):
    """Ends the program in order when the terminal, the session or a person says so by a signal.

    Args:
        parent: The application.
        call: Ends it.
    """

    def __init__(self, parent: QObject, call: Callable[[], object]) -> None:
        super().__init__(parent)
        # Python's handlers run between its own steps, of which there are none while Qt waits: it is woken by a pipe.
        wake, written = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._notifier = QSocketNotifier(wake, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda *_: call())
        signal.set_wakeup_fd(written)
        for number in _ENDING:
            signal.signal(number, lambda *_: None)

    def close(self) -> None:
        """Listen no more: the program ends."""
        self._notifier.setEnabled(False)
