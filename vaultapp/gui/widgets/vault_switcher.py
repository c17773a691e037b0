"""The vault that is open, and the way to others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy

from vaultapp.core.printable import printable
from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets import shapes

_HEIGHT = 44
_MARK = 28


class VaultSwitcher(QAbstractButton):
    """Mark, name and state; pressed, a menu of recent vaults.

    Args:
        look: Colours and fonts.
        name: The open vault's name.
    """

    picked = Signal(object)  # Path; None for one that is to be chosen
    new_wanted = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._recent: tuple[Path, ...] = ()
        self._rail = False
        self.setAccessibleName(self.tr("Vault {name}, unlocked").format(name=name))
        self.setToolTip(self.tr("Turn to another vault"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open)

    @property
    def name(self) -> str:
        """The open vault's name."""
        return self._name

    def set_recent(self, paths: Sequence[Path]) -> None:
        """Offer these vaults, newest first."""
        self._recent = tuple(paths)

    def set_rail(self, rail: bool) -> None:
        """Show the mark alone."""
        self._rail = rail
        self.update()

    def menu(self) -> QMenu:
        """Return what can be turned to."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        icons = self._look.icons
        for path in self._recent:
            action = menu.addAction(icons.icon("lock"), printable(path.stem))
            action.setToolTip(printable(str(path)))
            action.triggered.connect(lambda _on=False, path=path: self.picked.emit(path))
        menu.setToolTipsVisible(True)
        if self._recent:
            menu.addSeparator()
        other = menu.addAction(icons.icon("folder-open"), self.tr("Open another vault…"))
        other.triggered.connect(lambda: self.picked.emit(None))
        menu.addAction(icons.icon("plus"), self.tr("Make a new vault…")).triggered.connect(self.new_wanted)
        return menu

    def open(self) -> None:
        """Show the menu."""
        self.menu().popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def sizeHint(self) -> QSize:
        """Return the height of the head."""
        return QSize(39, self._look.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = self._look
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isDown() or self.underMouse():
            shapes.rounded(painter, rect, 6, look.colour("pressed" if self.isDown() else "hover"))
        middle = rect.center().y()
        left = (rect.width() - _MARK) / 2 if self._rail else 9
        look.icons.draw_app(painter, QRectF(left, middle - _MARK / 2, _MARK, _MARK))
        if not self._rail:
            left += _MARK + 9
            name = look.type.line(Style.STRONG)
            line = look.type.line(Style.SMALL)
            top = middle - (name + line) / 2
            width = rect.width() - left - 30
            shapes.write(painter, look, QRectF(left, top, width, name), self._name, Style.STRONG)
            place = QRectF(left, top + name, width, line)
            shapes.write(painter, look, place, self.tr("Unlocked"), Style.SMALL, "ok")
            look.icons.draw(painter, "chevrons-up-down", QRectF(rect.right() - 24, middle - 7, 14, 14), "text3")
        painter.end()
