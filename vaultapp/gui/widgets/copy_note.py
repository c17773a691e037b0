"""Says that something was copied, and for how long it stays on the clipboard."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from vaultapp.gui import quantities
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.look import Look
from vaultapp.gui.plain_copy import PlainCopy
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.countdown import Countdown
from vaultapp.gui.widgets.labels import Glyph, Text
from vaultapp.gui.widgets.layouts import row


class CopyNote(QWidget):
    """Copies, and says so once the clipboard can be read back. Takes no room while there is nothing to say.

    Args:
        look: Colours and fonts.
        secrets: For what is to be cleared again.
    """

    changed = Signal()  # it has something else, or nothing more, to say

    def __init__(self, look: Look, secrets: SecretClipboard) -> None:
        super().__init__()
        self._secrets = secrets
        self._copy = 0
        self._plain = PlainCopy(QGuiApplication.clipboard(), self, shared=secrets.shared)
        self.ring = Countdown(look)
        self.mark = Glyph(look, "check", 16, "ok")
        self.sentence = Text(look, style=Style.CAPTION, tone="secondary", wrap=True)
        self.sentence.setMinimumWidth(look.px(60))
        self.setLayout(row(self.ring, self.mark, (self.sentence, 1)))
        secrets.left.connect(self._left)
        secrets.refused.connect(self._refused)
        self.hide()

    @property
    def says(self) -> str:
        """The sentence that is shown; empty for none."""
        return self.sentence.text()

    def copy_plainly(self, text: str) -> None:
        """Copy what may stay on the clipboard."""
        self.calm()
        self._plain.put(text, self._say_copied, self._say_refused)

    def copy_secret(self, secret: str) -> None:
        """Copy what is to be cleared after a while."""
        self.calm()
        # The answer may come at once.
        self._copy = self._secrets.copies + 1
        self._secrets.copy(secret)

    def calm(self) -> None:
        """Say nothing."""
        self._plain.forget()
        self._copy = 0
        self._show("")

    def _left(self, seconds: int) -> None:
        if not self._copy:
            return
        if self._copy != self._secrets.copies or seconds <= 0:
            self.calm()
            return
        self.ring.tell(seconds, self._secrets.seconds)
        first = not self.says
        sentence = self.tr("Copied. The clipboard clears in {left}.")
        if self._secrets.limited:
            sentence = self.tr("On the clipboard for {left}. This desktop forbids looking whether it is cleared.")
        self._show(sentence.format(left=quantities.duration(seconds)))
        if first:
            self._announce()

    def _refused(self) -> None:
        if self._copy and self._copy == self._secrets.copies:
            self._copy = 0
            self._say_refused()

    def _say_copied(self) -> None:
        self._say("check", "ok", self.tr("Copied."))

    def _say_refused(self) -> None:
        self._say("circle-x", "bad", self.tr("The clipboard did not take it."))

    def _say(self, icon: str, tone: str, sentence: str) -> None:
        self.mark.show_icon(icon, tone)
        self._show(sentence)
        self._announce()

    def _show(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.ring.setVisible(bool(self._copy))
        self.mark.setVisible(not self._copy)
        self.setVisible(bool(sentence))
        self.changed.emit()

    def _announce(self) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.says))
