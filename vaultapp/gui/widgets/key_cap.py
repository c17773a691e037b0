"""A key of the keyboard, by its name in a box."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

HEIGHT = 20
_ROUNDING = 5


def draw(painter: QPainter, look: Look, rect: QRectF, keys: str, *, on_tip: bool = False) -> None:
    """Paint a key cap; on the inverted ground of toasts with its colours."""
    if on_tip:
        shapes.rounded(painter, rect, _ROUNDING, None, look.colour("control"))
    else:
        shapes.rounded(painter, rect, _ROUNDING, look.colour("raised"), look.colour("line2"))
    shapes.write(painter, look, rect, keys, Style.SMALL, "on_tip" if on_tip else "text2", shapes.CENTRE)


def width_of(look: Look, keys: str) -> int:
    """Return how wide a key cap is."""
    return look.type.metrics(Style.SMALL).horizontalAdvance(keys) + 14


class KeyCap(QWidget):
    """Only looked at.

    Args:
        look: Colours and fonts.
        keys: "Ctrl Z".
        on_tip: It stands on a toast.
    """

    def __init__(self, look: Look, keys: str, *, on_tip: bool = False) -> None:
        super().__init__()
        self._look = look
        self._keys = keys
        self._on_tip = on_tip
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size that the keys need."""
        return QSize(width_of(self._look, self._keys), self._look.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        draw(painter, self._look, QRectF(self.rect()), self._keys, on_tip=self._on_tip)
        painter.end()
