"""The rows of the activity log that are shown: they come at both ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from vaultapp.gui.models.cell_model import CellModel, Index
from vaultapp.gui.models.cells import Column
from vaultapp.gui.models.log_rows import LogRow, joined

_NO_PARENT = QModelIndex()


class LogModel(CellModel[LogRow]):
    """Newest first, never sorted otherwise: what is not loaded yet would have no place.

    Adding rows costs what they are many, not what is there already.

    Args:
        columns: What is shown.
        day: Returns the words for a day, by its ordinal.
    """

    def __init__(
        self, columns: Sequence[Column[LogRow]], day: Callable[[int], str], parent: QObject | None = None
    ) -> None:
        super().__init__(columns, parent)
        self._day = day
        self._list: list[LogRow] = []

    @property
    def shown(self) -> Sequence[LogRow]:
        """The rows, newest first."""
        return self._list

    def replace(self, rows: list[LogRow]) -> None:
        """Show exactly these rows."""
        self.beginResetModel()
        self._list = rows
        self.endResetModel()

    def append(self, rows: Sequence[LogRow]) -> None:
        """Add older rows at the end."""
        if rows and self._list and (both := joined(self._list[-1], rows[0])) is not None:
            self._change(len(self._list) - 1, both)
            rows = rows[1:]
        if rows:
            at = len(self._list)
            self.beginInsertRows(_NO_PARENT, at, at + len(rows) - 1)
            self._list.extend(rows)
            self.endInsertRows()

    def prepend(self, rows: Sequence[LogRow]) -> None:
        """Add newer rows at the top."""
        if rows and self._list and (both := joined(rows[-1], self._list[0])) is not None:
            self._change(0, both)
            rows = rows[:-1]
        if rows:
            self.beginInsertRows(_NO_PARENT, 0, len(rows) - 1)
            self._list[0:0] = rows
            self.endInsertRows()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Stay in the order of the log."""

    def row(self, index: Index) -> LogRow:
        """Return the row behind an index."""
        return self._list[index.row()]

    def find(self, key: Any) -> QModelIndex:
        """Return where the row that holds an entry is shown, by its sequence number; invalid when it is not."""
        at = self._place(key)
        return QModelIndex() if at is None else self.index(at, 0)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rows; 0 below a cell."""
        return 0 if parent.isValid() else len(self._list)

    def band(self, number: int) -> str:
        """Return the day over a row that begins one; the day of the first row stands elsewhere."""
        if number and self._list[number].day != self._list[number - 1].day:
            return self._day(self._list[number].day)
        return ""

    def bands(self) -> list[int]:
        """Return the numbers of the rows that begin a day, but the first; by halving, for there are few days."""
        found, at = [], 0
        while self._list:
            at = bisect_right(self._list, -self._list[at].day, lo=at, key=lambda row: -row.day)
            if at == len(self._list):
                break
            found.append(at)
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell; screen readers hear the day with the time."""
        told = super().data(index, role)
        if told is not None and role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return f"{self._day(self.row(index).day)}, {told}"
        return told

    def _place(self, sequence: int) -> int | None:
        at = bisect_left(self._list, -sequence, key=lambda row: -row.oldest)
        found = at < len(self._list) and self._list[at].oldest <= sequence <= self._list[at].newest
        return at if found else None

    def _change(self, at: int, row: LogRow) -> None:
        self._list[at] = row
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
