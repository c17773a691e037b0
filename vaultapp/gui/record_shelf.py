"""Records of a vault in the window, kept up to date for everything that shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import count
from typing import Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from vaultapp.core.collector import without_collector
from vaultapp.gui.tasks import TaskRunner

R = TypeVar("R")
# To read a page is one step for the interpreter, and every other thread waits for its end: of 1,000, two milliseconds.
A_PAGE = 1000
_FEW = 16


class RecordShelf(QObject, Generic[R]):
    """Asks for all records once, and after a change for those that changed.

    Args:
        tasks: Runs its calls.

    Attributes:
        loaded: They were all told once.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._records: dict[UUID, R] = {}
        self._ordered: tuple[R, ...] | None = None
        self.loaded = False
        # Ids of what `changed` told of last; None: it may be anything.
        self._news: tuple[UUID, ...] | None = None
        self._numbers = count()
        # The newest question after each record: another answer is older than what is known.
        self._asked: dict[UUID, int] = {}
        self._listing = False
        self._list_again = False
        # What changed while the list was being read may stand in it as it was before.
        self._meanwhile: set[UUID] = set()

    @property
    def records(self) -> tuple[R, ...]:
        """All of them, oldest first; the same object while none of them changed."""
        if self._ordered is None:
            self._ordered = tuple(self._records.values())
        return self._ordered

    def record(self, record_id: UUID) -> R | None:
        """Return one by its id."""
        return self._records.get(record_id)

    def refresh(self) -> None:
        """Ask for all of them; once more afterwards, if they are being asked for already."""
        if self._listing:
            self._list_again = True
            return
        self._listing, self._list_again = True, False
        self._meanwhile = set(self._asked)
        task = self._tasks.run(lambda _work: self._read())
        task.tell(self, done=self._take_all, failed=self.failed.emit, ended=self._listed)

    def show_news(self, show: Callable[[UUID], bool]) -> bool:
        """Have only what changed shown, where that is little: of very many the others are not looked at.

        Args:
            show: Shows one; False when more than that one has changed.

        Returns:
            False when all of them are to be looked at.
        """
        return self._news is not None and len(self._news) <= _FEW and all(map(show, self._news))

    def take(self, record: R) -> None:
        """Take the answer of a call that changed one."""
        record_id = self._id(record)
        self._put(record_id, record)
        if self._listing:
            self._meanwhile.add(record_id)
        if self._asked.pop(record_id, None) is not None:
            # Which of the two is newer is not known.
            self._ask_for((record_id,))
        self._tell((record_id,))

    def note_changes(self, record_ids: Sequence[UUID]) -> None:
        """The agent says that these changed."""
        if len(record_ids) > _FEW or not self.loaded:
            self.refresh()
            return
        if self._listing:
            self._meanwhile.update(record_ids)
        self._ask_for(record_ids)

    def _id(self, record: R) -> UUID:
        """Return a record's id."""
        raise NotImplementedError

    def _page(self, offset: int, limit: int) -> tuple[Sequence[R], int]:
        """Return a stretch of the list, and how many there are in all; blocks, in any thread."""
        raise NotImplementedError

    def _one(self, record_id: UUID) -> R | None:
        """Return one record; None when it is gone. Blocks, in any thread."""
        raise NotImplementedError

    def _read(self) -> Any:
        """Return what :meth:`_adopt` takes; blocks, in any thread."""
        return self._all()

    def _adopt(self, listed: Any) -> None:
        """Take the place of what was known."""
        self._records = listed

    def _all(self) -> dict[UUID, R]:
        found: list[R] = []
        with without_collector():
            while True:
                # Each page begins with the last record of the one before: a deletion meanwhile moves the rest up.
                page, total = self._page(max(0, len(found) - 1), A_PAGE)
                if found and (not page or self._id(page[0]) != self._id(found[-1])):
                    found = []
                    continue
                found.extend(page[1 if found else 0 :])
                if len(found) >= total or len(page) <= 1:
                    return {self._id(record): record for record in found}

    def _ask_for(self, record_ids: Iterable[UUID]) -> None:
        asked = {record_id: next(self._numbers) for record_id in record_ids}
        self._asked.update(asked)
        task = self._tasks.run(lambda _work: [(record_id, self._one(record_id)) for record_id in asked])
        task.tell(self, done=partial(self._take_some, asked), failed=partial(self._not_told, asked))

    def _take_all(self, listed: Any) -> None:
        before = self._records
        self._adopt(listed)
        self._ordered = None
        for record_id in self._meanwhile:
            if record_id in before or self.loaded:
                self._put(record_id, before.get(record_id))
        self.loaded = True
        self._tell(None)
        if self._meanwhile:
            self._ask_for(tuple(self._meanwhile))

    def _put(self, record_id: UUID, record: R | None) -> None:
        self._ordered = None
        if record is None:
            self._records.pop(record_id, None)
        else:
            self._records[record_id] = record

    def _listed(self) -> None:
        self._listing = False
        if self._list_again:
            self.refresh()

    def _not_told(self, asked: dict[UUID, int], error: BaseException) -> None:
        for record_id, number in asked.items():
            if self._asked.get(record_id) == number:
                del self._asked[record_id]
        self.failed.emit(error)

    def _take_some(self, asked: dict[UUID, int], found: list[tuple[UUID, R | None]]) -> None:
        for record_id, record in found:
            if self._asked.get(record_id) != asked[record_id]:
                continue
            del self._asked[record_id]
            self._put(record_id, record)
        self._tell(tuple(asked))

    def _tell(self, news: tuple[UUID, ...] | None) -> None:
        self._news = news
        self.changed.emit()
