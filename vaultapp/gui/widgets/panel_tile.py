"""The icon at the head of a side panel."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from vaultapp.gui.look import Look
from vaultapp.gui.widgets.labels import Glyph
from vaultapp.gui.widgets.layouts import row

_SIDE = 36
_ICON = 18
_MARGIN = 8


class PanelTile(QFrame):
    """What is shown has no plate of its own.

    Args:
        look: Colours and fonts.
        icon: Name of an icon.
    """

    def __init__(self, look: Look, icon: str) -> None:
        super().__init__()
        self._glyph = Glyph(look, icon, _ICON)
        self.setProperty("card", "sunken")
        self.setFixedSize(_SIDE, _SIDE)
        self.setLayout(row(self._glyph, margins=(_MARGIN, _MARGIN, _MARGIN, _MARGIN)))

    def show_icon(self, icon: str) -> None:
        """Show another one."""
        self._glyph.show_icon(icon, "text2")
