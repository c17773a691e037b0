"""Runs file work one batch after the other and keeps its list up to date."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, QTimer, Signal

from vaultapp.contracts.files import (
    BatchReport,
    FilesApi,
    FileState,
    FileUpdate,
    OnExist,
    OpenRequest,
    Place,
    RewrapRequest,
    SealRequest,
)
from vaultapp.core.clock import Clock
from vaultapp.core.errors import AgentGone, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.gui.models.work_list import WorkList
from vaultapp.gui.models.work_row import Order, Question, RowState, Verb, WorkRow
from vaultapp.gui.tasks import TaskHandle, TaskRunner
from vaultapp.gui.unfinished import Unfinished

SAMPLE_MS = 100
PROBLEM_LIMIT = 1000
_SLICE = 1000
_SMOOTH = 0.3
# News of less time comes together and says nothing of a speed.
_RATE_S = 0.5
_FEW = 5
_NEEDS_PASSPHRASE = "passphrase_needed"  # noqa: S105 - an error code
_REFUSED = "authentication_failed"

Outcome = WorkContext[FileUpdate]


@dataclass(slots=True)
class _Batch:
    """Rows of one verb and one order, which the agent gets in one request.

    ``inbox`` is filled by the client's reader thread; append and popleft of a deque need no lock. ``open`` are
    the places of rows whose outcome is not known.
    """

    verb: Verb
    order: Order
    rows: list[WorkRow]
    open: set[int] = field(default_factory=set)
    inbox: deque[FileUpdate] = field(default_factory=deque)
    handle: TaskHandle | None = None
    error: BaseException | None = None
    finished: bool = False
    cancelled: bool = False


class WorkQueue(QObject):
    """File work of one window.

    One batch runs at a time. Its news is sampled ten times a second, a thousand at a time, so that neither
    ten thousand files nor a fast disk make the window stutter. Cancelling one row of a batch cancels the
    batch; what it had not finished goes on in a new one.

    What the agent stops of its own accord, because it locks or has ended, waits again and nothing new begins: the
    answer of a call comes before the word that the vault is locked, and then the work is to be offered again.

    Args:
        files: Does the work; calls block.
        tasks: Runs the calls.
        rows: The list that is shown.
        clock: For speeds.
    """

    changed = Signal()
    ended = Signal(object)  # WorkRow

    def __init__(
        self, files: FilesApi, tasks: TaskRunner, rows: WorkList, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._files = files
        self._tasks = tasks
        self._list = rows
        self._clock = clock
        self._waiting: deque[_Batch] = deque()
        self._batch: _Batch | None = None
        self._held = False
        self._timer = QTimer(self)
        self._timer.setInterval(SAMPLE_MS)
        self._timer.timeout.connect(self._sample)

    @property
    def rows(self) -> WorkList:
        """The list that is shown."""
        return self._list

    def belong_to(self, parent: QObject) -> None:
        """Live, with the list, as long as another object from now on."""
        self.setParent(parent)
        self._list.setParent(parent)

    @property
    def busy(self) -> bool:
        """True while anything runs or waits."""
        return self._batch is not None or bool(self._waiting)

    @property
    def current_name(self) -> str:
        """The name of what runs, if it is one thing; empty while many small ones do."""
        if self._batch is None or len(self._batch.rows) > _FEW or self._list.count(RowState.RUNNING) != 1:
            return ""
        asking = self._list.count(RowState.ASKS)
        return self._list.rows[asking].name

    def submit(self, rows: Sequence[WorkRow]) -> None:
        """Put rows at the end of the queue. Rows of one call share their order."""
        self._list.append(rows)
        self._enqueue([row for row in rows if not row.ended], first=False)

    def cancel(self, row: WorkRow) -> None:
        """Stop a row, or drop it from the queue. An ended one stays as it is."""
        if row.ended:
            return
        row.stopped = True
        if row.state is RowState.ASKS or not self._in_batch(row):
            self._end(row, RowState.CANCELLED)
            self._show([row])
        elif self._batch is not None and self._batch.handle is not None:
            self._batch.cancelled = True
            self._batch.handle.cancel()

    def cancel_all(self) -> Unfinished:
        """Stop everything, and return the sources that are not done, and how many are."""
        left = [row for row in self._list.rows if not row.ended]
        unfinished = Unfinished(
            tuple(row.source for row in left if row.verb is not Verb.REWRAP),
            tuple(row.source for row in left if row.verb is Verb.REWRAP),
            self._list.count(RowState.DONE),
            self._list.count(RowState.FAILED),
        )
        self._waiting.clear()
        batch = self._batch
        active = set() if batch is None else {id(batch.rows[at]) for at in batch.open}
        for row in list(self._list.rows):
            if not row.ended:
                row.stopped = True
                if id(row) not in active:
                    self._end(row, RowState.CANCELLED)
        if self._batch is not None and self._batch.handle is not None:
            self._batch.cancelled = True
            self._batch.handle.cancel()
        self._show([])
        return unfinished

    def retry(self, rows: Iterable[WorkRow], order: Order | None = None) -> None:
        """Do ended or asking rows again, in another way if one is given."""
        again = list(rows)
        for row in again:
            row.order = order or row.order
            row.stopped = False
            row.question = None
            row.news = None
            row.problems.clear()
            row.done = row.total = row.members = 0
            row.rate = 0
            self._list.set_state(row, RowState.WAITING)
        self._enqueue(again, first=True)

    def answer(self, rows: Iterable[WorkRow], how: OnExist) -> None:
        """Say what becomes of rows whose result's name is taken."""
        for order, same in _by_order(row for row in rows if row.question is Question.EXISTS):
            # Of a folder worked on file by file, only the files whose results are there are skipped.
            skipped = [row for row in same if how is OnExist.SKIP and not row.by_file]
            for row in skipped:
                self._end(row, RowState.SKIPPED)
            if len(skipped) < len(same):
                again = [row for row in same if not row.ended]
                self.retry(again, replace(order, on_exist=how))
        self._show([])

    def answer_passphrase(self, row: WorkRow, passphrase: bytearray) -> None:
        """Try a passphrase on a row that asked for one."""
        self.retry([row], replace(row.order, passphrases=(passphrase,)))

    def clear_ended(self) -> None:
        """Take everything that ended out of the list."""
        self._list.remove([row for row in self._list.rows if row.ended])
        self.changed.emit()

    def remove(self, row: WorkRow) -> None:
        """Take one ended row out of the list."""
        if row.ended:
            self._list.remove([row])
            self.changed.emit()

    def _enqueue(self, rows: Sequence[WorkRow], *, first: bool) -> None:
        self._held = False
        batches = [_Batch(verb, order, list(same)) for (verb, order), same in _by_request(rows)]
        if first:
            self._waiting.extendleft(reversed(batches))
        else:
            self._waiting.extend(batches)
        self._show([])
        self._start_next()

    def _start_next(self) -> None:
        while self._batch is None and self._waiting and not self._held:
            batch = self._waiting.popleft()
            batch.rows = [row for row in batch.rows if row.state is RowState.WAITING and not row.stopped]
            if batch.rows:
                self._batch = batch
                batch.open = set(range(len(batch.rows)))
                batch.handle = self._tasks.run(_call(self._files, batch), batch.inbox.append)
                batch.handle.failed.connect(self._failed)
                batch.handle.finished.connect(self._finished)
                self._timer.start()

    def _failed(self, error: BaseException) -> None:
        if self._batch is not None:
            self._batch.error = error

    def _finished(self) -> None:
        if self._batch is not None:
            self._batch.finished = True
            self._batch.handle = None
        self._sample()

    def _sample(self) -> None:
        batch = self._batch
        if batch is None:
            self._timer.stop()
            return
        changed: dict[int, WorkRow] = {}
        inbox = batch.inbox
        for _ in range(min(_SLICE, len(inbox))):
            news = inbox.popleft()
            row = batch.rows[news.index]
            self._take(row, news, batch)
            changed[id(row)] = row
        if batch.finished and not inbox:
            self._batch_ended(batch)
        elif batch.finished:
            QTimer.singleShot(0, self, self._sample)
        self._show(changed.values())

    def _take(self, row: WorkRow, news: FileUpdate, batch: _Batch) -> None:
        if _of_member(row, news):
            # The folder's own outcome follows.
            if len(row.problems) < PROBLEM_LIMIT:
                row.problems.append(news)
            return
        if news.state is FileState.CANCELLED:
            row.news = news
            # Decided when the batch ends: stopped by the person, or only in one batch with a row that was.
            return
        if news.state is FileState.RUNNING:
            self._progress(row, news)
            return
        batch.open.discard(news.index)
        match news.state:
            case FileState.DONE:
                row.news = news
                self._end(row, RowState.DONE)
            case FileState.SKIPPED:
                row.news = news
                self._end(row, RowState.SKIPPED)
            case FileState.EXISTS if row.stopped:
                row.news = news
                self._end(row, RowState.CANCELLED)
            case FileState.EXISTS:
                row.news = news
                row.question = Question.EXISTS
                self._list.set_state(row, RowState.ASKS)
            case FileState.FAILED if _passphrase_wanted(row, news, batch.order):
                row.news = news
                row.question = Question.PASSPHRASE
                self._list.set_state(row, RowState.ASKS)
            case FileState.FAILED:
                row.news = news
                self._end(row, RowState.FAILED)

    def _progress(self, row: WorkRow, news: FileUpdate) -> None:
        now = self._clock.monotonic()
        if row.state is not RowState.RUNNING:
            self._list.set_state(row, RowState.RUNNING)
            row.sampled, row.counted = now, news.done
        elif now - row.sampled >= _RATE_S and news.done > row.counted:
            rate = (news.done - row.counted) / (now - row.sampled)
            row.rate = rate if row.rate <= 0 else row.rate + _SMOOTH * (rate - row.rate)
            row.sampled, row.counted = now, news.done
        row.done, row.total, row.members = news.done, news.total, news.members

    def _batch_ended(self, batch: _Batch) -> None:
        self._batch = None
        again = []
        for row in (batch.rows[at] for at in sorted(batch.open)):
            if row.stopped:
                self._end(row, RowState.CANCELLED)
            elif batch.cancelled or _agent_stopped(row, batch.error):
                self._held = self._held or not batch.cancelled
                row.done = row.members = 0
                row.rate = 0
                row.news = None
                row.problems.clear()
                self._list.set_state(row, RowState.WAITING)
                again.append(row)
            else:
                row.news = _failure(row, batch.error)
                self._end(row, RowState.FAILED)
        if again:
            self._waiting.appendleft(_Batch(batch.verb, batch.order, again))
        self._start_next()

    def _in_batch(self, row: WorkRow) -> bool:
        batch = self._batch
        return batch is not None and any(batch.rows[at] is row for at in batch.open)

    def _end(self, row: WorkRow, state: RowState) -> None:
        row.question = None
        self._list.set_state(row, state)
        self.ended.emit(row)

    def _show(self, changed: Iterable[WorkRow]) -> None:
        self._list.settle(changed)
        self.changed.emit()


