"""A few words, each with a cross, and a way to add one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.core.sentences import Sentence
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.edit_field import EditField
from vaultapp.gui.widgets.labels import Elided, Text
from vaultapp.gui.widgets.layouts import empty, row


class WordList(QWidget):
    """Aliases or tags.

    Args:
        look: Colours and fonts.
        name: Of the field that adds one.
        hint: Its placeholder.
        empty: Shown while there is none.
        add_button: Opens the field; stands in the section's head.
    """

    added = Signal(str)
    removed = Signal(object)  # the value of the word

    def __init__(self, look: Look, name: str, hint: str, empty: str, add_button: Button) -> None:
        super().__init__()
        self._look = look
        self._add_button = add_button
        self._shown: tuple[tuple[Any, str], ...] | None = None
        self.crosses: dict[Any, Button] = {}
        self.field = EditField(look, name, self.tr("Add"), hint)
        self._none = Text(look, empty, Style.CAPTION, "hint", wrap=True)
        self._words = QVBoxLayout()
        self._words.setContentsMargins(0, 0, 0, 0)
        self._words.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._none)
        layout.addLayout(self._words)
        layout.addWidget(self.field)
        add_button.clicked.connect(self.begin)
        self.field.entered.connect(self.added)
        self.field.left.connect(add_button.setFocus)

    def show_words(self, words: Sequence[tuple[Any, str]]) -> None:
        """Show these: values, each with its text, which must be printable."""
        words = tuple(words)
        if words == self._shown:
            return
        self._shown = words
        held = any(cross.hasFocus() for cross in self.crosses.values())
        empty(self._words)
        self.crosses = {}
        for value, text in words:
            self._words.addWidget(self._word(value, text))
        self._none.setVisible(not words)
        if held:
            self._add_button.setFocus()

    def begin(self) -> None:
        """Show the field that adds a word."""
        self.field.begin()

    def refuse(self, sentence: Sentence) -> None:
        """Say what is wrong with what was entered."""
        self.field.refuse(sentence)

    def _word(self, value: Any, text: str) -> QWidget:
        cross = Button(self._look, kind="ghost", icon="x", size="sm", name=self.tr("Remove {word}").format(word=text))
        cross.clicked.connect(lambda: self.removed.emit(value))
        self.crosses[value] = cross
        word = QWidget()
        word.setLayout(row((Elided(self._look, text, Style.MONO), 1), cross))
        return word
