"""What looks like a field and opens the command palette."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

_HEIGHT = 29


class FindBox(QAbstractButton):
    """Find anything, Ctrl K; in a rail the icon alone.

    Args:
        look: Colours and fonts.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rail = False
        self.setText(self.tr("Find anything"))
        self.setAccessibleName(self.text())
        self.setToolTip(f"{self.text()} (Ctrl+K)")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rail(self, rail: bool) -> None:
        """Show the icon alone."""
        self._rail = rail
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a field."""
        return QSize(39, self._look.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = self._look
        painter = QPainter(self)
        rect = QRectF(self.rect())
        ground = "hover" if self.underMouse() else "surface"
        shapes.rounded(painter, rect, 6, look.colour(ground), look.colour("line2"))
        middle = rect.center().y()
        look.icons.draw(painter, "search", QRectF(11, middle - 8, 16, 16))
        if not self._rail:
            keys = self.tr("Ctrl K")
            room = rect.width() - 33 - look.type.metrics(Style.SMALL).horizontalAdvance(keys) - 14
            shapes.write(painter, look, rect.adjusted(33, 0, -9, 0), self.text(), Style.BODY, "text3")
            # The tooltip says the keys too: they give way to longer words.
            if look.type.metrics(Style.BODY).horizontalAdvance(self.text()) <= room:
                shapes.write(painter, look, rect.adjusted(0, 0, -9, 0), keys, Style.SMALL, "text3", shapes.RIGHT)
        painter.end()
