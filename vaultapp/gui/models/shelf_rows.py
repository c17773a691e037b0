"""Keeps what is shown of records as the records are, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from vaultapp.gui.tasks import TaskRunner

R = TypeVar("R")
# More rows than this are made ready off the window's thread.
FEW = 1000
_AT_ONCE = 16


class Shown(Protocol[R]):
    """What shows records, such as a table's model."""

    @property
    def all(self) -> Sequence[R]:
        """The records that are shown, in the order of arrival."""

    def prepare(self, rows: Sequence[R]) -> Any:
        """Make records ready to be shown; any thread."""

    def show(self, prepared: Any) -> None:
        """Show exactly these."""

    def knows(self, key: Any) -> bool:
        """Tell whether a record with a key is among them."""

    def upsert(self, row: R) -> None:
        """Show a changed record, or one more."""


class ShelfRows(QObject, Generic[R]):
    """Shows at once the few records that are other objects than those shown; otherwise makes all of them ready.

    To make all of very many ready takes a second; a person who changed one need not wait for that.

    Args:
        shown: What shows them.
        key: Tells records apart.
        tasks: Makes many ready.
    """

    changed = Signal()  # they are shown

    def __init__(self, shown: Shown[R], key: Callable[[R], object], tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._shown = shown
        self._key = key
        self._tasks = tasks
        self._asked = 0
        self._preparing = 0

    def show(self, records: Sequence[R]) -> None:
        """Show exactly these."""
        self._asked += 1
        if len(records) <= FEW:
            self._take(self._asked, self._shown.prepare(records))
            return
        old, key = self._shown.all, self._key
        other = [at for at, (record, was) in enumerate(zip(records, old, strict=False)) if record is not was]
        many = len(other) + len(records) - len(old) > _AT_ONCE
        if many or len(records) < len(old) or any(key(records[at]) != key(old[at]) for at in other):
            task = self._tasks.run(lambda _work: self._shown.prepare(records))
            self._preparing += 1
            task.tell(self, done=partial(self._take, self._asked), ended=self._prepared)
            return
        for at in (*other, *range(len(old), len(records))):
            self._shown.upsert(records[at])
        self.changed.emit()

    def change(self, record: R) -> bool:
        """Show one changed record that is among them, without looking at the others; False when that is not so."""
        if self._preparing or not self._shown.knows(self._key(record)):
            return False
        self._shown.upsert(record)
        self.changed.emit()
        return True

    def _take(self, asked: int, ready: Any) -> None:
        if asked == self._asked:
            self._shown.show(ready)
            self.changed.emit()

    def _prepared(self) -> None:
        self._preparing -= 1
