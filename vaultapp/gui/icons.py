"""Stroke icons, coloured when they are painted."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from vaultapp.core import resources
from vaultapp.gui.theme import Theme

STROKE = 1.75
_DISABLED_OPACITY = 0.6


@cache
def _source(name: str) -> str:
    return resources.read(f"icons/{name}.svg")


@cache
def _app_icon(small: bool) -> QByteArray:
    return QByteArray(resources.read("app/app-icon-small.svg" if small else "app/app-icon.svg").encode())


class Icons:
    """Draws icons in the theme's colours.

    Drawing an SVG costs 60 µs, a kept pixmap 6: they are kept by name, size, colour and stroke until the
    theme changes.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}
        self._clones: list[QIconEngine] = []
        theme.changed.connect(self._pixmaps.clear)

    def draw(self, painter: QPainter, name: str, rect: QRectF, tone: str = "text2", stroke: float = STROKE) -> None:
        """Paint an icon into a square. Tone: a colour of the theme."""
        self.draw_in(painter, name, rect, self._theme.colour(tone), stroke)

    def draw_in(
        self, painter: QPainter, name: str, rect: QRectF, colour: QColor, stroke: float = STROKE, opacity: float = 1
    ) -> None:
        """Paint an icon into a square, in any colour."""
        ratio = painter.device().devicePixelRatioF()
        side = round(rect.width() * ratio)
        key = (name, side, colour.rgba(), stroke)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = self._pixmaps[key] = self._drawn(name, side, colour, stroke)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(painter.opacity() * opacity)
        painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))
        painter.restore()

    def icon(self, name: str, tone: str = "text2", stroke: float = STROKE) -> QIcon:
        """Return an icon for a button, menu or field that follows the theme by itself."""
        return QIcon(_Engine(self, self._theme, name, tone, stroke))

    def kept(self, engine: QIconEngine) -> QIconEngine:
        """Hold a reference to an engine that Qt was given without one."""
        self._clones.append(engine)
        return engine

    @staticmethod
    def draw_app(painter: QPainter, rect: QRectF) -> None:
        """Paint the program's own icon."""
        QSvgRenderer(_app_icon(rect.width() <= 24)).render(painter, rect)

    @staticmethod
    def _drawn(name: str, side: int, colour: QColor, stroke: float) -> QPixmap:
        svg = _source(name).replace("currentColor", colour.name())
        svg = svg.replace('stroke-width="2"', f'stroke-width="{stroke}"')
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        return pixmap


class PaintedEngine(QIconEngine):
    """An icon whose pixmaps are what it paints."""

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon alone."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap


class _Engine(PaintedEngine):
    """Asks the theme at each painting, so a theme change needs no new icons and any scale is sharp."""

    def __init__(self, icons: Icons, theme: Theme, name: str, tone: str, stroke: float) -> None:
        super().__init__()
        self._icons = icons
        self._theme = theme
        self._name = name
        self._tone = tone
        self._stroke = stroke

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        """Paint the icon at the left of the rectangle; what is left of its width is the gap to the text."""
        disabled = mode == QIcon.Mode.Disabled
        colour = self._theme.colour("text3" if disabled else self._tone)
        side = min(rect.width(), rect.height())
        square = QRectF(QPointF(rect.topLeft()), QSize(side, side))
        self._icons.draw_in(painter, self._name, square, colour, self._stroke, _DISABLED_OPACITY if disabled else 1)

    def clone(self) -> QIconEngine:
        """Return another one for the same icon. Nobody but us would keep it alive."""
        return self._icons.kept(_Engine(self._icons, self._theme, self._name, self._tone, self._stroke))


def app_icon() -> QIcon:
    """Return the program's icon for windows and task bars."""
    icon = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        Icons.draw_app(painter, QRectF(0, 0, side, side))
        painter.end()
        icon.addPixmap(pixmap)
    return icon
