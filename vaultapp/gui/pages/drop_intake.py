"""From files that were dropped or chosen to rows of work."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vaultapp.contracts.files import HEADER_DAMAGED, DropItem, DropVerb, FilesApi, FileState, FileUpdate
from vaultapp.core.errors import AgentGone, NotAFile
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.dialogs.passphrase_dialogs import NewPassphraseDialog
from vaultapp.gui.drop_plan import NOT_FILES, files_text, guess
from vaultapp.gui.look import Look
from vaultapp.gui.models.work_row import Order, Question, RowState, Verb, WorkRow
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.when_idle import WhenIdle
from vaultapp.gui.widgets.drop_options import DropOptions
from vaultapp.gui.work_queue import WorkQueue

_CHUNK = 1000


class DropIntake(QObject):
    """Has the agent look at what came, asks for a passphrase where one is needed, and queues the work.

    Args:
        look: Colours and fonts, for the dialog.
        files: Looks at paths; blocks.
        tasks: Runs its calls.
        queue: Takes the rows.
        options: How dropped files are worked on.
        suggest: Returns fresh words; blocks.
        clipboard: For a suggested passphrase.
        page: Parent of the dialog.
    """

    looked = Signal(object)  # items of what hovers
    failed = Signal(object)

    def __init__(
        self,
        look: Look,
        files: FilesApi,
        tasks: TaskRunner,
        queue: WorkQueue,
        options: DropOptions,
        suggest: Callable[[], str],
        clipboard: SecretClipboard,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._look = look
        self._files = files
        self._tasks = tasks
        self._queue = queue
        self._options = options
        self._suggest = suggest
        self._clipboard = clipboard
        self._page = page
        self._hovering: tuple[bytes, ...] = ()
        self._seen: tuple[DropItem, ...] = ()
        self._unqueued: dict[bytes, None] = {}
        self._idle = WhenIdle(self)
        self.dialog: NewPassphraseDialog | None = None

    def belong_to(self, page: QWidget, options: DropOptions) -> None:
        """Serve another page from now on, as its options say."""
        self.setParent(page)
        self._page = page
        self._options = options

    @property
    def unfinished(self) -> tuple[bytes, ...]:
        """What was taken and is no row of the queue yet."""
        return tuple(self._unqueued)

    def hover(self, paths: tuple[bytes, ...]) -> tuple[DropItem, ...]:
        """Return at once what these paths seem to be; ``looked`` follows when the agent has looked at them."""
        if paths == self._hovering:
            return self._seen
        self._hovering = paths
        self._seen = guess(paths)
        task = self._tasks.run(lambda _work: _look(self._files, paths))
        task.tell(self, done=lambda items: self._looked(paths, items))
        return self._seen

    def forget(self) -> None:
        """Nothing hovers any more."""
        self._hovering = ()
        self._seen = ()

    def examine(self, paths: tuple[bytes, ...], then: Callable[[tuple[DropItem, ...]], object]) -> None:
        """Have the agent look at paths, then call this."""
        task = self._tasks.run(lambda _work: _look(self._files, paths))
        task.tell(self, done=then, failed=partial(self._not_looked, paths))

    def take(self, paths: tuple[bytes, ...]) -> None:
        """Work on these paths, as the options say."""
        self.forget()
        if paths:
            self._unqueued.update(dict.fromkeys(paths))
            self.examine(paths, self.take_items)

    def take_items(self, items: Sequence[DropItem]) -> None:
        """Work on what was looked at. What may be a damaged sealed file asks first, in its row."""
        self._unqueued.update((item.path, None) for item in items)
        order = self._options.order()
        seals = [item for item in items if item.verb is DropVerb.SEAL and item.reason != HEADER_DAMAGED]
        others = [item for item in items if item.verb is not DropVerb.SEAL or item.reason == HEADER_DAMAGED]
        self._queue_items(others, order)
        if seals and self._options.with_passphrase:
            self._ask(seals, order)
        else:
            self._queue_items(seals, order)

    def seal_all_the_same(self, row: WorkRow) -> None:
        """Encrypt what may be a damaged sealed file, as the options say now."""
        self._queue.cancel(row)
        self._queue.remove(row)
        self.take_items([DropItem(row.source, DropVerb.SEAL, row.total, folder=row.folder)])

    def rewrap(self, paths: tuple[bytes, ...]) -> None:
        """Re-wrap sealed files, and those in folders."""
        if paths:
            self.examine(paths, self._rewrap_items)

    def _rewrap_items(self, items: Sequence[DropItem]) -> None:
        order = Order()
        self._queue_rows(items, lambda item: _row(item, order, Verb.REWRAP))

    def _ask(self, seals: Sequence[DropItem], order: Order) -> None:
        key = self._options.first_key
        dialog = NewPassphraseDialog(
            self._look,
            self._tasks,
            self._clipboard,
            self._suggest,
            files_text(seals),
            key.text if key is not None else "",
            self._page.window(),
            one=len(seals) == 1,
        )

        def given(passphrase: bytearray, with_key: bool) -> None:
            asked = replace(order, passphrases=(passphrase,))
            if with_key and key is not None:
                asked = replace(asked, key=str(key.value), key_name=key.text)
            self._queue_items(seals, asked)

        dialog.given.connect(given)
        dialog.rejected.connect(lambda: self._drop([item.path for item in seals]))
        dialog.finished.connect(self._asked)
        self.dialog = dialog
        dialog.open()

    def _asked(self) -> None:
        self.dialog = None

    def _queue_items(self, items: Sequence[DropItem], order: Order) -> None:
        self._queue_rows(items, lambda item: _row(item, order))

    def _queue_rows(self, items: Sequence[DropItem], row_of: Callable[[DropItem], WorkRow]) -> None:
        """Make rows a thousand at a time, so that the window answers and paints in between."""
        if not items:
            return
        first, rest = items[:_CHUNK], items[_CHUNK:]
        self._queue.submit([row_of(item) for item in first])
        self._drop([item.path for item in first])
        if rest:
            self._idle.add(lambda: self._queue_rows(rest, row_of))

    def _not_looked(self, paths: Sequence[bytes], error: BaseException) -> None:
        if not isinstance(error, AgentGone):
            # What an agent that ended did not look at is offered again.
            self._drop(paths)
        self.failed.emit(error)

    def _drop(self, paths: Sequence[bytes]) -> None:
        for path in paths:
            self._unqueued.pop(path, None)

    def _looked(self, paths: tuple[bytes, ...], items: tuple[DropItem, ...]) -> None:
        if paths == self._hovering:
            self._seen = items
            self.looked.emit(items)


def _look(files: FilesApi, paths: tuple[bytes, ...]) -> tuple[DropItem, ...]:
    return tuple(item for start in range(0, len(paths), _CHUNK) for item in files.look(paths[start : start + _CHUNK]))


def _row(item: DropItem, order: Order, verb: Verb | None = None) -> WorkRow:
    told = Verb.SEAL if item.verb is DropVerb.SEAL else Verb.OPEN
    row = WorkRow(item.path, verb or told, order, folder=item.folder, total=max(0, item.size))
    if told is Verb.SEAL and verb is None and item.reason == HEADER_DAMAGED:
        row.state, row.question = RowState.ASKS, Question.DAMAGED
    if item.verb is DropVerb.REFUSE:
        row.state = RowState.FAILED
        code, facts = _refusal(item)
        row.news = FileUpdate(0, FileState.FAILED, source=item.path, code=code, facts=facts)
    return row


def _refusal(item: DropItem) -> tuple[str, dict[str, str | int]]:
    """Return the error that a refused path would give; the reason is its code, or what kind of thing the path is."""
    path = os.fsdecode(item.path)
    if item.reason in NOT_FILES:
        return NotAFile.code, {"path": path, "kind": item.reason}
    return item.reason, {"path": path}
