"""Steps one below the other on a line, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.gui import joining
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.button import Button
from vaultapp.gui.widgets.labels import Badge, Text
from vaultapp.gui.widgets.layouts import column, row

_COLUMN = 20
_TOP = 4
_FOOT = 12
_DISC = 14
_RING = 12
_LINE = 1.5
_AT_ONCE = 6
_MORE = 50


class Mark(Enum):
    """What stands on the line at a step."""

    CURRENT = auto()
    PREVIOUS = auto()
    DISABLED = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        value: What tells it apart from the others.
        mark: On the line.
        title: The first line.
        caption: Under it.
        badge: Beside the title; empty for none.
        action: What a link at the right says; empty for none.
        spoken: What the link says to screen readers.
    """

    value: Any
    mark: Mark
    title: str
    caption: str
    badge: str = ""
    action: str = ""
    spoken: str = ""


class Timeline(QWidget):
    """Shows steps. The first six at once, the others when they are asked for.

    Args:
        look: Colours and fonts.
    """

    acted = Signal(object)  # value of a step whose link was pressed

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._steps: tuple[Step, ...] = ()
        self._limit = _AT_ONCE
        self.nodes: list[StepNode] = []
        self.more_button = Button(look, self.tr("Show more"), "link")
        self.more_button.clicked.connect(self.show_more)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addLayout(row(_COLUMN + 10, self.more_button, None, gap=0))

    def set_steps(self, steps: Sequence[Step], *, fresh: bool = False) -> None:
        """Show these steps; those that were there keep their place and the focus.

        Args:
            steps: Newest first.
            fresh: They are of something else than before, so only the first ones are shown.
        """
        if fresh:
            self._limit = _AT_ONCE
        self._steps = tuple(steps)
        shown = self._steps[: self._limit]
        while len(self.nodes) > len(shown):
            node = self.nodes.pop()
            self._layout.removeWidget(node)
            node.hide()
            node.deleteLater()
        while len(self.nodes) < len(shown):
            node = StepNode(self._look)
            node.acted.connect(self.acted)
            self._layout.insertWidget(len(self.nodes), node)
            self.nodes.append(node)
        left = len(self._steps) - len(shown)
        for at, (node, step) in enumerate(zip(self.nodes, shown, strict=True)):
            node.show_step(step, first=at == 0, last=at == len(shown) - 1 and not left)
        self.more_button.setText(self.tr("Show more of {n}").format(n=left))
        self.more_button.setAccessibleName(self.more_button.text())
        self.more_button.setVisible(left > 0)

    def show_more(self) -> None:
        """Show the next stretch."""
        self._limit += _MORE
        self.set_steps(self._steps)


class StepNode(QWidget):
    """One step with its mark and its part of the line.

    Args:
        look: Colours and fonts.
    """

    acted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.step: Step | None = None
        self._first = self._last = True
        self.title = Text(look, style=Style.STRONG)
        self.badge = Badge(look, "", "info", "star")
        self.caption = Text(look, style=Style.CAPTION, tone="secondary", wrap=True)
        self.link = Button(look, " ", "link")
        self.link.clicked.connect(lambda: self.acted.emit(self.step.value if self.step else None))
        head = row(self.title, self.badge, None, self.link)
        self.setLayout(column(_TOP, head, self.caption, _FOOT, gap=2, margins=(_COLUMN + 10, 0, 0, 0)))

    def show_step(self, step: Step, *, first: bool, last: bool) -> None:
        """Show a step in this place."""
        self.step = step
        self._first, self._last = first, last
        self.title.setText(step.title)
        self.caption.setText(step.caption)
        self.badge.set_text(step.badge)
        self.badge.setVisible(bool(step.badge))
        self.link.setText(step.action)
        self.link.setAccessibleName(step.spoken or step.action)
        self.link.setVisible(bool(step.action))
        self.setAccessibleName(joining.phrases((step.title, step.badge, step.caption)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line and the mark."""
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(_COLUMN / 2, self.title.geometry().center().y() + 1)
        painter.setPen(QPen(look.colour("line2"), _LINE))
        gap = _DISC / 2
        if not self._first:
            painter.drawLine(QLineF(middle.x(), 0, middle.x(), middle.y() - gap))
        if not self._last:
            painter.drawLine(QLineF(middle.x(), middle.y() + gap, middle.x(), self.height()))
        mark = self.step.mark if self.step else Mark.PREVIOUS
        side = _DISC if mark is Mark.CURRENT else _RING
        place = QRectF(0, 0, side, side)
        place.moveCenter(middle)
        if mark is Mark.CURRENT:
            shapes.rounded(painter, place, side / 2, look.colour("accent"))
            look.icons.draw(painter, "check", place.adjusted(3, 3, -3, -3), "on_accent", 4)
        else:
            shapes.rounded(painter, place, side / 2, None, look.colour("control"), _LINE)
        if mark is Mark.DISABLED:
            pen = QPen(look.colour("control"), _LINE)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            reach = side / 2 * 0.66
            painter.drawLine(QLineF(middle.x() - reach, middle.y() + reach, middle.x() + reach, middle.y() - reach))
        painter.end()
