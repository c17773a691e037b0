"""An entry of the sidebar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

HEIGHT = 32


class NavItem(QAbstractButton):
    """Icon and text; in a rail the icon alone.

    Args:
        look: Colours and fonts.
        text: What it leads to.
        icon: Name of an icon.
        keys: Shortcut, said in the tooltip.
        page: It leads to a page, which can be the current one.
    """

    def __init__(self, look: Look, text: str, icon: str, keys: str, *, page: bool = True) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self._rail = False
        self._note = ""
        self._keys = keys
        self.setText(text)
        self.setCheckable(page)
        self.setAutoExclusive(page)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({keys})")
        # A click goes on to the page, and so does the focus.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rail(self, rail: bool) -> None:
        """Show the icon alone."""
        self._rail = rail
        self.update()

    def say(self, note: str, spoken: str) -> None:
        """Show a short note at the right; spoken says it in the tooltip, and to screen readers."""
        hint = f"{self.text()} ({self._keys})"
        hint = f"{hint}\n{spoken}" if spoken else hint
        if hint != self.toolTip():
            self.setToolTip(hint)
            self.setAccessibleDescription(spoken)
        if note != self._note:
            self._note = note
            self.update()

    def sizeHint(self) -> QSize:
        """Return the height of an entry."""
        return QSize(39, self._look.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = self._look
        painter = QPainter(self)
        rect = QRectF(self.rect())
        current = self.isChecked()
        middle = rect.center().y()
        if current:
            shapes.rounded(painter, rect, 6, look.colour("select"))
            shapes.rounded(painter, QRectF(0, middle - 8, 3, 16), 1.5, look.colour("accent"))
        elif self.isDown():
            shapes.rounded(painter, rect, 6, look.colour("pressed"))
        elif self.underMouse():
            shapes.rounded(painter, rect, 6, look.colour("hover"))
        mark = QRectF(11, middle - 8, 16, 16)
        look.icons.draw(painter, self._icon, mark, "accent_text" if current else "text2", 2 if current else 1.75)
        if not self._rail:
            style, tone = (Style.STRONG, "text") if current else (Style.MEDIUM, "text2")
            inner = rect.adjusted(37, 0, -10, 0)
            if self._note:
                place = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                shapes.write(painter, look, inner, self._note, Style.CAPTION, "text2", place)
            shapes.write(painter, look, rect.adjusted(37, 0, -8, 0), self.text(), style, tone)
        painter.end()
