"""By which column a table is sorted, remembered for the next time."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt

from vaultapp.gui.widgets.table import Table
from vaultapp.gui.window_settings import WindowSettings


class KeptSort(QObject):
    """Sorts a table as it was, and remembers how it is sorted from now on.

    Args:
        table: Whose head tells the order; it owns this.
        settings: Keep it.
        name: Of the table there.
    """

    def __init__(self, table: Table[Any], settings: WindowSettings, name: str) -> None:
        super().__init__(table)
        self._table = table
        self._settings = settings
        self._name = name
        head = table.horizontalHeader()
        at, descending = settings.sort(name)
        if 0 <= at < table.model().columnCount():
            head.setSortIndicator(at, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        head.sortIndicatorChanged.connect(self._sorted)

    def sort_by(self, column: int) -> None:
        """Sort by a column, the other way round if it is that already: the way of the keyboard to the table's head."""
        head, up = self._table.horizontalHeader(), Qt.SortOrder.AscendingOrder
        turned = head.sortIndicatorSection() == column and head.sortIndicatorOrder() == up
        self._table.sortByColumn(column, Qt.SortOrder.DescendingOrder if turned else up)

    def _sorted(self, column: int, order: Qt.SortOrder) -> None:
        self._settings.remember_sort(self._name, column, descending=order is Qt.SortOrder.DescendingOrder)
