"""The way from one vault's agent to another's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from vaultapp.gui.session import Connect, Reached
from vaultapp.gui.tasks import TaskRunner

_SLOW_MS = 300

# Goes on at once, or asks the person first: (what to do then, what to do when the person stays).
AskLeave = Callable[[Callable[[], object], Callable[[], object]], object]


class VaultTurn(QObject):
    """Reaches another agent beside the one that the window speaks with, and gives that one up only then.

    Of several wishes the newest counts, whichever is answered first.

    Args:
        connect: Reaches agents; blocks.
        tasks: Runs its calls.
        leave: Asked when the agent was reached: files may be worked on by then.
    """

    arrived = Signal(object, object)  # Session, VaultStatus
    failed = Signal(object)
    shown_changed = Signal()

    def __init__(self, connect: Connect, tasks: TaskRunner, leave: AskLeave, parent: QObject) -> None:
        super().__init__(parent)
        self._connect = connect
        self._tasks = tasks
        self._leave = leave
        self._number = 0
        self._target: Path | None = None
        self._waiting: Reached | None = None
        # Most agents answer before anybody could read that they are being asked.
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self.shown_changed)

    @property
    def shown(self) -> Path | None:
        """The vault that is being turned to, if that takes long enough to be told."""
        return self._target if not self._slow.isActive() else None

    def begin(self, path: Path) -> None:
        """Turn to the vault of a file."""
        self.stop()
        self._target = path
        self._slow.start()
        number = self._number

        def reached(found: Reached) -> None:
            if number != self._number:
                self._drop(found)
                return
            self._end()
            self._waiting = found
            self._leave(lambda: self._take(found), lambda: self._stay(found))

        def failed(error: BaseException) -> None:
            if number == self._number:
                self._end()
                self.failed.emit(error)

        self._tasks.run(lambda _work: self._connect(path)).tell(self, done=reached, failed=failed)

    def stop(self) -> None:
        """Want no other vault any more."""
        self._number += 1
        self._end()
        if self._waiting is not None:
            self._stay(self._waiting)

    def _take(self, found: Reached) -> None:
        if self._waiting is found:
            self._waiting = None
            give_up = found.take()
            self._tasks.run(lambda _work: give_up())
            self.arrived.emit(found.session, found.status)

    def _stay(self, found: Reached) -> None:
        if self._waiting is found:
            self._waiting = None
            self._drop(found)

    def _drop(self, found: Reached) -> None:
        self._tasks.run(lambda _work: found.drop())

    def _end(self) -> None:
        told = self.shown is not None
        self._target = None
        self._slow.stop()
        if told:
            self.shown_changed.emit()
