"""Files that wait for the vault to open, or for the person's yes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from vaultapp.contracts.files import FilesApi, in_pieces
from vaultapp.gui.agent_events import AgentEvents
from vaultapp.gui.drop_plan import DropPlan, plan_locked
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.pages.files_page import FilesPage
from vaultapp.gui.tasks import TaskRunner


class WaitingRoom(QObject):
    """Keeps dropped files with the agent while the vault is locked, and offers them afterwards.

    The agent's list is the one place: what another start of the app hands over stands there too.

    Args:
        files: Keeps the list; calls block.
        tasks: Runs its calls.
        events: Tells of files that came.
    """

    failed = Signal(object)

    def __init__(self, files: FilesApi, tasks: TaskRunner, events: AgentEvents, parent: QObject) -> None:
        super().__init__(parent)
        self._files = files
        self._tasks = tasks
        self._screen: LockScreen | None = None
        self._page: FilesPage | None = None
        self._events = events
        events.waiting.connect(self._came)

    def close(self) -> None:
        """Stop listening: the window turns to another vault."""
        self._events.waiting.disconnect(self._came)
        self._screen = self._page = None
        self.deleteLater()

    def show_on(self, screen: LockScreen, waiting: int, unfinished: tuple[bytes, ...]) -> None:
        """Show what waits on the lock screen.

        An agent that ran before this window tells it no names until the vault is open, only how many.

        Args:
            screen: Says so.
            waiting: How many the agent says are waiting.
            unfinished: What the lock interrupted.
        """
        self._screen, self._page = screen, None
        screen.forget_waiting.connect(self._forget)
        screen.show_waiting(waiting)
        if unfinished:
            self._hand_over(unfinished)

    def offer_to(self, page: FilesPage) -> None:
        """Offer what waits on the page."""
        self._screen, self._page = None, page
        self._take()

    def plan_drop(self, paths: tuple[bytes, ...]) -> DropPlan:
        """Say what becomes of a drop on a locked window."""
        return plan_locked(paths)

    def take_drop(self, paths: tuple[bytes, ...]) -> None:
        """Keep what was dropped."""
        if paths:
            self._hand_over(paths)

    def drop_gone(self) -> None:
        """Nothing was remembered yet."""

    def _came(self, paths: tuple[bytes, ...]) -> None:
        if self._screen is not None:
            self._screen.show_waiting(len(paths), paths)
        elif self._page is not None:
            self._take()

    def _take(self) -> None:
        page = self._page

        def taken(paths: tuple[bytes, ...]) -> None:
            if page is not None and page is self._page:
                page.offer(paths)
            elif paths:
                # The agent keeps them no more, and the page that asked is gone.
                self._hand_over(paths)

        task = self._tasks.run(lambda _work: self._files.take_waiting().paths)
        task.tell(self._tasks, done=taken, failed=self._say)

    def _forget(self) -> None:
        task = self._tasks.run(lambda _work: self._files.take_waiting())
        task.tell(self, done=lambda _taken: self._screen.show_waiting(0) if self._screen else None, failed=self._say)

    def _hand_over(self, paths: tuple[bytes, ...]) -> None:
        task = self._tasks.run(
            lambda _work: max((self._files.hand_over(piece) for piece in in_pieces(paths)), default=0)
        )
        task.tell(self._tasks, done=self._handed_over, failed=self._say)

    def _say(self, error: BaseException) -> None:
        if isValid(self):
            self.failed.emit(error)

    def _handed_over(self, waiting: int) -> None:
        if self._screen is not None:
            self._screen.show_waiting(waiting)
