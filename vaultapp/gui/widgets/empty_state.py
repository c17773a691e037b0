"""What stands where a list would, when there is nothing to list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Glyph, Text
from vaultapp.gui.widgets.layouts import column, row

_WIDTH = 380


class EmptyState(QWidget):
    """An icon, a sentence, and one thing to do.

    Args:
        look: Colours and fonts.
        icon: Name of an icon.
        action: What the button says; it may also come with ``say``.
    """

    def __init__(self, look: Look, icon: str, action: str = "") -> None:
        super().__init__()
        self.head = Text(look, style=Style.HEADING, wrap=True)
        self.line = Text(look, tone="secondary", wrap=True)
        self.button = Button(look, action or " ")
        for text in (self.head, self.line):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        middle = Qt.AlignmentFlag.AlignHCenter
        words = QWidget()
        words.setMaximumWidth(look.px(_WIDTH))
        self.glyph = Glyph(look, icon, 36, "text3", 1.4)
        words.setLayout(column((self.glyph, middle), 8, self.head, self.line, 8, (self.button, middle), gap=4))
        self.setLayout(column(None, row(24, None, (words, 10), None, 24, gap=0), None, None, gap=0))

    def say(self, head: str, line: str, action: str = "") -> None:
        """Say why there is nothing, and what can be done, if it is something else than before."""
        if action:
            self.button.setText(action)
            self.button.setAccessibleName(action)
        self.head.setText(head)
        self.line.setText(line)
        self.line.setVisible(bool(line))
