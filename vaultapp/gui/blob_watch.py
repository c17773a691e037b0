"""What an encrypted text needs to be opened, asked for while it is typed or pasted."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from vaultapp.contracts.text import TextApi, TextDescription
from vaultapp.core.errors import DataError
from vaultapp.gui.tasks import TaskRunner

DELAY_MS = 150

# What a text says of itself, or why it says nothing.
Found = TextDescription | DataError


class BlobWatch(QObject):
    """Asks the agent, a moment after the last change; only the newest question's answer counts.

    Args:
        text: Inspects; blocks.
        tasks: Runs its calls.
    """

    told = Signal(object)  # Found
    failed = Signal(object)

    def __init__(self, text: TextApi, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._text = text
        self._tasks = tasks
        self._wanted = ""
        self._turn = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    def look_at(self, text: str, *, at_once: bool = False) -> None:
        """Find out about this text; about nothing, when it is empty."""
        self._turn += 1
        self._wanted = text
        if text:
            self._timer.start(0 if at_once else DELAY_MS)
        else:
            self._timer.stop()

    def _ask(self) -> None:
        turn, text = self._turn, self._wanted
        task = self._tasks.run(lambda _work: (turn, _inspected(self._text, text)))
        task.tell(self, done=self._answered, failed=self.failed.emit)

    def _answered(self, answer: tuple[int, Found]) -> None:
        turn, found = answer
        if turn == self._turn:
            self.told.emit(found)


def _inspected(api: TextApi, text: str) -> Found:
    try:
        return api.inspect(text)
    except DataError as exc:
        return exc
