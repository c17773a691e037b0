"""The line under a field: what it wants, or what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.labels import Glyph, Text
from vaultapp.gui.widgets.layouts import row

_ICONS = {"bad": "circle-x", "warn": "triangle-alert"}
_MARKS = {"secondary": "text2", "hint": "text3"}
_SIDE = 15


class FieldNote(QWidget):
    """A sentence; what is wrong has an icon before it, because a colour alone tells nothing.

    Args:
        look: Colours and fonts.
        text: The sentence.
        tone: ``secondary``, ``hint``, ``warn`` or ``bad``.
    """

    def __init__(self, look: Look, text: str = "", tone: str = "secondary") -> None:
        super().__init__()
        self.mark = Glyph(look, _ICONS["bad"], _SIDE, "bad")
        self._text = Text(look, text, Style.CAPTION, wrap=True)
        self.mark.setFixedHeight(self._text.fontMetrics().height())
        self.setLayout(row((self.mark, Qt.AlignmentFlag.AlignTop), (self._text, 1), gap=6))
        self.set_tone(tone)

    def text(self) -> str:
        """Return the sentence."""
        return self._text.text()

    def setText(self, text: str) -> None:
        """Say something else."""
        self._text.setText(text)

    def set_tone(self, tone: str, icon: str = "") -> None:
        """Say it in another way. Icon: another one than the tone's own."""
        shown = icon or _ICONS.get(tone, "")
        self.mark.setVisible(bool(shown))
        if shown:
            self.mark.show_icon(shown, _MARKS.get(tone, tone))
        self._text.set_tone(tone)
