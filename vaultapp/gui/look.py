"""What painted widgets need to know: colours, fonts, icons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from vaultapp.gui.icons import Icons
from vaultapp.gui.theme import Desktop, QtDesktop, Theme
from vaultapp.gui.typography import Style, Typography


@dataclass(slots=True)
class Motion:
    """Whether things move. Whoever is about to move something asks then, so a change counts at once.

    Attributes:
        still: Nothing moves: the person asked for reduced motion.
    """

    still: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """Handed to every widget that paints or makes labels.

    Attributes:
        theme: Colours.
        type: Fonts.
        icons: Icons in the theme's colours.
        motion: Whether things move.
    """

    theme: Theme
    type: Typography
    icons: Icons
    motion: Motion

    @property
    def still(self) -> bool:
        """True when nothing moves."""
        return self.motion.still

    @classmethod
    def of(cls, app: QApplication, desktop: Desktop | None = None, *, still: bool = False) -> Look:
        """Dress an application: Fusion, our palette and sheet, following the desktop."""
        app.setStyle("Fusion")
        type_scale = Typography()
        ground = app.palette().color(QPalette.ColorRole.Window)
        theme = Theme(app, type_scale, desktop or QtDesktop(app.styleHints(), ground))
        return cls(theme, type_scale, Icons(theme), Motion(still))

    def colour(self, name: str) -> QColor:
        """Return the colour of a role. Do not change it."""
        return self.theme.colour(name)

    def font(self, style: Style) -> QFont:
        """Return the font of a style. Do not change it."""
        return self.type.font(style)

    def px(self, pixels: int) -> int:
        """Return a height that holds text."""
        return self.type.px(pixels)
