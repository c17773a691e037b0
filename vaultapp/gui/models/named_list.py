"""Things with names in a list that is shown whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
ThingRole = Qt.ItemDataRole.UserRole + 1


class NamedList(QStringListModel, Generic[T]):
    """Gives the name, what screen readers say, and the thing itself.

    The names are Qt's own: a list view asks for every row when it lays out, which of 100,000 rows in Python takes a
    fifth of a second.

    Args:
        name: Returns what people read.
        spoken: Returns what screen readers say; the name where it is not given.
    """

    def __init__(self, parent: QObject, name: Callable[[T], str], spoken: Callable[[T], str] | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._spoken = spoken or name
        self.shown: Sequence[T] = ()

    def show(self, things: Sequence[T]) -> None:
        """Show exactly these."""
        self.shown = things
        self.setStringList([self._name(thing) for thing in things])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the thing, or a text of it."""
        if index.isValid() and role == ThingRole:
            return self.shown[index.row()]
        if index.isValid() and role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(self.shown[index.row()])
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a row can be chosen, and not written in."""
        return super().flags(index) & ~Qt.ItemFlag.ItemIsEditable
