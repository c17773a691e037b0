"""Tells the agent that the person is there, by what is typed and moved in the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow

from vaultapp.contracts.locking import LockApi
from vaultapp.gui.tasks import TaskRunner

EVERY_S = 20.0
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
    }
)


class Presence(QObject):
    """Watches every native window of the program, dialogs too, while a vault is open; what was typed it never sees.

    Args:
        lock: Told at most every 20 seconds, at the first input after them.
        tasks: Runs the call.
        now: A monotonic clock, in seconds.
        parent: Until this goes.
    """

    def __init__(self, lock: LockApi, tasks: TaskRunner, now: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._lock = lock
        self._tasks = tasks
        self._now = now
        self._told_at = now()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            for window in app.topLevelWindows():
                self.watch(window)
            app.focusWindowChanged.connect(self.watch)

    def watch(self, window: QWindow | None) -> None:
        """Watch a window that has come to the front, once."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See that there was input, and let it pass."""
        if event.type() in _INPUT and self._now() - self._told_at >= EVERY_S:
            self._told_at = self._now()
            # An agent that is gone is told elsewhere.
            self._tasks.run(lambda _work: self._lock.present())
        return False
