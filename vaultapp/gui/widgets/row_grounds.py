"""The grounds of a table's rows, painted before their cells."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.cell_delegate import BAND, INSET, PAD


class RowGrounds:
    """One rounded bar behind a selected row, a hairline under every other, a title over one that begins a day.

    Args:
        look: Colours and fonts.
        view: Whose rows are painted.
    """

    def __init__(self, look: Look, view: QTableView) -> None:
        self._look = look
        self._view = view
        self.hovered = -1
        self.ringed = -1

    def paint(self, event: QPaintEvent, bands: Callable[[int], str]) -> None:
        """Paint those that are to be seen anew.

        Args:
            event: Of the viewport.
            bands: Returns the title over a row; empty for none.
        """
        view, place = self._view, event.rect()
        first, last = view.rowAt(place.top()), view.rowAt(place.bottom())
        if first < 0:
            return
        if last < 0:
            last = view.model().rowCount() - 1
        selected = [(part.top(), part.bottom()) for part in view.selectionModel().selection().toList()]
        width = view.viewport().width()
        painter = QPainter(view.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in range(first, last + 1):
            rect = QRectF(0, view.rowViewportPosition(row), width, view.rowHeight(row))
            band = bands(row)
            if band:
                self._band(painter, rect, band)
                rect.setTop(rect.top() + self._look.px(BAND))
            self._ground(painter, rect, row, chosen=any(top <= row <= bottom for top, bottom in selected))
        painter.end()

    def _ground(self, painter: QPainter, rect: QRectF, row: int, *, chosen: bool) -> None:
        look = self._look
        bar = QRectF(rect.left() + INSET, rect.top() + 1, rect.width() - 2 * INSET, rect.height() - 3)
        if chosen:
            shapes.rounded(painter, bar, 6, look.colour("select" if self._view.isActiveWindow() else "select_off"))
        elif row == self.hovered:
            shapes.rounded(painter, bar, 6, look.colour("hover"))
        else:
            edge = PAD + INSET
            shapes.hairline(painter, look.colour("line"), rect.left() + edge, rect.right() - edge, rect.bottom())
        if row == self.ringed:
            shapes.rounded(painter, bar.adjusted(1, 1, -1, -1), 6, None, look.colour("focus"), 2)

    def _band(self, painter: QPainter, rect: QRectF, text: str) -> None:
        edge, high = PAD + INSET, self._look.px(BAND)
        place = QRectF(rect.left() + edge, rect.top() + 4, rect.width() - 2 * edge, high - 5)
        shapes.write(painter, self._look, place, text, Style.STRONG)
        shapes.hairline(painter, self._look.colour("line"), place.left(), rect.right(), rect.top() + high)
