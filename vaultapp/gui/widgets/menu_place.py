"""Of which row a view's menu is, and where it opens."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView


def menu_place(view: QAbstractItemView, event: QContextMenuEvent) -> tuple[QModelIndex, QPoint]:
    """Return the row whose menu is asked for, and the place on the screen.

    A key asks for the current row, wherever that is: the event's own position is the middle of the view, where any
    other row may be.
    """
    if event.reason() != QContextMenuEvent.Reason.Keyboard:
        return view.indexAt(event.pos()), event.globalPos()
    index = view.currentIndex()
    view.scrollTo(index)
    viewport = view.viewport()
    middle = QPoint(viewport.rect().center().x(), view.visualRect(index).center().y())
    return index, viewport.mapToGlobal(middle)


def menu_by_key(event: QKeyEvent) -> QContextMenuEvent | None:
    """Return the wish for a menu that Shift+F10 is; the menu key is one by Qt itself."""
    if event.key() != Qt.Key.Key_F10 or event.modifiers() != Qt.KeyboardModifier.ShiftModifier:
        return None
    return QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
