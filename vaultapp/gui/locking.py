"""From the wish to lock to the replacement of the process."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from vaultapp.contracts.vault import VaultApi
from vaultapp.core.clock import Clock
from vaultapp.core.errors import AgentGone
from vaultapp.gui.session import LockNote
from vaultapp.gui.tasks import TaskRunner


class Locking(QObject):
    """Asks the agent to lock, once, and tells when it has: by itself, or because it was asked.

    The agent answers the call and then says that it is locking; the latter carries the connection to its
    successor, so that is what is waited for.

    Args:
        tasks: Runs the call.
        clock: For the note.
    """

    locked = Signal(object)  # LockNote
    failed = Signal(object)

    def __init__(self, tasks: TaskRunner, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._clock = clock
        self._unfinished: tuple[bytes, ...] = ()
        self._asked = False
        self._told = False

    def lock(self, vault: VaultApi, unfinished: tuple[bytes, ...]) -> None:
        """Ask the agent to lock. Unfinished: what the person's files still wanted."""
        if self._asked:
            return
        self._asked = True
        self._unfinished = unfinished
        task = self._tasks.run(lambda _work: vault.lock())
        task.failed.connect(self._failed)

    def agent_locks(self, reason: str, unfinished: tuple[bytes, ...] = ()) -> None:
        """The agent said that it locks, or is gone."""
        if self._told:
            return
        self._told = True
        self.locked.emit(LockNote(reason, self._clock.now(), self._unfinished or unfinished))

    def _failed(self, error: BaseException) -> None:
        # A connection that ends while locking is the lock itself; its end is told by the events.
        if not isinstance(error, AgentGone):
            self._asked = False
            self.failed.emit(error)
