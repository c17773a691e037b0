"""The ring round what has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from vaultapp.gui.look import Look
from vaultapp.gui.widgets import shapes

_OUTSIDE = 4
_MOVING = {
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_F6,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
}


class FocusRing(QWidget):
    """One overlay a window: a ring two pixels outside the control, after keyboard input only.

    Inputs show their focus themselves, and lists inside their rows. The window's native handle is watched and
    not the application: a Python filter on every event of the program would cost more than all painting.
    """

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._target: QWidget | None = None
        self._followed: list[QWidget] = []
        self._by_keyboard = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QGuiApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def watch(self) -> None:
        """Begin, once the window has its native handle."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Learn how the person is working; follow the target when it moves."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVING and not self._by_keyboard:
                self._by_keyboard = True
                self._place()
        elif kind == QEvent.Type.MouseButtonPress:
            self._by_keyboard = False
            self.hide()
        elif watched in self._followed and kind in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Hide):
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring."""
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shapes.rounded(painter, rect, 9, None, self._look.colour("focus"), 2)
        painter.end()

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for followed in self._followed:
            if isValid(followed):
                followed.removeEventFilter(self)
        self._followed = []
        self._target = new if new is not None and self._window.isAncestorOf(new) and _gets_a_ring(new) else None
        part = self._target
        # What it is in moves as well: when a line above grows, or by scrolling.
        while part is not None and part is not self._window:
            part.installEventFilter(self)
            self._followed.append(part)
            part = part.parentWidget()
        self._place()

    def _place(self) -> None:
        target = self._target
        if (
            target is None
            or not isValid(target)
            or not self._by_keyboard
            or not target.isVisible()
            or target.visibleRegion().isEmpty()
        ):
            self.hide()
            return
        place = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size())
        self.setGeometry(place.adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE))
        self.raise_()
        self.show()


def _gets_a_ring(part: QWidget) -> bool:
    """Tell whether a part shows the focus in no other way."""
    # By name: a list's class has enumerations, which cost a start 2 ms.
    shows_it = any(map(part.inherits, ("QLineEdit", "QPlainTextEdit", "QAbstractItemView")))
    return not shows_it and not isinstance(part.parent(), QLineEdit)
