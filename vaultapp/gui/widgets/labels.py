"""Text and small marks."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.theme import set_state
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

_LONG_WORD = re.compile(r"(\S{20})(?=\S)")


class Text(QLabel):
    """A label in one of the type styles. Plain text always: names come from outside."""

    def __init__(
        self, look: Look, text: str = "", style: Style = Style.BODY, tone: str = "", *, wrap: bool = False
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font(style))
        self.setWordWrap(wrap)
        if look.type.leading:
            above = look.type.leading // 2
            self.setContentsMargins(0, above, 0, look.type.leading - above)
        if tone:
            self.setProperty("tone", tone)

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        set_state(self, "tone", tone)


class Elided(Text):
    """A line that is cut with an ellipsis rather than widening what it is in; the whole is its tooltip."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        style: Style = Style.BODY,
        tone: str = "",
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__(look, text, style, tone)
        self._whole = text
        self._elide = elide
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(text)

    @property
    def whole(self) -> str:
        """The text before it was cut."""
        return self._whole

    def setText(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._cut()

    def sizeHint(self) -> QSize:
        """Return the size that the whole text needs; it counts where the size policy is made to ask for it."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return room for an ellipsis."""
        return QSize(self.fontMetrics().horizontalAdvance("…"), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._elide, self.width())
        super().setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class Glyph(QWidget):
    """An icon that is only looked at."""

    def __init__(self, look: Look, name: str, side: int = 16, tone: str = "text2", stroke: float = 1.75) -> None:
        super().__init__()
        self._look = look
        self._stroke = stroke
        self.name = name
        self.tone = tone
        self.setFixedSize(side, side)

    def show_icon(self, name: str, tone: str) -> None:
        """Show another icon."""
        self.name = name
        self.tone = tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon."""
        painter = QPainter(self)
        square = QRectF(0, 0, self.width(), self.width())
        square.moveCenter(QRectF(self.rect()).center())
        self._look.icons.draw(painter, self.name, square, self.tone, self._stroke)
        painter.end()


class AppMark(QWidget):
    """The program's icon."""

    def __init__(self, look: Look, side: int) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        self._look.icons.draw_app(painter, QRectF(self.rect()))
        painter.end()


class Plate(QWidget):
    """A key's plate."""

    def __init__(self, look: Look, name: str, hue: str, side: int = 24) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._hue = hue
        self.setFixedSize(side, side)

    def show_key(self, name: str, hue: str) -> None:
        """Show another key."""
        self._name, self._hue = name, hue
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        shapes.plate(painter, self._look, QRectF(self.rect()), self._name, self._hue)
        painter.end()


class Badge(QWidget):
    """A state in a word on a soft ground."""

    def __init__(self, look: Look, text: str, kind: str = "mute", icon: str = "") -> None:
        super().__init__()
        self._look = look
        self._kind = kind
        self._icon = icon
        self._text = ""
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def set_text(self, text: str) -> None:
        """Say something else."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def show_state(self, text: str, kind: str, icon: str = "", whole: str = "") -> None:
        """Show another state. Whole: what the text is short for."""
        self._kind, self._icon, self._whole = kind, icon, whole
        self.set_text(text)
        if whole:
            self.setAccessibleName(whole)
            self.setToolTip(whole)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that its text needs."""
        return QSize(round(shapes.badge_width(self._look, self._text, self._icon)), self._look.px(20))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in a tooltip what is cut."""
        super().resizeEvent(event)
        self.setToolTip(self._whole or (self._text if self.width() < self.sizeHint().width() else ""))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        shapes.badge(painter, self._look, QRectF(self.rect()), self._text, self._kind, self._icon)
        painter.end()


def rule() -> QFrame:
    """Return a hairline."""
    line = QFrame()
    line.setProperty("hr", "1")
    return line


def breakable(text: str) -> str:
    """Return text in which words that are longer than a line may be broken: a label breaks between words only."""
    return _LONG_WORD.sub("\\1\u200b", text)
