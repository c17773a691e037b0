"""Says that something was copied, and for how long it stays on the clipboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from vaultapp.gui import quantities
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.countdown import Countdown
from vaultapp.gui.widgets.labels import Glyph, Text
from vaultapp.gui.widgets.layouts import row

_TRIES = 20
_AGAIN_MS = 50


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
        self._turn = 0
        self.ring = Countdown(look)
        self.mark = Glyph(look, "check", 16, "ok")
        self.sentence = Text(look, style=Style.CAPTION, tone="secondary", wrap=True)
        self.sentence.setMinimumWidth(look.px(60))
        self.setLayout(row(self.ring, self.mark, (self.sentence, 1)))
        secrets.left.connect(self._left)
        self.hide()

    @property
    def says(self) -> str:
        """The sentence that is shown; empty for none."""
        return self.sentence.text()

    def copy_plainly(self, text: str) -> None:
        """Copy what may stay on the clipboard."""
        self.calm()
        clipboard = QGuiApplication.clipboard()
        clipboard.setText(text)
        self._once(lambda: clipboard.text() == text, lambda: self._say("check", "ok", self.tr("Copied.")))

    def copy_secret(self, secret: str) -> None:
        """Copy what is to be cleared after a while."""
        self.calm()
        self._secrets.copy(secret)
        copy = self._secrets.copies

        def copied() -> None:
            self._copy = copy
            self._left(self._secrets.seconds)
            self._announce()

        self._once(lambda: self._secrets.holds(secret), copied)

    def calm(self) -> None:
        """Say nothing."""
        self._turn += 1
        self._copy = 0
        self._show("")

    def _once(self, holds: Callable[[], bool], then: Callable[[], object], tries: int = _TRIES) -> None:
        """Call this when the clipboard holds it; some desktops take a moment, and some refuse a window in the back."""
        turn = self._turn

        def again() -> None:
            if turn == self._turn:
                self._once(holds, then, tries - 1)

        if holds():
            then()
        elif tries > 0:
            QTimer.singleShot(_AGAIN_MS, self, again)
        else:
            self._say("circle-x", "bad", self.tr("The clipboard did not take it."))

    def _left(self, seconds: int) -> None:
        if not self._copy:
            return
        if self._copy != self._secrets.copies or seconds <= 0:
            self.calm()
            return
        self.ring.tell(seconds, self._secrets.seconds)
        left = quantities.duration(seconds)
        self._show(self.tr("Copied. The clipboard clears in {left}.").format(left=left))

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
