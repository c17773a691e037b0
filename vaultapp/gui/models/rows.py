"""Rows of one type in a table, filtered and sorted by a list of visible row numbers."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from heapq import merge
from itertools import compress
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, Qt

from vaultapp.core.collector import without_collector
from vaultapp.gui.models.cell_model import CellModel, Index
from vaultapp.gui.models.cells import Column

R = TypeVar("R")
_NO_PARENT = QModelIndex()
_SLICE = 2000
_MANY = 1000


@dataclass(frozen=True, slots=True)
class Prepared(Generic[R]):
    """Rows with all that filtering and sorting needs, made off the window's thread.

    Attributes:
        rows: In the order of arrival.
        keys: What tells a row apart from all others, one a row.
        folded: The filter's texts, one a row.
        sorts: Values to sort by, for each column one a row.
        orders: Row numbers in the order of those values, one list a column.
        places: The number of each row by its key.
    """

    rows: list[R]
    keys: list[Any]
    folded: list[str]
    sorts: tuple[list[Any], ...]
    orders: tuple[list[int], ...]
    places: dict[Any, int]


def prepare(columns: Sequence[Column[R]], key: Callable[[R], Any], rows: Sequence[R]) -> Prepared[R]:
    """Read every row once, and sort by every column. Any thread; 100,000 rows take a second or so."""
    with without_collector() if len(rows) >= _MANY else nullcontext():
        return _prepared(columns, key, rows)


def _prepared(columns: Sequence[Column[R]], key: Callable[[R], Any], rows: Sequence[R]) -> Prepared[R]:
    keys = [key(row) for row in rows]
    sorts = tuple([column.sort(row) for row in rows] for column in columns)
    return Prepared(
        list(rows),
        keys,
        ["\0".join([column.text(row) for column in columns]).casefold() for row in rows],
        sorts,
        tuple(_order(values) for values in sorts),
        {key: at for at, key in enumerate(keys)},
    )


def _order(values: list[Any]) -> list[int]:
    """Return row numbers by their values.

    In slices that are merged: one sort of all of them would keep every other thread waiting until it is done.
    """
    slices = [
        sorted(range(first, min(first + _SLICE, len(values))), key=values.__getitem__)
        for first in range(0, len(values), _SLICE)
    ]
    return list(merge(*slices, key=values.__getitem__))


class RowModel(CellModel[R]):
    """Never calls a service, and does nothing per row in the window's thread but what a list can do.

    A QSortFilterProxyModel in Python asks row by row: 0.5-1 s to filter 100,000 rows. Here a filter is one pass
    over ready strings, a sort the taking of a ready order.

    Args:
        columns: What is shown.
        key: Tells rows apart; the selection stays on the same key when rows are replaced.
    """

    def __init__(self, columns: Sequence[Column[R]], key: Callable[[R], Any], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._key = key
        self._all: Prepared[R] = prepare(self.columns, key, ())
        self._visible: list[int] = []
        self._needle = ""
        self._order: tuple[int, bool] | None = None

    @property
    def total(self) -> int:
        """Rows before filtering."""
        return len(self._all.rows)

    @property
    def all(self) -> Sequence[R]:
        """All rows, in the order of arrival."""
        return self._all.rows

    @property
    def filtered(self) -> bool:
        """True when the filter may hide rows."""
        return bool(self._needle)

    def prepare(self, rows: Sequence[R]) -> Prepared[R]:
        """Make rows ready; off the window's thread where there are many."""
        return prepare(self.columns, self._key, rows)

    def show(self, prepared: Prepared[R]) -> None:
        """Show exactly these rows; the selection stays on rows that are still there."""
        self._rearrange(prepared)

    def upsert(self, row: R) -> None:
        """Change the row with the same key, or append one. The others are moved only where it stands elsewhere now."""
        one = self.prepare([row])
        found = self._all
        at = found.places.setdefault(one.keys[0], len(found.rows))
        new = at == len(found.rows)
        sought = new or found.folded[at] != one.folded[0]
        # Columns by whose values it stands elsewhere.
        moved = [new or values[at] != told[0] for values, told in zip(found.sorts, one.sorts, strict=True)]
        parts = (found.rows, found.keys, found.folded, *found.sorts)
        for part, value in zip(parts, (one.rows, one.keys, one.folded, *one.sorts), strict=True):
            part[at : at + 1] = value
        for order, values in compress(zip(found.orders, found.sorts, strict=True), moved):
            if not new:
                order.remove(at)
            insort(order, at, key=values.__getitem__)
        if new or (sought and self._needle) or (self._order is not None and moved[self._order[0]]):
            self._rearrange(found)
        shown = self.find(one.keys[0])
        if shown.isValid():
            self.dataChanged.emit(shown, self.index(shown.row(), len(self.columns) - 1))

    def set_needle(self, text: str) -> None:
        """Show rows that contain this text in any column, case folded."""
        self._needle = text.casefold()
        self._rearrange(self._all)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's own values; -1 is the order of arrival."""
        self._order = None if column < 0 else (column, order is Qt.SortOrder.DescendingOrder)
        self._rearrange(self._all)

    def row(self, index: Index) -> R:
        """Return the row object behind an index."""
        return self._all.rows[self._visible[index.row()]]

    def knows(self, key: Any) -> bool:
        """Tell whether there is a row with a key, shown or filtered out."""
        return key in self._all.places

    def find(self, key: Any) -> QModelIndex:
        """Return where a row is shown; invalid when it is not."""
        at = self._all.places.get(key)
        return QModelIndex() if at is None else self._where(at, 0)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of visible rows; 0 below a cell."""
        return 0 if parent.isValid() else len(self._visible)

    def _arranged(self, found: Prepared[R]) -> list[int]:
        needle, folded = self._needle, found.folded
        if self._order is None:
            shown: Sequence[int] = range(len(found.rows))
        else:
            column, descending = self._order
            shown = found.orders[column][::-1] if descending else found.orders[column]
        if needle:
            # In the order in which the texts lie in memory: in any other one it takes five times as long.
            hits = bytes([needle in text for text in folded])
            shown = [at for at in shown if hits[at]]
        return list(shown)

    def _rearrange(self, found: Prepared[R]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        held = [(self._all.keys[self._visible[index.row()]], index.column()) for index in old]
        self._all = found
        self._visible = self._arranged(found)
        new = [self._where(found.places[key], column) if key in found.places else QModelIndex() for key, column in held]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _where(self, at: int, column: int) -> QModelIndex:
        """Return where a row is shown; a list finds a number by itself faster than any loop here."""
        try:
            return self.index(self._visible.index(at), column)
        except ValueError:
            return QModelIndex()
