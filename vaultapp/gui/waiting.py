"""Files that wait for the vault to open, or for the person's yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from vaultapp.gui.agent_events import AgentEvents
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.session import Session
from vaultapp.gui.tasks import TaskRunner

if TYPE_CHECKING:
    from vaultapp.gui.drop_plan import DropPlan
    from vaultapp.gui.pages.files_page import FilesPage


class WaitingRoom(QObject):
    """Keeps dropped files with the agent while the vault is locked, and offers them afterwards.

    The agent's list is the one place: what another start of the app hands over stands there too. An agent that ends
    forgets it, and so does one whose window turns to another vault; their names are remembered here.

    Args:
        session: Its agent keeps the list; calls block.
        tasks: Runs its calls.
        events: Tells of files that came.
    """

    failed = Signal(object)

    def __init__(self, session: Session, tasks: TaskRunner, events: AgentEvents, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self._listed: tuple[bytes, ...] = ()  # in the agent's list, as it told
        self._own: dict[bytes, None] = {}  # not there yet, as far as it told
        self._tasks = tasks
        self._screen: LockScreen | None = None
        self._page: FilesPage | None = None
        self._events = events
        events.waiting.connect(self._came)
        events.waiting_counted.connect(self.counted)

    @property
    def names(self) -> tuple[bytes, ...]:
        """What waits, as far as it is known by name."""
        offered = self._page.offers.unanswered.dropped if self._page is not None else ()
        return tuple(dict.fromkeys((*self._listed, *self._own, *offered)))

    def bring(self, paths: tuple[bytes, ...]) -> None:
        """Take in what waited elsewhere."""
        if paths:
            self._hand_over(paths)

    def leave(self, then: Callable[[], object]) -> None:
        """Empty the agent's list before the window turns to another vault with what waits, then call this."""
        names = self.names
        if not self._listed:
            then()
            return

        def emptied() -> None:
            self._listed, self._own = (), dict.fromkeys(names)
            then()

        # Where that is refused, the files wait there as well; nothing is done with them without a yes.
        files = self.session.files
        self._tasks.run(lambda _work: files.take_waiting()).tell(self, ended=emptied)

    def close(self) -> None:
        """Stop listening: the window turns to another vault."""
        self._events.waiting.disconnect(self._came)
        self._events.waiting_counted.disconnect(self.counted)
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
        self.bring(unfinished)

    def show_again(self, screen: LockScreen) -> None:
        """Show what waits on a lock screen that takes the place of the one before."""
        self._screen = screen
        screen.forget_waiting.connect(self._forget)
        screen.show_waiting(len(self.names), self._listed)

    def counted(self, number: int) -> None:
        """Show how many wait, as the agent said; it may have said so before it had what is known by name here."""
        if number > len(self._listed) and self._lock_screen is not None:
            self._lock_screen.show_waiting(number)

    def offer_to(self, page: FilesPage) -> None:
        """Offer what waits on the page."""
        self._screen, self._page = None, page
        self._take()

    def plan_drop(self, paths: tuple[bytes, ...]) -> DropPlan:
        """Say what becomes of a drop on a locked window."""
        from vaultapp.gui.drop_plan import plan_locked

        return plan_locked(paths)

    def take_drop(self, paths: tuple[bytes, ...]) -> None:
        """Keep what was dropped."""
        self.bring(paths)

    def drop_gone(self) -> None:
        """Nothing was remembered yet."""

    @property
    def _lock_screen(self) -> LockScreen | None:
        return self._screen if self._screen is not None and isValid(self._screen) else None

    def _came(self, paths: tuple[bytes, ...]) -> None:
        self._listed = paths
        for path in paths:
            self._own.pop(path, None)
        if self._lock_screen is not None:
            self._lock_screen.show_waiting(len(paths), paths)
        elif self._page is not None:
            self._take()

    def _take(self) -> None:
        page, files = self._page, self.session.files

        def taken(paths: tuple[bytes, ...]) -> None:
            paths = tuple(dict.fromkeys((*paths, *self._listed, *self._own)))
            self._listed, self._own = (), {}
            if page is not None and page is self._page:
                page.offers.offer(paths)
            elif paths:
                # The agent keeps them no more, and the page that asked is gone.
                self._hand_over(paths)

        task = self._tasks.run(lambda _work: files.take_waiting().paths)
        task.tell(self._tasks, done=taken, failed=self._say)

    def _forget(self) -> None:
        files = self.session.files
        task = self._tasks.run(lambda _work: files.take_waiting())
        task.tell(self, done=lambda _taken: self._forgotten(), failed=self._say)

    def _forgotten(self) -> None:
        self._listed, self._own = (), {}
        if self._lock_screen is not None:
            self._lock_screen.show_waiting(0)

    def _hand_over(self, paths: tuple[bytes, ...]) -> None:
        from vaultapp.contracts.files import in_pieces

        self._own.update(dict.fromkeys(paths))
        files = self.session.files
        task = self._tasks.run(
            lambda _work: max((files.hand_over(piece, again=True) for piece in in_pieces(paths)), default=0)
        )
        task.tell(self._tasks, done=self._handed_over, failed=self._say)

    def _say(self, error: BaseException) -> None:
        if isValid(self):
            self.failed.emit(error)

    def _handed_over(self, waiting: int) -> None:
        # Their names stay known here: an agent that is killed forgets them, and may have told this window none.
        if self._lock_screen is not None:
            self._lock_screen.show_waiting(waiting)
        elif self._page is not None:
            self._take()
