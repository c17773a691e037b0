"""The frame of a small window that opens from the tray."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from vaultapp.contracts.vault import VaultStatus
from vaultapp.gui.dialogs.fitted_dialog import FittedDialog
from vaultapp.gui.icons import app_icon
from vaultapp.gui.look import Look
from vaultapp.gui.session import Session
from vaultapp.gui.tray.window_port import TrayParts
from vaultapp.gui.typography import Style
from vaultapp.gui.unlock_form import UnlockForm
from vaultapp.gui.widgets.focus_ring import FocusRing
from vaultapp.gui.widgets.labels import Badge, Elided, Glyph, Text
from vaultapp.gui.widgets.layouts import column, row

_WIDTH = 420
# Characters of a key's name and version.
_KEY = 14


class SmallWindow(FittedDialog):
    """A head and one part below it at a time. Escape closes it, and what it showed goes with it.

    Args:
        parts: As the tray was given.
        title: Of the window.
        icon: Of the head.

    Attributes:
        ended: It was closed, and is deleted soon. Until then somebody has to hold it: what Python deletes, because
            nobody does any more, may be just being closed.
    """

    attended = Signal(bool)  # the pointer or the keyboard is in it, or no more

    def __init__(self, parts: TrayParts, title: str, icon: str) -> None:
        super().__init__()
        self.parts = parts
        self.look: Look = parts.look
        self.setWindowTitle(title)
        self.setWindowIcon(app_icon())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ended = False
        self.finished.connect(self._end)
        self._inside = False
        self._part: QWidget | None = None
        self._glyph = Glyph(self.look, icon, 18, "accent_text")
        self.head = Elided(self.look, title, Style.STRONG)
        self.badge = Badge(self.look, "")
        self.badge.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.badge.hide()
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._layout = column(
            row(self._glyph, (self.head, 1), self.badge), 8, self._body, gap=0, margins=(18, 16, 16, 12)
        )
        self.setLayout(self._layout)
        self._ring = FocusRing(self.look, self)
        self.setFixedWidth(self.look.px(_WIDTH))

    @property
    def is_attended(self) -> bool:
        """True while the pointer or the keyboard is in it, or in a dialog that it opened."""
        return self._inside or self.isActiveWindow()

    def come(self) -> None:
        """Show it in front of the others."""
        self.show()
        self.raise_()
        self.activateWindow()

    def say_head(self, icon: str, text: str) -> None:
        """Say what this is about."""
        self._glyph.show_icon(icon, "accent_text")
        self.head.setText(text)
        self.badge.hide()

    def say_key(self, key: str) -> None:
        """Say in a badge what opened it; a long name loses its middle."""
        half = _KEY // 2
        shown = key if len(key) <= _KEY else f"{key[:half]}…{key[-half:]}"
        said = self.tr("Opened with {key}")
        self.badge.show_state(said.format(key=shown), "ok", "key-round", said.format(key=key))
        self.badge.show()

    def put(self, part: QWidget) -> None:
        """Show a part in place of the one before, which is deleted with all that it showed."""
        if self._part is not None:
            self._body.removeWidget(self._part)
            self._part.hide()
            self._part.deleteLater()
        self._part = part
        self._body.addWidget(part)
        part.show()

    def ask_to_unlock(self, session: Session, status: VaultStatus, why: str, then: Callable[[], object]) -> UnlockForm:
        """Ask for the passphrase; the main window is told of the open vault, too.

        Args:
            session: Of the vault.
            status: Of its agent.
            why: What for, in a sentence.
            then: Called once it is open.
        """
        form = UnlockForm(self.look, session, self.parts.tasks, self.parts.clock.monotonic)
        take = self.parts.window.take

        def unlocked(opened: VaultStatus) -> None:
            take(session, opened)
            then()

        form.unlocked.connect(unlocked)
        part = QWidget()
        part.setLayout(column(Text(self.look, why, tone="secondary", wrap=True), form, gap=10))
        self.put(part)
        if status.retry_after > 0:
            form.wait(status.retry_after)
        form.field.setFocus()
        return form

    def _end(self) -> None:
        self.ended = True

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch the keyboard."""
        super().showEvent(event)
        self._ring.watch()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer comes in."""
        super().enterEvent(event)
        self._inside = True
        self.attended.emit(self.is_attended)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer leaves."""
        super().leaveEvent(event)
        self._inside = False
        self.attended.emit(self.is_attended)

    def changeEvent(self, event: QEvent) -> None:
        """The keyboard comes in or leaves."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.attended.emit(self.is_attended)
