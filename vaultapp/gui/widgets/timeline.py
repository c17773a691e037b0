"""Steps one below the other on a line, newest first."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

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
_LINK = 48
_TURN_S = 0.9
_FRAME_MS = 40
_AT_ONCE = 6
_MORE = 50


class Mark(Enum):
    """What stands on the line at a step."""

    CURRENT = auto()
    PENDING = auto()
    PREVIOUS = auto()
    DISABLED = auto()
    DONE = auto()
    RUNNING = auto()
    TODO = auto()
    FAILED = auto()


_DISCS = {Mark.CURRENT: ("accent", "check"), Mark.DONE: ("ok", "check"), Mark.FAILED: ("bad_fill", "x")}
_ON_DISC = {Mark.CURRENT: "on_accent", Mark.FAILED: "on_bad"}


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
        time: At the right of the title; empty for none.
        badge_kind: As of a badge.
        badge_icon: Name of the badge's icon; empty for none.
        second: What a button beside the link does, for screen readers and as tooltip; empty for none.
    """

    value: Any
    mark: Mark
    title: str
    caption: str
    badge: str = ""
    action: str = ""
    spoken: str = ""
    time: str = ""
    badge_kind: str = "info"
    badge_icon: str = "star"
    second: str = ""


class Timeline(QWidget):
    """Shows steps. The first six at once, the others when they are asked for.

    Args:
        look: Colours and fonts.
    """

    acted = Signal(object)  # value of a step whose link was pressed
    turned_off = Signal(object)  # value of a step whose second button was pressed

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
            node.turned_off.connect(self.turned_off)
            self._layout.insertWidget(len(self.nodes), node)
            self.nodes.append(node)
        left = len(self._steps) - len(shown)
        for at, (node, step) in enumerate(zip(self.nodes, shown, strict=True)):
            node.show_step(step, first=at == 0, last=at == len(shown) - 1 and not left)
        self.more_button.setText(self.tr("Show {n} more").format(n=left))
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
    turned_off = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.step: Step | None = None
        self._first = self._last = True
        self.title = Text(look, style=Style.STRONG)
        self.badge = Badge(look, "", "info", "star")
        self.caption = Text(look, style=Style.CAPTION, tone="secondary", wrap=True)
        self.time = Text(look, style=Style.CAPTION, tone="hint")
        self.link = Button(look, " ", "link")
        # In a language with longer words it cuts itself.
        self.link.setMinimumWidth(look.px(_LINK))
        self.link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.link.clicked.connect(lambda: self.acted.emit(self.step.value if self.step else None))
        self.off_button: Button | None = None
        head = row(self.title, self.badge, None, self.time, self.link)
        self._under = row((self.caption, 1))
        self.setLayout(column(_TOP, head, self._under, _FOOT, gap=2, margins=(_COLUMN + 10, 0, 0, 0)))
        self._turns = QTimer(self)
        self._turns.setInterval(_FRAME_MS)
        self._turns.timeout.connect(self.update)

    def show_step(self, step: Step, *, first: bool, last: bool) -> None:
        """Show a step in this place."""
        self.step = step
        self._first, self._last = first, last
        self.title.setText(step.title)
        self.caption.setText(step.caption)
        self.badge.show_state(step.badge, step.badge_kind, step.badge_icon)
        self.badge.setVisible(bool(step.badge))
        self.link.setText(step.action)
        self.link.setAccessibleName(step.spoken or step.action)
        self.link.setVisible(bool(step.action))
        self._show_second(step.second)
        self.time.setText(step.time)
        self.time.setVisible(bool(step.time))
        self.title.set_tone("hint" if step.mark is Mark.TODO else "")
        self.caption.set_tone("hint" if step.mark is Mark.TODO else "secondary")
        self.setAccessibleName(joining.phrases((step.title, step.badge, step.caption)))
        if step.mark is Mark.RUNNING and not self._look.still:
            self._turns.start()
        else:
            self._turns.stop()
        self.update()

    def _show_second(self, spoken: str) -> None:
        if spoken and self.off_button is None:
            # Few steps have one.
            self.off_button = Button(self._look, kind="ghost", icon="ban", size="sm", name=spoken)
            self.off_button.clicked.connect(lambda: self.turned_off.emit(self.step.value if self.step else None))
            # Not in the first line: that is full where words are longer.
            self._under.addWidget(self.off_button, 0, Qt.AlignmentFlag.AlignTop)
        if self.off_button is not None:
            self.off_button.setToolTip(spoken)
            self.off_button.setAccessibleName(spoken)
            self.off_button.setVisible(bool(spoken))

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
        side = _DISC if mark in _DISCS or mark is Mark.RUNNING else _RING
        place = QRectF(0, 0, side, side)
        place.moveCenter(middle)
        if mark in _DISCS:
            tone, icon = _DISCS[mark]
            shapes.rounded(painter, place, side / 2, look.colour(tone))
            look.icons.draw(painter, icon, place.adjusted(3, 3, -3, -3), _ON_DISC.get(mark, "surface"), 4)
        elif mark is Mark.RUNNING and look.still:
            look.icons.draw(painter, "hourglass", place, "accent_text")
        elif mark is Mark.RUNNING:
            shapes.spinner(painter, look, place, time.monotonic() % _TURN_S / _TURN_S)
        elif mark is Mark.PENDING:
            shapes.rounded(painter, place, side / 2, None, look.colour("warn"), _LINE, (1.0, 2.2))
        else:
            shapes.rounded(painter, place, side / 2, None, look.colour("control"), _LINE)
        if mark is Mark.DISABLED:
            pen = QPen(look.colour("control"), _LINE)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            reach = side / 2 * 0.66
            painter.drawLine(QLineF(middle.x() - reach, middle.y() + reach, middle.x() + reach, middle.y() - reach))
        painter.end()
