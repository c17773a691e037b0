"""A check box painted in the theme."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

_BOX = 16
_TEXT_AT = 24


class Check(QCheckBox):
    """A check box with its sentence beside it."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return the size that its text needs."""
        width = self._look.type.metrics(Style.BODY).horizontalAdvance(self.text())
        return QSize(_TEXT_AT + width + 2, self._look.px(22))

    def minimumSizeHint(self) -> QSize:
        """Return the least size: the text may break into lines."""
        return QSize(_TEXT_AT + 40, self._look.px(22))

    def heightForWidth(self, width: int) -> int:
        """Return the height of its lines."""
        lines = shapes.paragraph_height(self._look, self.text(), Style.BODY, width - _TEXT_AT)
        return max(self._look.px(22), lines + 4)

    def hitButton(self, pos: QPoint) -> bool:
        """Take clicks on the text too."""
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = self._look
        painter = QPainter(self)
        box = QRectF(0, (self.height() - _BOX) / 2, _BOX, _BOX)
        if not self.isEnabled():
            shapes.rounded(painter, box, 4, look.colour("sunken"), look.colour("line2"), 1.2)
        elif self.isChecked():
            shapes.rounded(painter, box, 4, look.colour("accent"))
        else:
            shapes.rounded(painter, box, 4, look.colour("field"), look.colour("control"), 1.2)
        if self.isChecked():
            tone = "on_accent" if self.isEnabled() else "text3"
            look.icons.draw(painter, "check", box.adjusted(2, 2, -2, -2), tone, 3.4)
        text = QRectF(_TEXT_AT, 0, self.width() - _TEXT_AT, self.height())
        shapes.paragraph(painter, look, text, self.text(), Style.BODY, "text" if self.isEnabled() else "text3")
        painter.end()
