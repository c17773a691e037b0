"""Push buttons in the kinds that the sheet knows."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from vaultapp.gui.look import Look
from vaultapp.gui.theme import set_state
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

_ICON_TONES = {"primary": "on_accent", "link": "accent_text"}
_TURN_S = 0.9
_FRAME_MS = 40


class Button(QPushButton):
    """A button with text, an icon, or both.

    Args:
        look: Colours and fonts.
        text: Empty for an icon alone.
        kind: ``primary``, ``ghost``, ``link``, ``bar``, or empty for a second button.
        icon: Name of an icon.
        size: ``lg``, ``sm`` or empty.
        name: For screen readers and as tooltip, where there is no text.
    """

    def __init__(
        self, look: Look, text: str = "", kind: str = "", icon: str = "", size: str = "", name: str = ""
    ) -> None:
        super().__init__(text)
        self._look = look
        self._kind = kind
        self._icon = QIcon()
        self._long = text
        self._busy = False
        if kind:
            self.setProperty("kind", kind)
        if size:
            self.setProperty("sz", size)
        if not text:
            self.setProperty("iconly", "1")
            self.setToolTip(name)
        self.setAccessibleName(name or text)
        self.setFont(_font(look, kind))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if icon:
            self.set_icon(icon)
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self.update)

    @property
    def busy(self) -> bool:
        """True while it shows that its work is under way."""
        return self._busy

    def set_icon(self, name: str) -> None:
        """Show this icon before the text."""
        self._icon = self._look.icons.icon(name, _ICON_TONES.get(self._kind, "text2"))
        self.setIconSize(QSize(16 if not self.text() else 19, 16))
        self.setIcon(self._icon)

    def set_busy(self, busy: bool) -> None:
        """Show a running ring in place of icon and text, at the same width, and take no clicks."""
        if busy == self._busy:
            return
        self._busy = busy
        self.setEnabled(not busy)
        if busy and not self._look.still:
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and the ring over it while busy."""
        super().paintEvent(event)
        if not self._busy:
            return
        painter = QPainter(self)
        place = QRectF(0, 0, 16, 16)
        text = self._look.type.metrics(Style.STRONG).horizontalAdvance(self.text())
        place.moveCenter(QRectF(self.rect()).center())
        place.moveLeft(max(8.0, (self.width() - text) / 2 - 24))
        if self._look.still:
            self._look.icons.draw(painter, "hourglass", place, "text3")
        else:
            shapes.spinner(painter, self._look, place, time.monotonic() % _TURN_S / _TURN_S)
        painter.end()

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone, with the text as its tooltip; or both again."""
        if compact == bool(self.property("iconly")):
            return
        text = self._long = self.text() if compact else self._long
        self.setToolTip(text if compact else "")
        self.setText("" if compact else text)
        self.setIconSize(QSize(16 if compact else 19, 16))
        set_state(self, "iconly", "1" if compact else "")

    def wide(self) -> Button:
        """Let the button take the whole width, and return it."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return self


def _font(look: Look, kind: str) -> QFont:
    return look.font(Style.STRONG if kind == "primary" else Style.MEDIUM)


def dialog_button(look: Look, text: str, kind: str = "", *, default: bool = False) -> Button:
    """Return a button for a dialog's foot; Enter presses the default one."""
    button = Button(look, text, kind)
    button.setDefault(default)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
