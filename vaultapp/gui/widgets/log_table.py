"""The rows of the activity log, with a title over each day."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal

from vaultapp.gui.look import Look
from vaultapp.gui.models.log_model import LogModel
from vaultapp.gui.models.log_rows import LogRow
from vaultapp.gui.widgets.cell_delegate import BAND
from vaultapp.gui.widgets.table import Table

_NEAR = 3  # views from the end


class LogTable(Table[LogRow]):
    """Rows of the log with their days: a day begins with a title, and the one at the top is told as it scrolls.

    Args:
        look: Colours and fonts.
        model: The rows.
        name: For screen readers.
        row: Height of a row at the usual text size.
    """

    end_near = Signal()
    top_changed = Signal()

    def __init__(self, look: Look, model: LogModel, name: str, row: int) -> None:
        super().__init__(look, model, name, row)
        self._log = model
        self._high = look.px(row)
        self._banded = look.px(row) + look.px(BAND)
        self._held: int | None = None
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsClickable(False)
        model.rowsInserted.connect(self._inserted)
        model.modelAboutToBeReset.connect(self._hold)
        model.modelReset.connect(self._replaced)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._scrolled)

    @property
    def top(self) -> LogRow | None:
        """The topmost row that is seen."""
        at = self.rowAt(0)
        return self._log.shown[at] if 0 <= at < len(self._log.shown) else None

    @property
    def needs_more(self) -> bool:
        """True when the end of the rows is near what is seen."""
        # By rows: the scroll bar learns of new ones a moment later.
        a_view = self.viewport().height() // self._high + 1
        return max(0, self.rowAt(0)) + _NEAR * a_view >= self._log.rowCount()

    def _inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        # The day of the row that was the first one stood elsewhere.
        below = last + 1 if last + 1 < self._log.rowCount() else last
        if self._log.shown[first].day != self._log.shown[below].day or (first and self._log.band(first)):
            self._size(range(first, below + 1))
        self._scrolled()

    def _hold(self) -> None:
        row = self.current
        self._held = None if row is None else row.newest

    def _replaced(self) -> None:
        self._size(self._log.bands())
        if self._held is not None and not self.go_to(self._held):
            self.moved.emit(None)
        self._held = None
        self._scrolled()

    def _size(self, numbers: range | list[int]) -> None:
        head = self.verticalHeader()
        for number in numbers:
            high = self._banded if self._log.band(number) else self._high
            if head.sectionSize(number) != high:
                head.resizeSection(number, high)

    def _scrolled(self) -> None:
        self.top_changed.emit()
        if self.needs_more:
            self.end_near.emit()
