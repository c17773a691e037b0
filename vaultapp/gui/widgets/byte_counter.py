"""How many bytes a text has, of how many it may have."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vaultapp.gui import quantities
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes
from vaultapp.gui.widgets.labels import Glyph, Text
from vaultapp.gui.widgets.layouts import row

_WIDTH = 90
_LEAST = 24
_HEIGHT = 5


class _Bar(QWidget):
    """Filled to a share."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shapes.bar(painter, self._look, QRectF(self.rect()), self._share)
        painter.end()


class ByteCounter(QWidget):
    """A bar and "271 of 4,096 bytes". Too many are told by an icon as well as by colour.

    Args:
        look: Colours and fonts.
        limit: So many are allowed.
    """

    def __init__(self, look: Look, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self._bar = _Bar(look)
        self._mark = Glyph(look, "circle-alert", 16, "bad")
        self.words = Text(look, style=Style.CAPTION, tone="secondary")
        self.count = 0
        self.setLayout(row(self._mark, self._bar, self.words, None))
        self.show_count(0)

    @property
    def over(self) -> bool:
        """True when there are too many."""
        return self.count > self._limit

    def show_count(self, count: int) -> None:
        """Show how many there are."""
        self.count = count
        text = self.tr("{count} of {limit} bytes")
        self.words.setText(text.format(count=quantities.count(count), limit=quantities.count(self._limit)))
        self.words.set_tone("bad" if self.over else "secondary")
        self._mark.setVisible(self.over)
        self._bar.setVisible(not self.over)
        self._bar.show_share(count / self._limit)
