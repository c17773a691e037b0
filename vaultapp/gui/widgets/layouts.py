"""Rows and columns without ceremony."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

BoxT = TypeVar("BoxT", bound=QBoxLayout)
Margins = tuple[int, int, int, int]
# A widget or layout; a number of pixels; None for a stretch; with a number: its stretch; with an alignment: placed so.
Part = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int | Qt.AlignmentFlag]

NO_MARGINS: Margins = (0, 0, 0, 0)


def row(*parts: Part, gap: int = 8, margins: Margins = NO_MARGINS) -> QHBoxLayout:
    """Return the parts side by side."""
    return _filled(QHBoxLayout(), parts, gap, margins)


def column(*parts: Part, gap: int = 8, margins: Margins = NO_MARGINS) -> QVBoxLayout:
    """Return the parts one below the other."""
    return _filled(QVBoxLayout(), parts, gap, margins)


def centred(part: QWidget) -> QHBoxLayout:
    """Return a part in the middle of a row. An alignment would ask a wrapped text for its height at the row's width."""
    return row(None, part, None, gap=0)


def frame(layout: QLayout, name: str = "", **properties: str) -> QFrame:
    """Return a frame round a layout, with an object name and properties that the sheet looks at."""
    box = QFrame()
    box.setLayout(layout)
    if name:
        box.setObjectName(name)
    for key, value in properties.items():
        box.setProperty(key, value)
    return box


def empty(box: QBoxLayout) -> None:
    """Take every widget out of a box, and let go of it. Hidden first: it would be seen until the event loop comes."""
    while (item := box.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _filled(box: BoxT, parts: Sequence[Part], gap: int, margins: Margins) -> BoxT:
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    for part in parts:
        if isinstance(part, tuple):
            _add(box, *part)
        elif part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        else:
            _add(box, part, 0)
    return box


def _add(box: QBoxLayout, part: QWidget | QLayout, how: int | Qt.AlignmentFlag) -> None:
    if isinstance(part, QLayout) and isinstance(how, Qt.AlignmentFlag):
        # addLayout would read the alignment as a stretch.
        part = frame(part)
    if isinstance(part, QLayout):
        box.addLayout(part, how if isinstance(how, int) else 0)
    elif isinstance(how, Qt.AlignmentFlag):
        box.addWidget(part, 0, how)
    else:
        box.addWidget(part, how)
