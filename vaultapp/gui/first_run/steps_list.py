"""Where one is on the way to a new vault."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.labels import AppMark, Text
from vaultapp.gui.widgets.layouts import column, row

WIDTH = 236
_STEP = 44


class _Steps(QWidget):
    def __init__(self, look: Look, names: Sequence[str]) -> None:
        super().__init__()
        self._look = look
        self._names = tuple(names)
        self._current = 0
        self.name_steps(names)

    def name_steps(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self.setFixedHeight(_STEP * len(names))
        self.show_step(0)

    def show_step(self, step: int) -> None:
        self._current = step
        self.setAccessibleName(
            self.tr("Step {n} of {all}: {name}").format(n=step + 1, all=len(self._names), name=self._names[step])
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        for at, name in enumerate(self._names):
            disc = QRectF(0, at * _STEP + 2, 24, 24)
            current = at == self._current
            if at < self._current:
                shapes.rounded(painter, disc, 12, look.colour("accent_soft"))
                look.icons.draw(painter, "check", disc.adjusted(6, 6, -6, -6), "accent_text", 3)
            else:
                ground = look.colour("accent") if current else None
                edge = None if current else look.colour("control")
                shapes.rounded(painter, disc, 12, ground, edge, 1.2)
                tone = "on_accent" if current else "text2"
                shapes.write(painter, look, disc, str(at + 1), Style.SMALL, tone, shapes.CENTRE)
            words = QRectF(36, at * _STEP, self.width() - 36, 28)
            style, tone = (Style.STRONG, "text") if current else (Style.MEDIUM, "text2")
            shapes.write(painter, look, words, name, style, tone)
            if at < len(self._names) - 1:
                painter.setPen(QPen(look.colour("line2"), 1.5))
                painter.drawLine(QPointF(12, at * _STEP + 30), QPointF(12, at * _STEP + 42))
        painter.end()


class StepsList(QFrame):
    """Mark, steps, and the promise that nothing is written yet.

    Args:
        look: Colours and fonts.
        names: Of the steps.
    """

    def __init__(self, look: Look, names: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self._steps = _Steps(look, names)
        note = Text(look, self.tr("Nothing is written until the last step."), Style.CAPTION, "hint", wrap=True)
        head = row(AppMark(look, 32), Text(look, "vaultapp", Style.HEADING), None, gap=10)
        self.setLayout(column(head, 28, self._steps, None, note, gap=0, margins=(24, 24, 20, 24)))
        self.setFixedWidth(look.px(WIDTH))

    def name_steps(self, names: Sequence[str]) -> None:
        """Show the steps of another way; the first one is marked."""
        self._steps.name_steps(names)

    def show_step(self, step: int) -> None:
        """Mark a step as the current one. Steps count from 0."""
        self._steps.show_step(step)
