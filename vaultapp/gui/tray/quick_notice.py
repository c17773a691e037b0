"""What a small window says when there is no text to be shown, and what can be done then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.core.sentences import Sentence
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Glyph, Text, breakable
from vaultapp.gui.widgets.layouts import column, row

_ICONS = {"bad": "circle-x", "info": "info", "ok": "circle-check", "wait": "hourglass"}
_TONES = {"bad": "bad", "info": "accent_text", "ok": "ok", "wait": "text2"}


class QuickNotice(QWidget):
    """An icon, a sentence, another one, and buttons below them; the last button is the main one.

    Args:
        look: Colours and fonts.
        kind: ``bad``, ``info``, ``ok`` or ``wait``.
        sentence: What is said.
    """

    def __init__(self, look: Look, kind: str, sentence: Sentence) -> None:
        super().__init__()
        self._look = look
        self.head = Text(look, breakable(sentence.what), Style.MEDIUM, wrap=True)
        self.rest = Text(look, breakable(sentence.rest), tone="secondary", wrap=True)
        self.buttons: list[Button] = []
        self._row = row(None)
        self._middle = QVBoxLayout()
        words = column(self.head, self.rest, gap=2)
        mark = column(Glyph(look, _ICONS[kind], 18, _TONES[kind]), None)
        self.setLayout(column(row(mark, (words, 1), gap=10), self._middle, self._row, gap=12, margins=(0, 2, 0, 0)))
        # Not before it is laid out: a label without a parent would be shown as a window.
        self.rest.setVisible(bool(sentence.rest))
        self.setAccessibleName(str(sentence))

    def add(self, part: QWidget) -> None:
        """Add a part between sentences and buttons."""
        self._middle.addWidget(part)
        part.show()

    def add_button(self, text: str, call: Callable[[], object], kind: str = "", icon: str = "") -> Button:
        """Add a button."""
        button = Button(self._look, text, kind, icon)
        button.clicked.connect(lambda *_: call())
        self._row.addWidget(button)
        self.buttons.append(button)
        return button