def _call(files: FilesApi, batch: _Batch) -> Callable[[Outcome], BatchReport]:
    order = batch.order
    sources = tuple(Place(row.source) for row in batch.rows)
    # The callee overwrites what it is given, and a row may be tried again.
    passphrases = tuple(bytearray(secret) for secret in order.passphrases)
    match batch.verb:
        case Verb.SEAL:
            seal = SealRequest(
                sources=sources,
                keys=(order.key,) if order.key else (),
                passphrases=passphrases,
                folder=order.folder,
                folders=order.folders,
                on_exist=order.on_exist,
                remove_originals=order.remove_originals,
            )
            return lambda work: files.seal(seal, work)
        case Verb.OPEN:
            opened = OpenRequest(sources=sources, passphrases=passphrases, folder=order.folder, on_exist=order.on_exist)
            return lambda work: files.open(opened, work)
        case Verb.REWRAP:
            rewrap = RewrapRequest(sources=sources, passphrases=passphrases)
            return lambda work: files.rewrap(rewrap, work)


def _of_member(row: WorkRow, news: FileUpdate) -> bool:
    """True for news of one file of a folder."""
    return news.source != row.source and news.source.startswith(row.source.rstrip(b"/") + b"/")


def _passphrase_wanted(row: WorkRow, news: FileUpdate, order: Order) -> bool:
    if row.verb is Verb.SEAL:
        return False
    return news.code == _NEEDS_PASSPHRASE or (news.code == _REFUSED and bool(order.passphrases))


