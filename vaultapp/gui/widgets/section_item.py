"""An entry in the list of a page's sections."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

_HEIGHT = 32


class SectionItem(QAbstractButton):
    """Icon and name, quieter than an entry of the sidebar.

    Args:
        look: Colours and fonts.
        text: The section's name.
        icon: Name of an icon.
    """

    def __init__(self, look: Look, text: str, icon: str) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size that its text needs."""
        width = self._look.type.metrics(Style.STRONG).horizontalAdvance(self.text())
        return QSize(width + 49, self._look.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = self._look
        painter = QPainter(self)
        rect = QRectF(self.rect())
        current = self.isChecked()
        if self.isDown() or current or self.underMouse():
            shapes.rounded(painter, rect, 6, look.colour("pressed" if self.isDown() else "hover"))
        mark = QRectF(11, rect.center().y() - 8, 16, 16)
        look.icons.draw(painter, self._icon, mark, "text" if current else "text2", 2 if current else 1.75)
        style, tone = (Style.STRONG, "text") if current else (Style.MEDIUM, "text2")
        shapes.write(painter, look, rect.adjusted(37, 0, -8, 0), self.text(), style, tone)
        painter.end()
