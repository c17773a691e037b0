"""Push buttons in the kinds that the sheet knows."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QIcon, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyleOptionButton, QWidget
from shiboken6 import isValid

from vaultapp.gui.look import Look
from vaultapp.gui.theme import set_state
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

_ICON_TONES = {"primary": "on_accent", "link": "accent_text", "danger": "on_bad", "danger-quiet": "bad"}
_TURN_S = 0.9
_FRAME_MS = 40
# Between icon and text, as the style has it.
_ICON_GAP = 4
# By their names: the classes have enumerations, which cost a start 2 ms.
_WORKED_IN = ("QLineEdit", "QPlainTextEdit", "QAbstractItemView")
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


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
        self._cut = ""
        self._busy = False
        self._went: QWidget | None = None  # where Qt moved the focus when the button was disabled
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
        """Show a running ring in place of the icon, or of a text without one, at the same width; take no clicks."""
        if busy == self._busy:
            return
        self._busy = busy
        held = busy and self.hasFocus()
        self.setEnabled(not busy)
        now = self.window().focusWidget()
        if busy:
            self._went = now if held else None
        elif self._went is not None:
            # Nobody has moved it since, or it went to something that is gone, and from there to where nobody
            # works: it goes back to where the person had it.
            gone = not isValid(self._went) or not self._went.isVisible()
            working = now is not None and any(map(now.inherits, _WORKED_IN))
            if now is self._went or (gone and not working):
                self.setFocus()
            self._went = None
        if busy and not self._look.still:
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed by Enter as by the space bar; in a dialog Qt would press the usual button in its place."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _HELD:
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def setText(self, text: str) -> None:
        """Say something else."""
        super().setText(text)
        self._tell_cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have more room, or less."""
        super().resizeEvent(event)
        self._tell_cut()

    def _tell_cut(self) -> None:
        """Say in the tooltip what is cut, where that says nothing else."""
        if self.toolTip() in ("", self._cut):
            self._cut = self.text() if self._missing else ""
            self.setToolTip(self._cut)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button; while busy with a ring where its icon is, or its text where it has no icon."""
        missing = self._missing
        if not self._busy and not missing:
            super().paintEvent(event)
            return
        # Its many enumerations take longer to load than all buttons of the first picture to draw.
        from PySide6.QtWidgets import QStyle

        option = QStyleOptionButton()
        self.initStyleOption(option)
        if missing:
            room = self.fontMetrics().horizontalAdvance(option.text) - missing
            option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room)
        if not self._busy:
            painter = QPainter(self)
            self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
            painter.end()
            return
        place = QRectF(0, 0, 16, 16)
        place.moveCenter(QRectF(self.rect()).center())
        if option.icon.isNull():
            option.text = ""
        else:
            blank = QPixmap(option.iconSize)
            blank.fill(Qt.GlobalColor.transparent)
            option.icon = QIcon(blank)
        if option.text:
            label = option.iconSize.width() + _ICON_GAP + self.fontMetrics().horizontalAdvance(option.text)
            place.moveLeft((self.width() - label) / 2)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        if self._look.still:
            self._look.icons.draw(painter, "hourglass", place, "text3")
        else:
            shapes.spinner(painter, self._look, place, time.monotonic() % _TURN_S / _TURN_S)
        painter.end()

    @property
    def _missing(self) -> int:
        """How many pixels its text is too wide."""
        return max(0, self.sizeHint().width() - self.width()) if self.text() else 0

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone, with the text as its tooltip; or both again."""
        if compact == bool(self.property("iconly")):
            return
        text = self._long = self.text() if compact else self._long
        self._cut = ""
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
