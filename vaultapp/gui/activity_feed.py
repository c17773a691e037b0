"""Brings the activity log into the window, page by page, off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot

from vaultapp.contracts.activity import ActivityApi, Entry
from vaultapp.core.work import WorkContext
from vaultapp.gui.models.log_model import LogModel
from vaultapp.gui.models.log_rows import LogRow, Wish, joined, rows_of
from vaultapp.gui.tasks import TaskHandle, TaskRunner

FIRST_PAGE = 200
_PAGE = 1000
_SEARCH_PAGE = 5000
_WANTED = 200
# What does not match a filter is kept up to this many rows, and read again from there.
_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class _Batch:
    """A stretch of the log, next to what was read before.

    Attributes:
        wish: What was wanted then.
        rows: All of its rows.
        shown: Those that the wish wants.
        begin: Number of the entry above it; None for the newest.
        before: Where the next older stretch begins; None at the end of the log.
        total: How many entries the log holds.
        whole: Nothing that was read before counts any more.
    """

    wish: Wish
    rows: list[LogRow]
    shown: list[LogRow]
    begin: int | None
    before: int | None
    total: int
    whole: bool = False


class ActivityFeed(QObject):
    """Fills a model with what is wanted of the log: newest first, older ones when asked, newer ones when polled.

    What was loaded is filtered at once; then older pages are read until the view has enough or the log ends.

    Args:
        log: Reads pages; blocks.
        tasks: Runs its calls.
        model: Is filled.
        vault: What the vault is called, for the filter.
    """

    changed = Signal()  # total, or whether something is under way
    replaced = Signal()  # the model holds what another wish wants
    failed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, log: ActivityApi, tasks: TaskRunner, model: LogModel, vault: str, parent: QObject) -> None:
        super().__init__(parent)
        self._log = log
        self._tasks = tasks
        self._model = model
        self._vault = vault
        self._kept: list[LogRow] = []
        self._kept_before: int | None = None
        self._before: int | None = None
        self._older: TaskHandle | None = None
        self._newer: TaskHandle | None = None
        self._sieve: TaskHandle | None = None
        self.wish = Wish()
        self.total = 0
        self.loaded = False
        self._stuck = False
        self._arrived.connect(self._take_older, Qt.ConnectionType.QueuedConnection)

    @property
    def ended(self) -> bool:
        """True when the oldest entry has been looked at."""
        return self.loaded and self._before is None

    @property
    def looking(self) -> bool:
        """True while older entries are being read or sifted."""
        return self._older is not None or self._sieve is not None

    @property
    def reached(self) -> int:
        """How many entries have been looked at, newest first."""
        if not self.loaded or self._before is None or not self._kept:
            return self.total
        return self._kept[0].newest - self._before + 1

    def resume(self) -> None:
        """Go on after a pause or a failure."""
        self._stuck = False
        self.refresh()

    def refresh(self) -> None:
        """Ask for entries newer than those that are there; the first time for the first page."""
        if self._newer is not None or self._sieve is not None:
            return
        newest = self._kept[0].newest if self._kept else None
        wish = self.wish
        task = self._newer = self._tasks.run(lambda work: self._read_newer(newest, wish, work))
        task.tell(self, done=self._take_newer, failed=self._stop, ended=self._newer_ended)

    def more(self) -> None:
        """Ask for older entries, until some more rows are there or the log ends."""
        if not self.loaded or self.looking or self._before is None or self._stuck:
            return
        wish, before = self.wish, self._before
        task = self._older = self._tasks.run(lambda work: self._read_older(before, wish, work), self._arrived.emit)
        task.tell(self, failed=self._stop, ended=self._older_ended)
        self.changed.emit()

    def want(self, wish: Wish) -> None:
        """Show something else of the log, beginning with what is loaded."""
        if wish == self.wish:
            return
        self.pause()
        self._stuck = False
        self.wish = wish
        if not self.loaded:
            return
        kept = tuple(self._kept)
        task = self._sieve = self._tasks.run(lambda _work: wish.among(kept))
        task.tell(self, done=self._sifted, ended=self._sieve_ended)
        self.changed.emit()

    def pause(self) -> None:
        """Stop reading older entries."""
        if self._older is not None:
            # What it still hands over is told by where it begins; its end is not news.
            self._older.let_go()
            self._older.cancel()
            self._older = None
        if self._sieve is not None:
            self._sieve.let_go()
            self._sieve = None
        self.changed.emit()

    def _read_newer(self, newest: int | None, wish: Wish, work: WorkContext[None]) -> _Batch:
        """Read from the newest entry down to the one that is known; any thread."""
        page = self._log.list(limit=FIRST_PAGE)
        entries: list[Entry] = list(page.entries)
        if newest is not None and entries and entries[0].sequence < newest:
            newest = None  # an older copy of the vault was put in its place
        while newest is not None and entries[-1].sequence > newest + 1:
            work.checkpoint()
            older = self._log.list(entries[-1].sequence, _SEARCH_PAGE).entries
            if not older:
                break
            entries += older
        rows = rows_of([entry for entry in entries if newest is None or entry.sequence > newest], self._vault)
        before = entries[-1].sequence if 0 < len(entries) < page.total else None
        return _Batch(wish, rows, wish.among(rows), None, before, page.total, newest is None)

    def _read_older(self, before: int, wish: Wish, work: WorkContext[_Batch]) -> None:
        """Read pages below a number, and hand each over; any thread."""
        limit = _PAGE if wish.everything else _SEARCH_PAGE
        found, at = 0, before
        while found < _WANTED:
            work.checkpoint()
            page = self._log.list(at, limit)
            rows = rows_of(page.entries, self._vault)
            shown = wish.among(rows)
            # A page may end early, where entries are large; only an empty one is the end of the log.
            after = page.entries[-1].sequence if page.entries else None
            work.checkpoint()
            work.emit(_Batch(wish, rows, shown, at, after, page.total))
            if after is None:
                return
            found, at = found + len(shown), after

    def _take_newer(self, batch: _Batch) -> None:
        if self._sieve is not None or (self.loaded and batch.wish != self.wish):
            return  # asked again when it is there what is wanted now
        self.total = batch.total
        if batch.whole:
            self.pause()
            self._kept = batch.rows
            self._kept_before = self._before = batch.before
            self.loaded = True
            self._model.replace(self.wish.among(batch.rows))
            self.replaced.emit()
        elif batch.rows:
            self._kept = _beside(batch.rows, self._kept)
            self._model.prepend(batch.shown)
        self.changed.emit()

    @Slot(object)
    def _take_older(self, batch: _Batch) -> None:
        if batch.wish != self.wish or batch.begin != self._before or self._sieve is not None:
            return
        if self._kept_before == batch.begin and len(self._kept) < _KEPT:
            _add_below(self._kept, batch.rows)
            self._kept_before = batch.before
        self._before = batch.before
        self.total = batch.total
        self._model.append(batch.shown)
        self.changed.emit()

    def _sifted(self, rows: list[LogRow]) -> None:
        self._sieve = None
        self._before = self._kept_before
        self._model.replace(rows)
        self.replaced.emit()
        self.refresh()
        if len(rows) < _WANTED:
            self.more()

    def _stop(self, error: BaseException) -> None:
        # What failed once would fail again with each look.
        self._stuck = True
        self.failed.emit(error)

    def _newer_ended(self) -> None:
        self._newer = None

    def _older_ended(self) -> None:
        self._older = None
        self.changed.emit()

    def _sieve_ended(self) -> None:
        self._sieve = None
        self.changed.emit()


def _beside(newer: list[LogRow], older: list[LogRow]) -> list[LogRow]:
    joint = joined(newer[-1], older[0]) if newer and older else None
    return [*newer, *older] if joint is None else [*newer[:-1], joint, *older[1:]]


def _add_below(newer: list[LogRow], older: list[LogRow]) -> None:
    """Add in place: the list may be long."""
    joint = joined(newer[-1], older[0]) if newer and older else None
    if joint is not None:
        newer[-1] = joint
    newer.extend(older if joint is None else older[1:])
