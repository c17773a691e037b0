"""The list of file work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

from vaultapp.gui import joining
from vaultapp.gui.models.work_row import ENDED, RowState, WorkRow
from vaultapp.gui.paths import URI_LIST, file_url
from vaultapp.gui.work_sentences import sentence_of

Index = QModelIndex | QPersistentModelIndex
RowRole = Qt.ItemDataRole.UserRole + 1
_DRAGS = Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
_AGES = 1 << 40
_BY_RANK = attrgetter("rank")


class WorkList(QStringListModel):
    """Rows in the order: questions, running, waiting by age, then ended ones, newest first.

    Changes of state are noted at once and shown by :meth:`settle`, so that a thousand of them cost one sorting.
    How many rows there are is Qt's own to know: a view asks for it twice a row when it lays out, which of 10,000
    rows in Python takes longer than everything else.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[WorkRow] = []
        self._counts = dict.fromkeys(RowState, 0)
        self._added = 0
        self._endings = 0
        self._moved = False

    @property
    def rows(self) -> Sequence[WorkRow]:
        """All rows in the order shown."""
        return self._rows

    def count(self, *states: RowState) -> int:
        """Return how many rows are in any of these states."""
        return sum(self._counts[state] for state in states)

    def append(self, rows: Sequence[WorkRow]) -> None:
        """Add rows; they take their places at the next :meth:`settle`."""
        if not rows:
            return
        first = len(self._rows)
        for at, row in enumerate(rows, first):
            self._added += 1
            row.number = self._added
            row.at = at
            self._counts[row.state] += 1
            row.rank = self._rank(row)
        self._rows.extend(rows)
        self.insertRows(first, len(rows))
        self._moved = True

    def set_state(self, row: WorkRow, state: RowState) -> None:
        """Note a row's new state."""
        if state is row.state:
            return
        self._counts[row.state] -= 1
        self._counts[state] += 1
        row.state = state
        row.rank = self._rank(row)
        self._moved = True

    def settle(self, changed: Iterable[WorkRow] = ()) -> None:
        """Show what was noted: move rows to their places and repaint the changed ones."""
        if self._moved:
            self._moved = False
            self._arrange()
            return
        for row in changed:
            index = self.index(row.at, 0)
            self.dataChanged.emit(index, index)

    def remove(self, unwanted: Sequence[WorkRow]) -> None:
        """Take rows out of the list."""
        gone = {id(row) for row in unwanted}
        if not gone:
            return
        self.beginResetModel()
        for row in unwanted:
            self._counts[row.state] -= 1
        before = len(self._rows)
        self._rows = [row for row in self._rows if id(row) not in gone]
        self._number()
        # One change for all, wherever they stood.
        self.blockSignals(True)
        self.removeRows(len(self._rows), before - len(self._rows))
        self.blockSignals(False)
        self.endResetModel()

    def row(self, index: Index) -> WorkRow | None:
        """Return the row behind an index."""
        return self._rows[index.row()] if index.isValid() else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, what a screen reader says, or the row object."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == RowRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return joining.phrases((row.name, sentence_of(row)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row; results can be dragged to other programs."""
        found = super().flags(index) & ~(Qt.ItemFlag.ItemIsEditable | _DRAGS)
        row = self.row(index)
        return found | Qt.ItemFlag.ItemIsDragEnabled if row is not None and row.output else found

    def mimeTypes(self) -> list[str]:
        """Return how results leave by drag and drop."""
        return [URI_LIST]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the results' paths as URLs, by their exact bytes."""
        outputs = [row.output for row in map(self.row, indexes) if row is not None and row.output]
        data = QMimeData()
        data.setData(URI_LIST, b"".join(file_url(path) + b"\r\n" for path in outputs))
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        """Only ever copy: a move would have the other program delete the result."""
        return Qt.DropAction.CopyAction

    def _rank(self, row: WorkRow) -> int:
        if row.state in ENDED:
            self._endings += 1
            return RowState.DONE * _AGES + _AGES // 2 - self._endings
        return row.state * _AGES + row.number

    def _arrange(self) -> None:
        self.layoutAboutToBeChanged.emit()
        held = [(index, self._rows[index.row()]) for index in self.persistentIndexList()]
        self._rows.sort(key=_BY_RANK)
        self._number()
        if held:
            moved = [self.index(row.at, index.column()) for index, row in held]
            self.changePersistentIndexList([index for index, _ in held], moved)
        self.layoutChanged.emit()

    def _number(self) -> None:
        for at, row in enumerate(self._rows):
            row.at = at
