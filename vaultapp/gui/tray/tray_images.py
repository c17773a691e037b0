"""The tray's two pictures, told apart by their shape also at 16 pixels, and those of its menu."""

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
# Their panels paint symbolic icons; LXQt's takes one by its name too, but shows it as it is, dark on its dark themes.
_PAINTERS = frozenset({"GNOME", "KDE", "XFCE"})
# Whether the panel is light or dark is not known: the petrol tile of the program's own icon is seen on both.
_TILE = QColor("#0B6175")
_GLYPH = "#FFFFFF"
_RADIUS = 0.22
_GLYPH_SHARE = 0.82
# Three to one and more against a white menu and against the dark ones of panels.
_IN_MENUS = QColor("#868686")


class TrayImages:
    """Makes both icons.

    A panel that finds the symbolic icon by its name, because vaultapp was installed in the desktop's menus, and is one
    of those that do it, paints that in its own colour. All others take the pixmaps.

    Args:
        icons: Holds what Qt was given without a reference, as long as the program runs.
        desktop: What the session calls its desktop, the most telling name first, with colons between.
    """

    def __init__(self, icons: Icons, desktop: str) -> None:
        self._icons = icons
        self._named = not _PAINTERS.isdisjoint(desktop.split(":"))

    def icon(self, *, opened: bool) -> QIcon:
        """Return the icon of an open or a closed vault."""
        return QIcon(_Engine(self._icons, UNLOCKED if opened else LOCKED, named=self._named))


def menu_icon(icons: Icons, name: str) -> QIcon:
    """Return an icon for the tray's menu, which panels show in their own colours, whatever ours are.

    Args:
        icons: Draw it.
        name: Which.
    """
    return QIcon(_MenuEngine(icons, name))


class _MenuEngine(PaintedEngine):
    """Paints an icon in the colour that is seen on light and on dark."""

    def __init__(self, icons: Icons, name: str) -> None:
        super().__init__()
        self._icons = icons
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        """Paint it at the left of the rectangle; what is left of its width is the gap to the text."""
        side = min(rect.width(), rect.height())
        self._icons.draw_in(painter, self._name, QRectF(rect.x(), rect.y(), side, side), _IN_MENUS)

    def clone(self) -> QIconEngine:
        """Return another one for the same icon."""
        return self._icons.kept(_MenuEngine(self._icons, self._name))


class _Engine(PaintedEngine):
    """Paints the glyph on the tile, and says by which name a panel may find it, if it is to."""

    def __init__(self, icons: Icons, name: str, *, named: bool) -> None:
        super().__init__()
        self._icons = icons
        self._name = name
        self._named = named
        svg = resources.read(_FILES[name]).replace("currentColor", _GLYPH)
        self._svg = QByteArray(svg.encode())

    def iconName(self) -> str:
        """Return the name, if there is an icon of that name on this desktop."""
        return self._name if self._named and QIcon.hasThemeIcon(self._name) else ""

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
        return self._icons.kept(_Engine(self._icons, self._name, named=self._named))
