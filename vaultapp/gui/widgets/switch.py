"""On or off, at once."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from vaultapp.gui.look import Look
from vaultapp.gui.widgets import shapes

_SIZE = QSize(36, 20)
_KNOB_ON = 14
_KNOB_OFF = 12


class Switch(QCheckBox):
    """A switch; what it switches stands beside it.

    Args:
        look: Colours and fonts.
        name: For screen readers.
    """

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return its size."""
        return _SIZE

    def hitButton(self, pos: QPoint) -> bool:
        """Take clicks anywhere on it."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it: the knob's side and size tell, not the colour alone."""
        look = self._look
        painter = QPainter(self)
        track = QRectF(self.rect())
        on = self.isChecked()
        if not self.isEnabled():
            shapes.rounded(painter, track, 10, look.colour("sunken"), look.colour("line2"), 1.2)
            knob = look.colour("line2")
        elif on:
            shapes.rounded(painter, track, 10, look.colour("accent"))
            knob = look.colour("on_accent")
        else:
            shapes.rounded(painter, track, 10, look.colour("field"), look.colour("control"), 1.2)
            knob = look.colour("control")
        side = _KNOB_ON if on else _KNOB_OFF
        left = track.width() - 3 - side if on else 4
        shapes.rounded(painter, QRectF(left, track.center().y() - side / 2, side, side), side / 2, knob)
        painter.end()
