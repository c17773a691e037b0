"""Paints the cells of a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from vaultapp.gui.look import Look
from vaultapp.gui.models.cell_model import CellModel, Index
from vaultapp.gui.models.cells import Cell
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

PAD = 10
INSET = 4
BAND = 32  # height of a title over a row
_MARK = 24
_ICON = 16
_SMOOTH = QPainter.RenderHint.Antialiasing
_CUT = Qt.TextElideMode.ElideMiddle


class CellDelegate(QStyledItemDelegate):
    """Paints what a cell says; the ground of its row is there already.

    Args:
        look: Colours and fonts.
        rows: Asked itself and not by its indexes: to carry a cell through Qt takes as long as to paint it.
    """

    def __init__(self, look: Look, rows: CellModel[Any], parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._rows = rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        painter.save()
        painter.setRenderHint(_SMOOTH)
        rect = QRectF(option.rect)
        if self._rows.band(index.row()):
            rect.setTop(rect.top() + self._look.px(BAND))
        cell = self._rows.cell(index)
        inner = rect.adjusted(PAD if index.column() else PAD + INSET, 0, -PAD, -1)
        if cell.badge:
            shapes.badge(painter, self._look, inner, cell.text, cell.badge, cell.icon)
        else:
            self._words(painter, inner, cell)
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
        if not cell.second:
            place = QRectF(left, rect.top(), rect.right() - left, rect.height())
            shapes.write(painter, look, place, cell.text, style, cell.tone, elide=_CUT)
            return
        under = Style.IDENTIFIER if cell.code else Style.CAPTION
        line = look.type.line(under)
        top = middle - (first + line + 1) / 2
        shapes.write(
            painter, look, QRectF(left, top, rect.right() - left, first), cell.text, style, cell.tone, elide=_CUT
        )
        below = QRectF(left, top + first + 1, rect.right() - left, line)
        shapes.write(painter, look, below, cell.second, under, "text2", elide=_CUT)
