"""Twenty-four recovery words, typed or pasted."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vaultapp.core.sentences import Sentence
from vaultapp.gui.look import Look
from vaultapp.gui.theme import set_state
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.field_note import FieldNote
from vaultapp.gui.widgets.layouts import column
from vaultapp.gui.widgets.private_edit import PrivateEdit

WORDS = 24


class WordsField(QWidget):
    """A field of several lines, and under it how many words it holds or what is wrong with them.

    Args:
        look: Colours and fonts.
    """

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.edit = PrivateEdit()
        self.edit.setAccessibleName(self.tr("Recovery words"))
        self.edit.setPlaceholderText(self.tr("24 words, in their order"))
        self.edit.setTabChangesFocus(True)
        self.edit.setAcceptDrops(False)
        self.edit.setFont(look.font(Style.MONO))
        self.edit.setFixedHeight(look.px(96))
        self.under = FieldNote(look)
        self.setLayout(column(self.edit, self.under, gap=6))
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._typed)
        self._typed()

    @property
    def ready(self) -> bool:
        """True with as many words as there must be."""
        return self._count() == WORDS

    def secret(self) -> bytearray:
        """Return the words as UTF-8, for a callee that overwrites them."""
        return bytearray(unicodedata.normalize("NFKD", self.edit.toPlainText()).encode())

    def refuse(self, sentence: Sentence) -> None:
        """Say what is wrong with the words, which stay."""
        set_state(self.edit, "state", "bad")
        self.under.set_tone("bad")
        self.under.setText(sentence.brief)
        self.edit.setFocus()

    def clear(self) -> None:
        """Forget the words."""
        self.edit.clear()

    def _count(self) -> int:
        return len(self.edit.toPlainText().split())

    def _typed(self) -> None:
        set_state(self.edit, "state", "")
        self.under.set_tone("secondary")
        self.under.setText(self.tr("{n} of 24 words").format(n=self._count()))
        self.changed.emit()
