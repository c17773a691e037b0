"""A few choices side by side, one of which is on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.layouts import row

_HEIGHT = 28
_INSET = 2
_PAD = 12


class Segment(QAbstractButton):
    """One choice. Arrows go to its neighbours; Tab goes to the one that is on."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__()
        self._look = look
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size that the text needs when it is on."""
        width = self._look.type.metrics(Style.CAPTION_STRONG).horizontalAdvance(self.text())
        return QSize(width + 2 * _PAD, self._look.px(_HEIGHT) - 2 * _INSET)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in a tooltip what is cut."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = self._look
        painter = QPainter(self)
        rect = QRectF(self.rect())
        on = self.isChecked()
        if on:
            shapes.rounded(painter, rect, 5, look.colour("raised"), look.colour("line2"))
        elif self.underMouse():
            shapes.rounded(painter, rect, 5, look.colour("pressed"))
        style, tone = (Style.CAPTION_STRONG, "text") if on else (Style.HEAD, "text2")
        shapes.write(painter, look, rect, self.text(), style, tone, shapes.CENTRE)
        painter.end()


class Segments(QFrame):
    """Says which choice was made, by its value.

    Args:
        look: Colours and fonts.
        name: What is chosen here, for screen readers.
        choices: Values and what people read of them; the first one is on.
    """

    picked = Signal(object)

    def __init__(self, look: Look, name: str, choices: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self.buttons: dict[object, Segment] = {}
        for value, text in choices:
            button = Segment(look, text)
            self._group.addButton(button)
            button.toggled.connect(lambda on, value=value: self.picked.emit(value) if on else None)
            self.buttons[value] = button
        next(iter(self.buttons.values())).setChecked(True)
        self.setLayout(row(*self.buttons.values(), gap=0, margins=(_INSET, _INSET, _INSET, _INSET)))

    @property
    def value(self) -> object:
        """The value of the choice that is on."""
        return next(value for value, button in self.buttons.items() if button.isChecked())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = QPainter(self)
        shapes.rounded(painter, QRectF(self.rect()), 7, self._look.colour("hover"))
        painter.end()
