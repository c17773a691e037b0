"""A text with a pencil."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vaultapp.core.printable import printable
from vaultapp.core.sentences import Sentence
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.edit_field import EditField
from vaultapp.gui.widgets.labels import Text, breakable
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.side_panel import TOP


class EditedText(QWidget):
    """A label and a text that can be changed in its place.

    Args:
        look: Colours and fonts.
        label: What the text is.
        change: What the pencil says: "Rename".
        empty: Shown while there is no text.
        lines: The text may have several lines.
    """

    entered = Signal(str)

    def __init__(self, look: Look, label: str, change: str, empty: str = "", *, lines: bool = False) -> None:
        super().__init__()
        self._empty = empty
        self.value = ""
        self.text = Text(look, wrap=True)
        self.text.setMinimumWidth(1)
        self.pencil = Button(look, kind="ghost", icon="pencil", size="sm", name=change)
        self.field = EditField(look, label, self.tr("Save"), lines=lines)
        self._shown = QWidget()
        words = column(Text(look, label, Style.CAPTION, "hint"), self.text, gap=1)
        self._shown.setLayout(row((words, 1), (self.pencil, TOP)))
        self.setLayout(column(self._shown, self.field, gap=0))
        self.pencil.clicked.connect(self.begin)
        self.field.entered.connect(self.entered)
        self.field.left.connect(self._left)

    def show_text(self, text: str) -> None:
        """Show a text, in place of what was being typed."""
        self.value = text
        shown = "\n".join(breakable(printable(line)) for line in text.split("\n"))
        self.text.setText(shown if text else self._empty)
        self.text.set_tone("" if text else "hint")
        self.field.finish()
        self._shown.show()

    def begin(self) -> None:
        """Let it be changed."""
        self._shown.hide()
        self.field.begin(self.value)

    def refuse(self, sentence: Sentence) -> None:
        """Say what is wrong with what was entered."""
        self.field.refuse(sentence)

    def _left(self) -> None:
        self._shown.show()
        self.pencil.setFocus()
