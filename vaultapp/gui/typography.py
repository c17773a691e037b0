"""Type sizes, as steps from the system's own."""

from __future__ import annotations

from enum import Enum

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetrics, QGuiApplication

_USUAL_POINTS = 10.0
_TABULAR = QFont.Tag("tnum")
_LIGATURES = (QFont.Tag("calt"), QFont.Tag("liga"))
# Fonts for Chinese have these two weights only.
_HAN_WEIGHTS = {500: 400, 600: 700}
_HAN_LEADING = 2


class Style(Enum):
    """A use of text: points above the system's size, weight, fixed width."""

    DISPLAY = (8.0, 600, False)
    TITLE = (4.0, 600, False)
    HEADING = (1.5, 600, False)
    FIELD = (1.5, 400, False)
    BODY = (0.0, 400, False)
    MEDIUM = (0.0, 500, False)
    STRONG = (0.0, 600, False)
    CAPTION = (-0.75, 400, False)
    HEAD = (-0.75, 500, False)
    CAPTION_STRONG = (-0.75, 600, False)
    SMALL = (-1.5, 600, False)
    MONO = (-0.75, 400, True)
    IDENTIFIER = (-1.5, 400, True)


class Typography:
    """Fonts of the system's families, cached.

    Args:
        base: The system's font; the application's when None.
    """

    def __init__(self, base: QFont | None = None) -> None:
        self._base = QFont(base or QGuiApplication.font())
        points = self._base.pointSizeF()
        self.points = points if points > 0 else QFontInfo(self._base).pointSizeF()
        self._fonts: dict[Style, QFont] = {}
        self._metrics: dict[Style, QFontMetrics] = {}
        self._han = False

    @property
    def leading(self) -> int:
        """Pixels that a line is higher than its font says: Chinese letters fill theirs."""
        return _HAN_LEADING if self._han else 0

    def weight(self, weight: int) -> int:
        """Return the weight to use for one of the design's."""
        return _HAN_WEIGHTS.get(weight, weight) if self._han else weight

    def set_han(self, *, han: bool) -> None:
        """Set text in Chinese from now on, or no more. What was made before keeps its fonts."""
        if han != self._han:
            self._han = han
            self._fonts.clear()
            self._metrics.clear()

    def font(self, style: Style) -> QFont:
        """Return the font of a style. Do not change it."""
        found = self._fonts.get(style)
        if found is None:
            found = self._fonts[style] = self._made(style)
        return found

    def metrics(self, style: Style) -> QFontMetrics:
        """Return its measures on an ordinary screen."""
        found = self._metrics.get(style)
        if found is None:
            found = self._metrics[style] = QFontMetrics(self.font(style))
        return found

    def line(self, style: Style) -> int:
        """Return how high a line is, in pixels."""
        return self.metrics(style).height() + self.leading

    def letters(self, pixels: float) -> QFont:
        """Return a bold font of a given height, for the letter on a plate."""
        font = QFont(self._base)
        font.setPixelSize(max(6, round(pixels)))
        font.setWeight(QFont.Weight.Bold)
        return font

    def px(self, pixels: int) -> int:
        """Return a height that holds text: as drawn at the usual text size, more where the system's text is larger."""
        return round(pixels * max(1.0, self.points / _USUAL_POINTS))

    def _made(self, style: Style) -> QFont:
        step, weight, mono = style.value
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont) if mono else QFont(self._base)
        font.setPointSizeF(self.points + step)
        font.setWeight(QFont.Weight(self.weight(weight)))
        font.setFeature(_TABULAR, 1)
        if mono:
            # With ligatures "://" and "->" change shape, and identifiers mislead.
            for tag in _LIGATURES:
                font.setFeature(tag, 0)
        return font
