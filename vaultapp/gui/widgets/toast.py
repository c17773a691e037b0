"""A short word at the foot of the window about what was done, with a way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.free_place import free_place
from vaultapp.gui.widgets.key_cap import KeyCap
from vaultapp.gui.widgets.labels import Glyph, Text

SHOWN_MS = 6000
_HEIGHT = 44
_FOOT = 28
_ABOVE = 10
_RISE_MS = 160
_SHADOW = 0.25


class Toast(QFrame):
    """One message. Paused while the pointer is on it or the focus in it."""

    def __init__(
        self, look: Look, text: str, icon: str, action: str, call: Callable[[], object] | None, *, keys: str
    ) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("toast")
        self.setMinimumHeight(look.px(_HEIGHT))
        self.setAccessibleName(text)
        self.text = Text(look, text, Style.MEDIUM)
        self.text.setProperty("tone", "on_tip")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 12 if call is not None else 16, 0)
        layout.setSpacing(10)
        layout.addWidget(Glyph(look, icon, 16, "on_tip"))
        layout.addWidget(self.text)
        self.button: QPushButton | None = None
        if call is not None:
            self.button = QPushButton(action)
            self.button.setProperty("kind", "tip")
            self.button.setFont(look.font(Style.STRONG))
            self.button.setAccessibleName(action)
            self.button.clicked.connect(lambda *_: call())
            layout.addWidget(self.button)
            if keys:
                layout.addWidget(KeyCap(look, keys, on_tip=True))
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        ground = QColor(look.colour("scrim"))
        ground.setAlphaF(_SHADOW)
        shadow.setColor(ground)
        self.setGraphicsEffect(shadow)

    def fit(self, room: int) -> None:
        """Be one line; where there is no room for that, break the sentence."""
        self.text.setWordWrap(False)
        size = self.sizeHint()
        if size.width() > room:
            self.text.setWordWrap(True)
            size.setWidth(room)
            size.setHeight(self.heightForWidth(room) + 2 * _ABOVE)
        self.resize(size.expandedTo(self.minimumSize()))

    @property
    def attended(self) -> bool:
        """True while the pointer is on it or the focus in it."""
        return self.underMouse() or (self.button is not None and self.button.hasFocus())


class Toasts(QObject):
    """Shows one toast at a time over a widget's foot, or where it covers nothing that a person uses.

    Args:
        look: Colours and fonts.
        over: Where they stand.
    """

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._look = look
        self._over = over
        self._covered = 0
        self._undo: Callable[[], object] | None = None
        self.shown: Toast | None = None
        self._back: QWidget | None = None  # from where the focus came into the toast
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.close)
        over.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def stand_over(self, over: QWidget) -> None:
        """Stand at the foot of another widget from now on."""
        self.close()
        self._over.removeEventFilter(self)
        self._over = over
        over.installEventFilter(self)

    def say(
        self,
        text: str,
        icon: str = "check",
        action: str = "",
        undo: Callable[[], object] | None = None,
        call: Callable[[], object] | None = None,
    ) -> None:
        """Say what was done.

        Args:
            text: One sentence without a full stop.
            icon: Name of an icon.
            action: What the button says, where there is one.
            undo: Called by the button and by Ctrl+Z, once.
            call: Called by the button alone, where there is nothing to take back.
        """
        self.close()
        self._undo = undo
        keys = self.tr("Ctrl Z") if undo is not None else ""
        toast = Toast(self._look, text, icon, action, self.undo if undo is not None else call, keys=keys)
        self.shown = toast
        toast.setParent(self._over)
        toast.installEventFilter(self)
        if toast.button is not None:
            toast.button.installEventFilter(self)
        toast.show()
        toast.raise_()
        self._place()
        if not self._look.still:
            rise = QPropertyAnimation(toast, b"pos", toast)
            rise.setDuration(_RISE_MS)
            rise.setEasingCurve(QEasingCurve.Type.OutCubic)
            rise.setStartValue(toast.pos() + QPoint(0, 12))
            rise.setEndValue(toast.pos())
            rise.finished.connect(self._place)
            rise.start()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(toast, text))

    def keep_clear(self, covered: int) -> None:
        """Stand beside what covers so many pixels at the right from now on."""
        self._covered = covered
        self._place()

    def step_aside(self) -> None:
        """Find another place: something else stands on the page now."""
        QTimer.singleShot(0, self, self._place)

    def undo(self) -> None:
        """Take back what the toast speaks of."""
        undo = self._undo
        self.close()
        if undo is not None:
            undo()

    def close(self) -> None:
        """Take the toast away; what it spoke of stays done."""
        self._timer.stop()
        toast, self.shown, self._undo = self.shown, None, None
        if toast is not None:
            if toast.button is not None and toast.button.hasFocus() and self._back is not None and isValid(self._back):
                self._back.setFocus()
            toast.hide()
            toast.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of what it stands on; wait while the person is at it."""
        kind = event.type()
        if watched is self._over:
            if kind == QEvent.Type.Resize:
                self._place()
        elif kind in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self._timer.stop()
        elif kind in (QEvent.Type.Leave, QEvent.Type.FocusOut) and self.shown is not None and not self.shown.attended:
            self._timer.start()
        return False

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if self.shown is None:
            return
        if now is not None and now is self.shown.button:
            self._back = old
        else:
            # There may be a field now where none was; it has its place when this round of events is over.
            QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        if self.shown is not None:
            self.shown.fit(self._over.width() - self._covered - 2 * _FOOT)
            self.shown.move(free_place(self._over, self.shown, _FOOT, self._covered))
