"""A button that shows what is chosen and opens the list of what can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.choice_popup import Choice, ChoicePopup


class Chooser(QAbstractButton):
    """Shows one of several choices.

    Args:
        look: Colours and fonts.
        title: What is chosen here, for screen readers.
    """

    picked = Signal(object)

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look = look
        self._title = title
        self._choices: tuple[Choice, ...] = ()
        self._shown: Choice | None = None
        self.popup: ChoicePopup | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        self.clicked.connect(self.open)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be chosen."""
        return self._choices

    @property
    def current(self) -> Choice | None:
        """What is shown as chosen."""
        return self._shown

    def offer(self, choices: Sequence[Choice], value: Any, *, first: bool = False) -> None:
        """Set what can be chosen, and what is.

        Args:
            choices: There may be very many: a tuple is kept as it is.
            value: What is chosen; nothing is yet, where it is empty and the first one stands in for it.
            first: Where that is not there, the first one is chosen; otherwise nothing.
        """
        if choices is self._choices and self._shown is not None and self._shown.value == value:
            return
        self._choices = tuple(choices)
        other = self._choices[0] if first and self._choices else None
        among = self._choices if value or not first else ()
        self._shown = next((choice for choice in among if choice.value == value), other)
        text = self._shown.text if self._shown else ""
        self.setText(text)
        self.setAccessibleName(f"{self._title}: {text}")
        self.setToolTip(text)
        self.update()

    def open(self) -> None:
        """Show the list."""
        if not self._choices:
            return
        current = self._shown.value if self._shown else None
        popup = ChoicePopup(self._look, self._choices, current, self._title, self.tr("Filter"), self)
        popup.chosen.connect(self.picked)
        popup.destroyed.connect(self._closed)
        self.popup = popup
        popup.open_under(self)

    def _closed(self) -> None:
        self.popup = None

    def sizeHint(self) -> QSize:
        """Return the size that its text needs."""
        width = self._look.type.metrics(Style.MEDIUM).horizontalAdvance(self.text())
        return QSize(width + 66, self._look.px(30))

    def minimumSizeHint(self) -> QSize:
        """Return the least size: the text may be cut."""
        return QSize(84, self._look.px(30))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on the keys that open a list elsewhere."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_F4, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = self._look
        painter = QPainter(self)
        rect = QRectF(self.rect())
        ground = "hover" if self.underMouse() and self.isEnabled() else "surface"
        shapes.rounded(painter, rect, 6, look.colour(ground), look.colour("line2"))
        middle = rect.center().y()
        left = 10.0
        choice = self._shown
        if choice is not None and choice.hue:
            shapes.plate(painter, look, QRectF(7, middle - 9, 18, 18), choice.text, choice.hue)
            left = 32
        elif choice is not None and choice.icon:
            look.icons.draw(painter, choice.icon, QRectF(9, middle - 8, 16, 16))
            left = 32
        text = QRectF(left, 0, rect.width() - left - 24, rect.height())
        tone = "text" if self.isEnabled() else "text3"
        style = Style.MEDIUM if choice is not None and choice.hue else Style.BODY
        shapes.write(painter, look, text, self.text(), style, tone)
        look.icons.draw(painter, "chevron-down", QRectF(rect.width() - 21, middle - 7, 14, 14), "text3", 2)
        painter.end()
