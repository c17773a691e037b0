"""The passphrase of a copy of the vault."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vaultapp.core.errors import TooManyAttempts, WrongPassphrase
from vaultapp.gui import messages
from vaultapp.gui.caps_lock import CapsLock
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.labels import Glyph, Text
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.passphrase_field import PassphraseField


class CopyPassphrase(QWidget):
    """Field, and under it what was wrong.

    Args:
        look: Colours and fonts.
    """

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.field = PassphraseField(look, self.tr("Passphrase of the copy"), caps_lock=CapsLock())
        self.under = Text(look, " ", Style.CAPTION, "secondary", wrap=True)
        self._mark = Glyph(look, "circle-x", 15, "bad")
        self._mark.setFixedHeight(look.px(18))
        self._wrong = ""
        title = Text(look, self.tr("Passphrase of the copy"), Style.STRONG)
        under = row(self._mark, (self.under, 1), gap=6)
        self.setLayout(column(title, 6, self.field, 6, under, gap=0))
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._typed)
        self.field.caps_lock_changed.connect(self._say)
        self._say()

    @property
    def ready(self) -> bool:
        """True when something is typed."""
        return bool(self.field.text())

    def refuse(self, error: BaseException) -> bool:
        """Say that the passphrase was not taken; False when the error is of another kind."""
        if isinstance(error, WrongPassphrase):
            self._wrong = self.tr("This passphrase does not open the copy. Nothing was changed.")
        elif isinstance(error, TooManyAttempts):
            told = messages.message_of(error)
            self._wrong = told.brief
        else:
            return False
        self.field.set_wrong(True)
        self.field.selectAll()
        self.field.setFocus()
        self._say()
        return True

    def _typed(self) -> None:
        self._wrong = ""
        self.field.set_wrong(False)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        hint = self.tr("The one that the vault had when the copy was made.")
        if self._wrong:
            self._tell("circle-x", "bad", self._wrong)
        elif self.field.caps_lock_on:
            self._tell("arrow-big-up-dash", "warn", self.tr("Caps Lock is on"))
        else:
            self._tell("", "secondary", hint)

    def _tell(self, icon: str, tone: str, text: str) -> None:
        self._mark.setVisible(bool(icon))
        if icon:
            self._mark.show_icon(icon, tone)
        self.under.setText(text)
        self.under.set_tone(tone)
