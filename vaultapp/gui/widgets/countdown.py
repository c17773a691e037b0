"""A ring that empties while a time runs out."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

SIDE = 22
_TURN = 16 * 360
_TOP = 16 * 90
_STEP_MS = 1000


class Countdown(QWidget):
    """Whole seconds inside an arc. A sentence beside it says what ends; this is only looked at.

    It is told once a second. Between two tellings the arc moves on, unless the person asked for no motion.

    Args:
        look: Colours and fonts.
        side: Width and height in pixels.
    """

    def __init__(self, look: Look, side: int = SIDE) -> None:
        super().__init__()
        self._look = look
        self._share = 0.0
        self.seconds = 0
        self.setFixedSize(side, side)
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(_STEP_MS)
        self._motion.valueChanged.connect(self._moved)

    def tell(self, left: int, total: int, *, still: bool = False) -> None:
        """Say how many seconds are left, and of how many. Still: the time does not run now."""
        self.seconds = left
        self._motion.stop()
        now, then = (max(0.0, min(1.0, seconds / max(1, total))) for seconds in (left, left - 1))
        self._moved(now)
        if not (self._look.still or still) and left > 0:
            self._motion.setStartValue(now)
            self._motion.setEndValue(then)
            self._motion.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.colour("line2"), 2))
        painter.drawEllipse(ring)
        pen = QPen(self._look.colour("accent"), 2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(ring, _TOP, -round(self._share * _TURN))
        shapes.write(painter, self._look, QRectF(self.rect()), str(self.seconds), Style.SMALL, "text", shapes.CENTRE)
        painter.end()

    def _moved(self, share: float) -> None:
        self._share = share
        self.update()
