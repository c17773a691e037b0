"""A decrypted text in a small window: shown, copied, and how long it stays."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.look import Look
from vaultapp.gui.tray.self_closing import SECONDS, SelfClosing
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.copy_note import CopyNote
from vaultapp.gui.widgets.countdown import Countdown
from vaultapp.gui.widgets.labels import Text
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.text_edit import TextEdit

_LEAST = 84
_MOST = 300
_ROUND_TEXT = 26
_RING = 28
# As many whatever the length.
_HIDDEN = "•" * 16


class QuickText(QWidget):
    """Copies the text at once, to where it is cleared again.

    Args:
        look: Colours and fonts.
        clipboard: For secrets.
        text: What was decrypted.
        closing: Closes the window around.
    """

    def __init__(self, look: Look, clipboard: SecretClipboard, text: str, closing: SelfClosing) -> None:
        super().__init__()
        self._text = text
        self._closing = closing
        self.edit = TextEdit(look, self.tr("Decrypted text"), secret=True)
        self.edit.setProperty("flat", "0")
        self.edit.setFont(look.font(Style.MONO))
        self.edit.setReadOnly(True)
        self.edit.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        lines = text.count("\n") + 1
        height = lines * self.edit.fontMetrics().lineSpacing() + _ROUND_TEXT
        self.edit.setFixedHeight(min(max(height, look.px(_LEAST)), look.px(_MOST)))
        self.note = CopyNote(look, clipboard)
        self.hide_button = Button(look, self.tr("Hide"), "link", "eye-off")
        self.ring = Countdown(look, _RING)
        self.sentence = Text(look, style=Style.CAPTION, tone="secondary", wrap=True)
        self.keep_button = Button(look, self.tr("Keep open"), "ghost")
        self.copy_button = Button(look, self.tr("Copy again"), "primary", "copy")
        room = QWidget()
        room.setMinimumHeight(look.px(_RING))
        # All of the room is the note's, while it has something to say.
        room.setLayout(row((self.note, 100), None, self.hide_button))
        foot = row(self.ring, (self.sentence, 1), self.keep_button, self.copy_button)
        self.setLayout(column(self.edit, room, foot, gap=6))
        self._reveal(shown=True)
        self.edit.copied.connect(self.note.copy_secret)
        self.hide_button.clicked.connect(lambda: self._reveal(shown=not self._revealed))
        self.copy_button.clicked.connect(self.copy)
        self.keep_button.clicked.connect(lambda: closing.keep(kept=not closing.kept))
        closing.changed.connect(self._count)
        closing.begin()
        self._count()
        self.copy()

    def copy(self) -> None:
        """Copy all of it."""
        self.note.copy_secret(self._text)

    def forget(self) -> None:
        """Show nothing of it any more."""
        self._text = ""
        self.edit.clear()

    def _reveal(self, *, shown: bool) -> None:
        self._revealed = shown
        self.edit.setPlainText(self._text if shown else _HIDDEN)
        self.hide_button.setText(self.tr("Hide") if shown else self.tr("Show"))
        self.hide_button.setAccessibleName(self.tr("Hide the text") if shown else self.tr("Show the text"))
        self.hide_button.set_icon("eye-off" if shown else "eye")

    def _count(self) -> None:
        closing = self._closing
        self.ring.setVisible(closing.runs)
        self.keep_button.setText(self.tr("Keep open") if not closing.kept else self.tr("Let it close"))
        self.keep_button.setAccessibleName(self.keep_button.text())
        if closing.kept:
            self.sentence.setText(self.tr("Stays open until you close it."))
            return
        if closing.runs:
            self.sentence.setText(self.tr("Closes in {n} s.").format(n=closing.left))
        else:
            self.sentence.setText(self.tr("Closes {n} s after you leave it.").format(n=SECONDS))
        self.ring.tell(closing.left, SECONDS, still=not closing.runs)
