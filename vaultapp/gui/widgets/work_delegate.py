"""Paints a row of file work."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from vaultapp.gui.look import Look
from vaultapp.gui.models.work_list import Index, RowRole
from vaultapp.gui.models.work_row import RowState, Verb, WorkRow
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.file_icons import icon_of
from vaultapp.gui.widgets.work_actions import Act, Action, actions_of
from vaultapp.gui.work_sentences import amount_of, sentence_of, tone_of

ROW = 57
_TEXT_AT = 62
_RIGHT = 14
_BAR = 250
_NARROW_BAR = 150
_NARROW = 560
_TURN_S = 0.9
_PATH_LENGTHS = (80, 60, 44, 32, 24, 16, 10)
_GLYPHS = {
    RowState.ASKS: ("circle-alert", "warn"),
    RowState.WAITING: ("clock", "text3"),
    RowState.DONE: ("circle-check", "ok"),
    RowState.FAILED: ("circle-x", "bad"),
    RowState.CANCELLED: ("ban", "text3"),
    RowState.SKIPPED: ("ban", "text3"),
}


@dataclass(slots=True)
class Pointed:
    """Where the pointer and the keyboard are in the list.

    Attributes:
        row: Row number under the pointer; -1 for none.
        act: The button under the pointer.
        key_row: Row with the keyboard's mark; -1 for none.
        key_act: Place of the marked button in that row; -1 for the row itself.
    """

    row: int = -1
    act: Act | None = None
    key_row: int = -1
    key_act: int = -1


class WorkDelegate(QStyledItemDelegate):
    """Tile, name, sentence, and at the right a bar or what can be done.

    Args:
        look: Colours and fonts.
        waiting_for: Tells the name of what is worked on now.
    """

    def __init__(self, look: Look, waiting_for: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._waiting_for = waiting_for
        self.pointed = Pointed()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height; the width is the list's."""
        return QSize(200, self._look.px(ROW))

    def action_at(self, row: WorkRow, rect: QRect, point: QPoint) -> Action | None:
        """Return what is under a point of a row."""
        return next((action for action, place in self.places(row, QRectF(rect)) if place.contains(point)), None)

    def places(self, row: WorkRow, rect: QRectF) -> list[tuple[Action, QRectF]]:
        """Return where a row's actions are, from left to right."""
        found: list[tuple[Action, QRectF]] = []
        right = rect.right() - _RIGHT
        for action in reversed(actions_of(row)):
            width = self._width(action)
            high = self._look.px(26 if not action.icon else 30)
            found.append((action, QRectF(right - width, rect.center().y() - high / 2, width, high)))
            right -= width + 8
        found.reverse()
        return found

    def glyph_place(self, rect: QRectF) -> QRectF:
        """Return where a row's state is painted."""
        top = rect.top() + (rect.height() - 33) / 2
        return QRectF(rect.left() + 39, top + 21, 16, 16)

    def fitted(self, row: WorkRow, room: float, waiting_for: str = "") -> str:
        """Return a row's sentence for so many pixels: of a path in it as much goes as must, of its words nothing."""
        metrics = self._look.type.metrics(Style.CAPTION)
        sentence = sentence_of(row, waiting_for)
        for most in _PATH_LENGTHS:
            if row.state is not RowState.FAILED or metrics.horizontalAdvance(sentence) <= room:
                break
            sentence = sentence_of(row, waiting_for, most)
        return sentence

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row: WorkRow = index.data(RowRole)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, index)
        self._tile(painter, rect, row)
        places = self.places(row, rect)
        right = places[0][1].left() if places else rect.right() - _RIGHT
        if row.state is RowState.RUNNING:
            right = self._progress(painter, rect, row, right - 8)
        self._words(painter, rect, row, right - 12)
        for at, (action, place) in enumerate(places):
            self._action(painter, action, place, index.row(), at)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        look = self._look
        if index.row() == self.pointed.key_row:
            bar = rect.adjusted(4, 3, -4, -3)
            shapes.rounded(painter, bar, 6, look.colour("select"))
            if self.pointed.key_act < 0:
                shapes.rounded(painter, bar, 6, None, look.colour("focus"), 2)
        if index.row() < index.model().rowCount() - 1:
            shapes.hairline(painter, look.colour("line"), rect.left() + 16, rect.right() - 16, rect.bottom())

    def _tile(self, painter: QPainter, rect: QRectF, row: WorkRow) -> None:
        look = self._look
        tile = QRectF(rect.left() + 16, rect.top() + (rect.height() - 33) / 2, 32, 32)
        shapes.rounded(painter, tile, 7, look.colour("sunken"), look.colour("line"))
        look.icons.draw(painter, _icon(row), tile.adjusted(8, 8, -8, -8))
        glyph = self.glyph_place(rect)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(glyph.adjusted(-1, -1, 1, 1))
        if row.state is not RowState.RUNNING:
            name, tone = _GLYPHS[row.state]
            look.icons.draw(painter, name, glyph, tone, 2.2)
        elif look.still:
            look.icons.draw(painter, "hourglass", glyph, "accent_text", 2.2)
        else:
            shapes.spinner(painter, look, glyph.adjusted(1, 1, -1, -1), time.monotonic() % _TURN_S / _TURN_S)

    def _words(self, painter: QPainter, rect: QRectF, row: WorkRow, right: float) -> None:
        look = self._look
        name = look.type.line(Style.STRONG)
        line = look.type.line(Style.CAPTION)
        top = rect.center().y() - (name + line + 2) / 2
        left = rect.left() + _TEXT_AT
        place = QRectF(left, top, right - left, name)
        shapes.write(painter, look, place, row.name, Style.STRONG, elide=Qt.TextElideMode.ElideMiddle)
        waiting_for = self._waiting_for() if row.state is RowState.WAITING else ""
        sentence = self.fitted(row, right - left, waiting_for)
        place = QRectF(left, top + name + 2, right - left, line)
        shapes.write(painter, look, place, sentence, Style.CAPTION, tone_of(row))

    def _progress(self, painter: QPainter, rect: QRectF, row: WorkRow, right: float) -> float:
        look = self._look
        width = _BAR if rect.width() >= _NARROW else _NARROW_BAR
        line = look.type.line(Style.CAPTION)
        top = rect.center().y() - (line + 9) / 2
        place = QRectF(right - width, top, width, 5)
        share = min(1.0, row.done / row.total) if row.total else 0
        shapes.bar(painter, look, place, share)
        amount, pace = amount_of(row)
        below = QRectF(right - width, top + 9, width, line)
        if width == _BAR:
            shapes.write(painter, look, below, amount, Style.CAPTION, "text2")
            shapes.write(painter, look, below, pace, Style.CAPTION, "text2", shapes.RIGHT)
        else:
            shapes.write(painter, look, below, amount, Style.CAPTION, "text2", shapes.RIGHT)
        return right - width

    def _action(self, painter: QPainter, action: Action, place: QRectF, row: int, at: int) -> None:
        look = self._look
        under = self.pointed.row == row and self.pointed.act is action.act
        if action.icon:
            if under:
                shapes.rounded(painter, place, 6, look.colour("hover"))
            mark = QRectF(0, 0, 16, 16)
            mark.moveCenter(place.center())
            look.icons.draw(painter, action.icon, mark)
        elif action.link:
            painter.setPen(look.colour("accent_text"))
            painter.setFont(look.font(Style.MEDIUM))
            painter.drawText(place, shapes.CENTRE, action.text)
            if under:
                under_line = place.center().y() + look.type.metrics(Style.MEDIUM).ascent() / 2 + 3
                shapes.hairline(painter, look.colour("accent_text"), place.left() + 2, place.right() - 2, under_line)
        else:
            shapes.rounded(painter, place, 6, look.colour("hover") if under else None, look.colour("control"))
            painter.setPen(look.colour("text"))
            painter.setFont(look.font(Style.MEDIUM))
            painter.drawText(place, shapes.CENTRE, action.text)
        if self.pointed.key_row == row and self.pointed.key_act == at:
            shapes.rounded(painter, place.adjusted(-3, -3, 3, 3), 8, None, look.colour("focus"), 2)

    def _width(self, action: Action) -> float:
        if action.icon:
            return self._look.px(30)
        text = self._look.type.metrics(Style.MEDIUM).horizontalAdvance(action.text)
        return text + (4 if action.link else 22)


def _icon(row: WorkRow) -> str:
    """Return what stands for a row: what is encrypted, or what came out of it."""
    if row.verb is Verb.OPEN and row.output:
        return icon_of(row.output, folder=row.news is not None and row.news.members > 0)
    return icon_of(row.source, folder=row.folder)
