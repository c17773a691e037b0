"""The tray's two pictures, told apart by their shape also at 16 pixels."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter
from PySide6.QtSvg import QSvgRenderer

from vaultapp.core import resources
from vaultapp.gui.icons import Icons, PaintedEngine

LOCKED = "vaultapp-locked-symbolic"
UNLOCKED = "vaultapp-unlocked-symbolic"
_FILES = {LOCKED: "app/tray-locked.svg", UNLOCKED: "app/tray-unlocked.svg"}
_SIDES = (16, 22, 24, 32, 48, 64)
# Whether the panel is light or dark is not known: the petrol tile of the program's own icon is seen on both.
_TILE = QColor("#0B6175")
_GLYPH = "#FFFFFF"
_RADIUS = 0.22
_GLYPH_SHARE = 0.82


class TrayImages:
    """Makes both icons.

    A panel that finds the symbolic icon by its name, because vaultapp was installed in the desktop's menus, paints that
    in its own colour. All others take the pixmaps.

    Args:
        icons: Holds what Qt was given without a reference, as long as the program runs.
    """

    def __init__(self, icons: Icons) -> None:
        self._icons = icons

    def icon(self, *, opened: bool) -> QIcon:
        """Return the icon of an open or a closed vault."""
        return QIcon(_Engine(self._icons, UNLOCKED if opened else LOCKED))


class _Engine(PaintedEngine):
    """Paints the glyph on the tile, and says by which name a panel may find it."""

    def __init__(self, icons: Icons, name: str) -> None:
        super().__init__()
        self._icons = icons
        self._name = name
        svg = resources.read(_FILES[name]).replace("currentColor", _GLYPH)
        self._svg = QByteArray(svg.encode())

    def iconName(self) -> str:
        """Return the name, if there is an icon of that name on this desktop."""
        return self._name if QIcon.hasThemeIcon(self._name) else ""

    def availableSizes(self, *_which: object) -> list[QSize]:
        """Return the sizes that panels have."""
        return [QSize(side, side) for side in _SIDES]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        """Paint the tile and the glyph on it."""
        side = min(rect.width(), rect.height())
        tile = QRectF(0, 0, side, side)
        tile.moveCenter(QRectF(rect).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_TILE)
        painter.drawRoundedRect(tile, side * _RADIUS, side * _RADIUS)
        margin = round(side * (1 - _GLYPH_SHARE) / 2)
        QSvgRenderer(self._svg).render(painter, tile.adjusted(margin, margin, -margin, -margin))
        painter.restore()

    def clone(self) -> QIconEngine:
        """Return another one for the same icon."""
        return self._icons.kept(_Engine(self._icons, self._name))
