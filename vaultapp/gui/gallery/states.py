"""Bring a component into a state in which a person would bring it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget

from vaultapp.gui.theme import set_state

WidgetT = TypeVar("WidgetT", bound=QWidget)
ButtonT = TypeVar("ButtonT", bound=QAbstractButton)


def hovered(part: WidgetT) -> WidgetT:
    """As under the pointer."""
    part.ensurePolished()
    part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    # A push button believes only a pointer that moved on it.
    _move(part, QPointF(part.rect().center()))
    return part


def disabled(part: WidgetT) -> WidgetT:
    """As it is when it can do nothing now."""
    part.setEnabled(False)
    return part


def pressed(part: ButtonT) -> ButtonT:
    """As with the mouse button held."""
    part.setDown(True)
    return hovered(part)


def checked(part: ButtonT) -> ButtonT:
    """Switched on."""
    part.setChecked(True)
    return part


def field(name: str, text: str = "", state: str = "", size: str = "") -> QLineEdit:
    """Return an input; the state is ``bad`` for a wrong one."""
    line = QLineEdit(text)
    line.setAccessibleName(name)
    line.setPlaceholderText("Placeholder")
    if size:
        line.setProperty("sz", size)
    set_state(line, "state", state)
    line.setFixedWidth(180)
    return line


def hover_row(view: QAbstractItemView, row: int) -> None:
    """Move the pointer over a row of a list that is shown."""
    _move(view.viewport(), QPointF(view.visualRect(view.model().index(row, 0)).center()))


class _Waiter(QObject):
    def __init__(self, part: QWidget, call: Callable[[], object]) -> None:
        super().__init__(part)
        self._call = call
        part.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            # Once it has its place, too.
            QTimer.singleShot(0, self, self._call)
        return False


def when_shown(part: QWidget, call: Callable[[], object]) -> None:
    """Do something with a component each time it comes into sight."""
    _Waiter(part, call)


def _move(part: QWidget, place: QPointF) -> None:
    where, none = QPointF(part.mapToGlobal(place.toPoint())), Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, place, where, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(part, move)