def _failure(row: WorkRow, error: BaseException | None) -> FileUpdate:
    """Return the outcome of a row for which no own one came: the batch failed as a whole."""
    code, facts = (error.code, error.facts) if isinstance(error, VaultError) else ("error", {})
    return FileUpdate(index=0, state=FileState.FAILED, source=row.source, code=code, facts=facts)


def _agent_stopped(row: WorkRow, error: BaseException | None) -> bool:
    """True when a row has no outcome because the agent locks or has ended, which it says next."""
    told = row.news is not None and row.news.state is FileState.CANCELLED
    return isinstance(error, AgentGone) or (error is None and told)


def _by_order(rows: Iterable[WorkRow]) -> list[tuple[Order, list[WorkRow]]]:
    found: dict[int, tuple[Order, list[WorkRow]]] = {}
    for row in rows:
        found.setdefault(id(row.order), (row.order, []))[1].append(row)
    return list(found.values())


def _by_request(rows: Iterable[WorkRow]) -> list[tuple[tuple[Verb, Order], list[WorkRow]]]:
    """Put rows together that go in one request.

    A folder worked on file by file has one of its own: if it were stopped because of another row, some of its files
    would be done twice.
    """
    found: dict[tuple[Verb, int], tuple[tuple[Verb, Order], list[WorkRow]]] = {}
    for row in rows:
        request = row.verb, id(row if row.by_file else row.order)
        found.setdefault(request, ((row.verb, row.order), []))[1].append(row)
    return list(found.values())
