"""What every table model has: columns that tell of a row what is painted and what is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from vaultapp.gui.models.cells import Cell, Column

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class CellModel(QAbstractTableModel, Generic[R]):
    """Rows of one type. Which there are, and in what order, is a subclass's to say.

    Args:
        columns: What is shown.
    """

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)

    def row(self, index: Index) -> R:
        """Return the row behind an index."""
        raise NotImplementedError

    def find(self, key: Any) -> QModelIndex:
        """Return where a row is shown; invalid when it is not."""
        raise NotImplementedError

    def cell(self, index: Index) -> Cell:
        """Return what is painted at an index."""
        return self.columns[index.column()].cell(self.row(index))

    def band(self, _number: int) -> str:
        """Return the title over a row, by its number; empty for none."""
        return ""

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns; 0 below a cell."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text that people and screen readers get of a cell."""
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(self.cell(index), role)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the column title."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None


def _spoken(cell: Cell, role: int) -> str:
    if role == Qt.ItemDataRole.AccessibleTextRole and cell.second:
        return f"{cell.text}, {cell.second}"
    return cell.text
