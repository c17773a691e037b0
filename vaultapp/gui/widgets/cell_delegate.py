"""Paints the cells of a table."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vaultapp.gui.look import Look
from vaultapp.gui.models.cell_model import BandRole, CellRole, Index
from vaultapp.gui.models.cells import Cell
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

INSET = 4
BAND = 32  # height of a title over a row
PAD = 10
_MARK = 24
_ICON = 16


class CellDelegate(QStyledItemDelegate):
    """One rounded bar behind a selected row, a hairline under every other; then the cell.

    Args:
        look: Colours and fonts.
        view: Whose rows are painted.
    """

    def __init__(self, look: Look, view: QAbstractItemView, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._view = view
        self.hovered = -1
        self.ringed = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell, and its part of the row's ground."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        band = index.data(BandRole)
        if band:
            self._band(painter, rect, band)
            rect.setTop(rect.top() + self._look.px(BAND))
        self._ground(painter, rect, option, index)
        cell: Cell = index.data(CellRole)
        inner = rect.adjusted(PAD if index.column() else PAD + INSET, 0, -PAD, -1)
        if cell.badge:
            shapes.badge(painter, self._look, inner, cell.text, cell.badge, cell.icon)
        else:
            self._words(painter, inner, cell)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._look
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        active = self._view.isActiveWindow()
        # Wider than the cell and cut to it, so that the cells of a row join into one bar.
        view = QRectF(self._view.viewport().rect())
        bar = QRectF(view.left() + INSET, rect.top() + 1, view.width() - 2 * INSET, rect.height() - 3)
        painter.save()
        painter.setClipRect(rect)
        if selected:
            shapes.rounded(painter, bar, 6, look.colour("select" if active else "select_off"))
        elif index.row() == self.hovered:
            shapes.rounded(painter, bar, 6, look.colour("hover"))
        if index.row() == self.ringed:
            shapes.rounded(painter, bar.adjusted(1, 1, -1, -1), 6, None, look.colour("focus"), 2)
        if not selected and index.row() != self.hovered:
            edge = PAD + INSET
            left, right = max(rect.left(), view.left() + edge), min(rect.right(), view.right() - edge)
            shapes.hairline(painter, look.colour("line"), left, right, rect.bottom())
        painter.restore()

    def _band(self, painter: QPainter, rect: QRectF, text: str) -> None:
        # As wide as the view and cut to the cell: the cells of a row share one title.
        view = QRectF(self._view.viewport().rect())
        high = self._look.px(BAND)
        painter.save()
        painter.setClipRect(rect)
        place = QRectF(view.left() + PAD + INSET, rect.top() + 4, view.width() - 2 * (PAD + INSET), high - 5)
        shapes.write(painter, self._look, place, text, Style.STRONG)
        line = rect.top() + high
        shapes.hairline(painter, self._look.colour("line"), place.left(), rect.right(), line)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRectF, cell: Cell) -> None:
        look = self._look
        left = rect.left()
        middle = rect.center().y()
        if cell.hue:
            side = _MARK if cell.strong else 20
            shapes.plate(painter, look, QRectF(left, middle - side / 2, side, side), cell.text, cell.hue)
            left += side + 10
        elif cell.icon:
            tone = cell.tone if cell.tone != "text" else "text2"
            look.icons.draw(painter, cell.icon, QRectF(left, middle - _ICON / 2, _ICON, _ICON), tone)
            left += _ICON + 8
        elif cell.ring >= 0:
            shapes.ring(painter, look, QRectF(left, middle - _ICON / 2, _ICON, _ICON), cell.ring)
            left += _ICON + 8
        style = Style.STRONG if cell.strong else Style.MONO if cell.mono else Style.BODY
        first = look.type.line(style)
        middle_cut = Qt.TextElideMode.ElideMiddle
        if not cell.second:
            place = QRectF(left, rect.top(), rect.right() - left, rect.height())
            shapes.write(painter, look, place, cell.text, style, cell.tone, elide=middle_cut)
            return
        under = Style.IDENTIFIER if cell.code else Style.CAPTION
        line = look.type.line(under)
        top = middle - (first + line + 1) / 2
        shapes.write(
            painter, look, QRectF(left, top, rect.right() - left, first), cell.text, style, cell.tone, elide=middle_cut
        )
        below = QRectF(left, top + first + 1, rect.right() - left, line)
        shapes.write(painter, look, below, cell.second, under, "text2", elide=middle_cut)
