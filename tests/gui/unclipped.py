"""Looks for text that has no room, in widgets and in what they paint themselves."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.key_cap import KeyCap
from vaultapp.gui.widgets.labels import Badge, Elided
from vaultapp.gui.widgets.segments import Segment

_A_PIXEL = 1
# A delegate that has a shape painted that writes.
_CALLERS = 3
# Cells, rows of work and choosers are as wide as they can be; what is cut there is whole in a tooltip. Badges and
# segments are looked at as widgets.
_WHOLE_IN_A_TOOLTIP = frozenset({"cell_delegate", "work_delegate", "chooser", "labels", "segments"})
# In a language with longer words these cut themselves; Qt does that with the hints of fields.
_SHORTENED = (Button, Badge, Segment, QLineEdit)
_SIZED_BY_TEXT = (QPushButton, Segment, Badge, KeyCap)


class Cut:
    """Notes the texts that are painted with an ellipsis."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.texts: list[str] = []
        self._write: Callable[..., None] = shapes.write
        patch.setattr(shapes, "write", self._note)

    def _note(
        self, painter: QPainter, look: Look, rect: Any, text: str, style: Style = Style.BODY, *rest: Any, **more: Any
    ) -> None:
        needed = look.type.metrics(style).horizontalAdvance(text)
        if needed > rect.width() + _A_PIXEL:
            frame = sys._getframe(1)
            modules = []
            while frame is not None and len(modules) < _CALLERS:
                modules.append(frame.f_globals["__name__"].rpartition(".")[2])
                frame = frame.f_back
            if _WHOLE_IN_A_TOOLTIP.isdisjoint(modules):
                self.texts.append(f"{text!r} by {modules[0]}")
        self._write(painter, look, rect, text, style, *rest, **more)


def without_room(root: QWidget, *, shortened: bool = False) -> Iterator[str]:
    """Return what is cut off, and where.

    Args:
        root: The window.
        shortened: What cuts itself with an ellipsis, and is whole in a tooltip, is no problem.
    """
    for part in root.findChildren(QWidget):
        if not part.isVisible() or part.window() is not root.window():
            continue
        problem = _too_small(part)
        if problem and not (shortened and isinstance(part, _SHORTENED)):
            yield f"{type(part).__name__} {_text(part)!r}: {problem}"
        if isinstance(part, QLabel | QAbstractButton | QLineEdit) and _text(part):
            outside = _outside(part, root)
            if outside:
                yield f"{type(part).__name__} {_text(part)!r}: {outside}"


def paint_all(root: QWidget) -> None:
    """Paint everything, also what would have to be scrolled to."""
    root.grab()
    for area in root.findChildren(QScrollArea):
        if area.isVisible() and area.widget() is not None:
            area.widget().grab()


def texts_of(root: QWidget) -> Iterator[str]:
    """Return everything that is shown or told of widgets."""
    for part in root.findChildren(QWidget):
        if part.isVisible():
            yield from (_text(part), part.accessibleName(), part.accessibleDescription(), part.toolTip())
            if isinstance(part, QLineEdit):
                yield part.placeholderText()


def _text(part: QWidget) -> str:
    if isinstance(part, QLabel | QAbstractButton):
        return part.text()
    if isinstance(part, QLineEdit):
        return part.placeholderText()
    return part.text if isinstance(part, Badge) else ""


def _too_small(part: QWidget) -> str:
    if isinstance(part, Elided):
        return ""
    if isinstance(part, QLabel):
        return _label(part) if part.text() else ""
    if isinstance(part, QAbstractButton) and part.sizePolicy().hasHeightForWidth():
        low = part.heightForWidth(part.width()) - part.height()
        return f"{low} pixels too low" if low > _A_PIXEL else ""
    if isinstance(part, _SIZED_BY_TEXT):
        return _less(part.width(), part.sizeHint().width())
    if isinstance(part, QLineEdit) and part.placeholderText() and not part.text():
        margins = part.textMargins()
        room = part.contentsRect().width() - margins.left() - margins.right() - 16
        return _less(room, part.fontMetrics().horizontalAdvance(part.placeholderText()))
    return ""


def _label(label: QLabel) -> str:
    if not label.wordWrap():
        return _less(label.width(), label.sizeHint().width())
    low = label.heightForWidth(label.width()) - label.height()
    narrow = _less(label.width(), label.minimumSizeHint().width())
    return f"{low} pixels too low" if low > _A_PIXEL else narrow


def _less(there: int, needed: int) -> str:
    return f"{needed - there} of {needed} pixels too narrow" if needed > there + _A_PIXEL else ""


def _outside(part: QWidget, root: QWidget) -> str:
    """Say what does not show it whole; what can be scrolled to is shown."""
    around = part.parentWidget()
    while around is not None:
        place = QRect(part.mapTo(around, QPoint(0, 0)), part.size())
        room = around.rect().adjusted(-_A_PIXEL, -_A_PIXEL, _A_PIXEL, _A_PIXEL)
        holder = around.parentWidget()
        scrolls = isinstance(holder, QAbstractScrollArea) and holder.viewport() is around
        if place.left() < room.left() or place.right() > room.right():
            return f"sticks out of {type(around).__name__} {around.objectName()} at the side"
        if scrolls:
            return ""
        if place.top() < room.top() or place.bottom() > room.bottom():
            return f"sticks out of {type(around).__name__} {around.objectName()} at top or foot"
        if around is root:
            return ""
        around = holder
    return ""
