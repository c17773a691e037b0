"""One setting: its name, what it does, and what sets it."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.labels import Glyph, Text
from vaultapp.gui.widgets.layouts import column, row

_HEIGHT = 54
_LOW = 46
_TEXT = 120


class SettingRow(QWidget):
    """A line in a card.

    Args:
        look: Colours and fonts.
        title: What is set; names from outside must be printable.
        line: What it does.
        controls: At the right.
    """

    def __init__(self, look: Look, title: str, line: str = "", *controls: QWidget) -> None:
        super().__init__()
        self.title = Text(look, title, wrap=True)
        self.controls = controls
        self.line = Text(look, "", Style.CAPTION, "secondary", wrap=True)
        self.line.setVisible(False)
        self.line.setMinimumWidth(look.px(_TEXT))
        self._mark = Glyph(look, "info", 14)
        self._mark.hide()
        below = row(self._mark, (self.line, 1), gap=5)
        words = column(None, self.title, below, None, gap=2)
        self.setLayout(row((words, 1), *controls, margins=(16, 9, 14, 9)))
        self.setMinimumHeight(look.px(_HEIGHT if line else _LOW))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.say(line)

    @property
    def words(self) -> str:
        """Everything that can be read in it."""
        return f"{self.title.text()} {self.line.text()}"

    def say(self, line: str, tone: str = "secondary", icon: str = "") -> None:
        """Say what it does, or what came of it, with an icon where the colour tells something."""
        self._mark.setVisible(bool(icon))
        if icon:
            self._mark.show_icon(icon, "text2" if tone == "secondary" else tone)
        self.line.set_tone(tone)
        self.line.setText(line)
        self.line.setVisible(bool(line))
