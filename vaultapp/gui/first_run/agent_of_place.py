"""The agent of the place where a vault is to be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import VaultExists
from vaultapp.gui.session import Connect, Reached, Session
from vaultapp.gui.tasks import TaskRunner


class AgentOfPlace(QObject):
    """Turns to another agent only when it is needed. The one before is given up then, whatever comes of it.

    Args:
        session: The agent to begin with.
        connect: For a vault at another place.
        tasks: Runs calls.
    """

    turned = Signal(object)  # Session

    def __init__(self, session: Session, connect: Connect, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self._connect = connect
        self._tasks = tasks

    def reach(self, path: Path, then: Callable[[Session], object], failed: Callable[[BaseException], object]) -> None:
        """Go on with the agent of a path where no vault is yet.

        Args:
            path: Of the vault.
            then: Called with the agent.
            failed: Called with VaultExists where a vault is, and with what kept an agent from starting.
        """
        before = self.session

        def call() -> Reached:
            return Reached(before, before.vault.status()) if path == before.path else self._connect(path)

        def reached(found: Reached) -> None:
            session = found.session
            if session is not self.session:
                give_up = found.take()
                self._tasks.run(lambda _work: give_up())
                self.session = session
                self.turned.emit(session)
            if found.status.state is VaultState.MISSING:
                then(session)
            else:
                failed(VaultExists(path=str(path)))

        self._tasks.run(lambda _work: call()).tell(self, done=reached, failed=failed)
