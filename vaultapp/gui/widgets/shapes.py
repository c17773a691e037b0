"""Shapes that painted widgets share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style

_TURN = 16 * 360
_PLATE_ROUNDING = 0.26
_PLATE_EDGE = 0.28
_LETTER = 0.55

BADGE_COLOURS = {
    "ok": ("ok", "ok_soft"),
    "warn": ("warn", "warn_soft"),
    "bad": ("bad", "bad_soft"),
    "info": ("accent_text", "accent_soft"),
    "mute": ("text2", "hover"),
}

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignCenter


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width: float = 1,
    dashes: Sequence[float] = (),
) -> None:
    """Paint a rounded rectangle; its edge lies inside it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QBrush(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        pen = QPen(edge, width)
        if dashes:
            pen.setDashPattern(list(dashes))
        painter.setPen(pen)
        half = width / 2
        rect = rect.adjusted(half, half, -half, -half)
    painter.drawRoundedRect(rect, radius, radius)


def write(
    painter: QPainter,
    look: Look,
    rect: QRectF,
    text: str,
    style: Style = Style.BODY,
    tone: str = "text",
    align: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Paint one line of text, cut with an ellipsis where it is too long."""
    painter.setFont(look.font(style))
    painter.setPen(look.colour(tone))
    painter.drawText(rect, align, look.type.metrics(style).elidedText(text, elide, int(rect.width())))


def paragraph(painter: QPainter, look: Look, rect: QRectF, text: str, style: Style, tone: str) -> None:
    """Paint text on as many lines as it needs, at the left and in the middle of the height."""
    painter.setFont(look.font(style))
    painter.setPen(look.colour(tone))
    painter.drawText(rect, LEFT | Qt.TextFlag.TextWordWrap, text)


def paragraph_height(look: Look, text: str, style: Style, width: int) -> int:
    """Return how high a paragraph of this width is."""
    return look.type.metrics(style).boundingRect(0, 0, max(1, width), 0, Qt.TextFlag.TextWordWrap, text).height()


def hairline(painter: QPainter, colour: QColor, left: float, right: float, bottom: float) -> None:
    """Paint a horizontal line above ``bottom``.

    Snapped to the screen's own pixels: at 125 and 150 % an antialiased line is smeared over two.
    """
    ratio = painter.device().devicePixelRatioF()
    thick = max(1, int(ratio)) / ratio
    top = int(bottom * ratio) / ratio - thick
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(QRectF(left, top, right - left, thick), colour)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def plate(painter: QPainter, look: Look, rect: QRectF, name: str, hue: str) -> None:
    """Paint a key's plate: its first letter on its hue."""
    fill, letter = look.theme.plate(hue)
    edge = QColor(letter)
    edge.setAlphaF(_PLATE_EDGE)
    rounded(painter, rect, rect.width() * _PLATE_ROUNDING, fill, edge)
    painter.setFont(look.type.letters(rect.height() * _LETTER))
    painter.setPen(letter)
    painter.drawText(rect, CENTRE, name[:1].upper())


def badge(painter: QPainter, look: Look, rect: QRectF, text: str, kind: str, icon: str = "") -> None:
    """Paint a word on a soft ground at the left of a rectangle, in the middle of its height."""
    tone, ground = BADGE_COLOURS[kind]
    high = look.px(20)
    width = min(badge_width(look, text, icon), rect.width())
    place = QRectF(rect.left(), rect.center().y() - high / 2, width, high)
    rounded(painter, place, 5, look.colour(ground))
    if icon:
        mark = QRectF(place.left() + 6, place.center().y() - 6, 12, 12)
        look.icons.draw(painter, icon, mark, tone, 2.4)
        place.adjust(14, 0, 0, 0)
    write(painter, look, place.adjusted(7, 0, 0, 0), text, Style.SMALL, tone)


def badge_width(look: Look, text: str, icon: str = "") -> float:
    """Return how wide a badge is."""
    return look.type.metrics(Style.SMALL).horizontalAdvance(text) + 14 + (14 if icon else 0)


def spinner(painter: QPainter, look: Look, rect: QRectF, turn: float, tone: str = "accent") -> None:
    """Paint a running ring. Turn: 0 … 1."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = rect.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("line2"), 2))
    painter.drawEllipse(inner)
    pen = QPen(look.colour(tone), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawArc(inner, int(-turn * _TURN) + _TURN // 6, -int(_TURN * 0.28))


def ring(painter: QPainter, look: Look, rect: QRectF, share: float) -> None:
    """Paint how much is done as an arc: 0 … 1."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = rect.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("line2"), 2))
    painter.drawEllipse(inner)
    pen = QPen(look.colour("accent"), 2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawArc(inner, _TURN // 4, -round(share * _TURN))


def bar(painter: QPainter, look: Look, rect: QRectF, share: float, tone: str = "accent") -> None:
    """Paint a progress bar filled to a share of 0 … 1."""
    radius = rect.height() / 2
    rounded(painter, rect, radius, look.colour("line2"))
    if share > 0:
        filled = QRectF(rect.topLeft(), QPointF(rect.left() + max(rect.height(), rect.width() * share), rect.bottom()))
        rounded(painter, filled, radius, look.colour(tone))
