"""One of several things to begin with: an icon, its name, a sentence about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

_ICON = 20
_LEFT = 44
_PAD = 10


class OptionRow(QAbstractButton):
    """A row that is pressed.

    Args:
        look: Colours and fonts.
        name: What it is.
        line: About it; breaks into lines.
        icon: Name of its icon.
    """

    def __init__(self, look: Look, name: str, line: str, icon: str) -> None:
        super().__init__()
        self._look = look
        self._line = line
        self._icon = icon
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(line)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed by Enter as by the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return a size with the sentence in one line."""
        return QSize(self._look.px(240), self.heightForWidth(self._look.px(320)))

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(self._look.px(160), self._look.px(44))

    def heightForWidth(self, width: int) -> int:
        """Return the height of its lines."""
        place = self._words(width)
        words = int(place.width())
        under = shapes.paragraph_height(self._look, self._line, Style.CAPTION, words) if self._line else 0
        return int(place.top()) + self._name_height(words) + under + self._foot

    @property
    def _foot(self) -> int:
        """The room under the words."""
        return _PAD

    def _words(self, width: int) -> QRectF:
        """Return where name and sentence begin, and how wide they are, in a row of this width."""
        return QRectF(_LEFT, _PAD, width - _LEFT - _PAD, 0)

    def _mark(self) -> QRectF:
        """Return where the icon stands."""
        return QRectF(_PAD + 2, _PAD + 1, _ICON, _ICON)

    def _name_height(self, width: int) -> int:
        high = shapes.paragraph_height(self._look, self.text(), Style.STRONG, width)
        return max(high, self._look.type.line(Style.STRONG))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = self._look
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isDown():
            shapes.rounded(painter, rect, 8, look.colour("pressed"))
        elif self.underMouse():
            shapes.rounded(painter, rect, 8, look.colour("hover"))
        look.icons.draw(painter, self._icon, self._mark(), "accent_text", 1.6)
        words = self._words(self.width())
        words.setHeight(self._name_height(int(words.width())))
        shapes.paragraph(painter, look, words, self.text(), Style.STRONG, "text")
        # Not all the rest: a short sentence would stand in the middle of it.
        high = shapes.paragraph_height(look, self._line, Style.CAPTION, int(words.width()))
        room = rect.height() - self._foot - words.bottom()
        under = QRectF(words.left(), words.bottom(), words.width(), min(high, room))
        shapes.paragraph(painter, look, under, self._line, Style.CAPTION, "text2")
        painter.end()
