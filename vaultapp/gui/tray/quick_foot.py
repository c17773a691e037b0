"""The foot of the window for quick decrypting: where else something can come from."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Glyph, Text, rule
from vaultapp.gui.widgets.layouts import column, row


class QuickFoot(QWidget):
    """A file that is dropped, the same by a button, and the clipboard once more.

    Args:
        look: Colours and fonts.
    """

    choose_clicked = Signal()
    read_clicked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._glyph = Glyph(look, "file-lock", 16, "text3")
        self.hint = Text(look, style=Style.CAPTION, tone="hint", wrap=True)
        self.choose_button = Button(look, self.tr("Choose a file…"), "link")
        self.read_button = Button(look, self.tr("Read the clipboard again"), "link", "clipboard-paste")
        first = row(self._glyph, (self.hint, 1), self.choose_button, gap=6, margins=(2, 0, 0, 0))
        second = row(self.read_button, None, Text(look, self.tr("Esc closes"), Style.CAPTION, "hint"), gap=6)
        self.setLayout(column(12, rule(), 8, first, 4, second, gap=0))
        self.choose_button.clicked.connect(self.choose_clicked)
        self.read_button.clicked.connect(self.read_clicked)
        self.show_hover(hovers=False)

    def show_hover(self, *, hovers: bool) -> None:
        """Say what becomes of files that hover over the window."""
        self.hint.setText(self.tr("Drop it to decrypt it") if hovers else self.tr("Or drop a sealed file here"))
        self.hint.set_tone("accent" if hovers else "hint")
        self._glyph.show_icon("file-lock", "accent_text" if hovers else "text3")
