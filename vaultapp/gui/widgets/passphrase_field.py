"""A field for a passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from vaultapp.gui.caps_lock import CapsLock
from vaultapp.gui.look import Look
from vaultapp.gui.theme import set_state
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.private_line import PrivateLine


class PassphraseField(PrivateLine):
    """Hides what is typed, with a button that shows it.

    Args:
        look: Colours and fonts.
        name: For screen readers.
        placeholder: Shown while empty.
        caps_lock: Told of the keys typed, so that it can warn.
        eye: With the button that shows the text.
        words: What that button says while the text is hidden, and while it is shown.
    """

    caps_lock_changed = Signal(bool)

    def __init__(
        self,
        look: Look,
        name: str,
        placeholder: str = "",
        caps_lock: CapsLock | None = None,
        *,
        eye: bool = True,
        words: tuple[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._look = look
        self._caps_lock = caps_lock
        self._caps_on = False
        self._words = words or (self.tr("Show the passphrase"), self.tr("Hide the passphrase"))
        self._eye: QAction | None = None
        self.setProperty("sz", "lg")
        self.setFont(look.font(Style.BODY))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setAcceptDrops(False)
        self.setMaxLength(4096)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        if eye:
            self._eye = self.addAction(look.icons.icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
            self._eye.triggered.connect(self._toggle)
            for button in self.findChildren(QToolButton):
                # Qt gives these buttons no focus; without it nobody could reach them by keyboard.
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_revealed(False)

    @property
    def revealed(self) -> bool:
        """True while the text can be read."""
        return self.echoMode() == QLineEdit.EchoMode.Normal

    @property
    def caps_lock_on(self) -> bool:
        """True when capitals are typed without Shift, as far as is known."""
        return self._caps_on

    def set_revealed(self, revealed: bool) -> None:
        """Show or hide what is typed."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if revealed else QLineEdit.EchoMode.Password)
        if self._eye is None:
            return
        self._eye.setIcon(self._look.icons.icon("eye-off" if revealed else "eye"))
        text = self._words[revealed]
        self._eye.setText(text)
        self._eye.setToolTip(text)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(text)

    def secret(self) -> bytearray:
        """Return what is typed as UTF-8, for a callee that overwrites it."""
        return bytearray(self.text().encode())

    def set_wrong(self, wrong: bool) -> None:
        """Show or take away the edge that says: not this."""
        set_state(self, "state", "bad" if wrong else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Watch for Caps Lock while typing."""
        super().keyPressEvent(event)
        if self._caps_lock is not None:
            self._caps_lock.typed(event)
            self._tell()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Look at Caps Lock when the field is entered."""
        super().focusInEvent(event)
        if self._caps_lock is not None:
            self._caps_lock.look()
            self._tell()

    def _tell(self) -> None:
        on = self._caps_lock is not None and self._caps_lock.on
        if on != self._caps_on:
            self._caps_on = on
            self.caps_lock_changed.emit(on)

    def _toggle(self) -> None:
        self.set_revealed(not self.revealed)
