"""What painted widgets need to know: colours, fonts, icons."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from vaultapp.gui.icons import Icons
from vaultapp.gui.theme import Desktop, QtDesktop, Theme
from vaultapp.gui.typography import Style, Typography

STYLE_ARGUMENTS = ("-style", "fusion")
"""For QApplication, whatever style the desktop has. What its ``setStyle`` returns has enumerations that cost 6 ms."""


class Motion:
    """Whether things move. Whoever is about to move something asks then, so a change counts at once.

    Args:
        still: Nothing moves: the person asked for reduced motion.
    """

    def __init__(self, *, still: bool = False) -> None:
        self.still = still


class Look(NamedTuple):
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
        """Dress an application that was given STYLE_ARGUMENTS: our palette and sheet, following the desktop."""
        type_scale = Typography()
        ground = app.palette().color(QPalette.ColorRole.Window)
        theme = Theme(app, type_scale, desktop or QtDesktop(app.styleHints(), ground))
        return cls(theme, type_scale, Icons(theme), Motion(still=still))

    def colour(self, name: str) -> QColor:
        """Return the colour of a role. Do not change it."""
        return self.theme.colour(name)

    def font(self, style: Style) -> QFont:
        """Return the font of a style. Do not change it."""
        return self.type.font(style)

    def px(self, pixels: int) -> int:
        """Return a height that holds text."""
        return self.type.px(pixels)
