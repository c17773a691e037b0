"""The way to the pages, and to the lock."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from vaultapp.gui.look import Look
from vaultapp.gui.typography import Style
from vaultapp.gui.widgets.labels import AppMark, Elided, Text
from vaultapp.gui.widgets.layouts import column, row
from vaultapp.gui.widgets.nav_item import NavItem

WIDTH = 212
RAIL = 59


class Sidebar(QFrame):
    """Vault, pages, and at its foot the lock. A rail of icons in a narrow window.

    Args:
        look: Colours and fonts.
        vault: The vault's name.
    """

    lock_clicked = Signal()

    def __init__(self, look: Look, vault: str) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("sidebar")
        self.name = Elided(look, vault, Style.STRONG)
        state = Text(look, self.tr("Unlocked"), Style.SMALL, "ok")
        self._words = QWidget()
        self._words.setLayout(column(None, self.name, state, None, gap=0))
        head = QWidget()
        head.setFixedHeight(look.px(44))
        self._head = row(AppMark(look, 28), (self._words, 1), gap=9, margins=(9, 0, 4, 0))
        head.setLayout(self._head)
        head.setAccessibleName(self.tr("Vault {name}, unlocked").format(name=vault))
        self.files = NavItem(look, self.tr("Files"), "file-lock", "Ctrl+1")
        self.files.setChecked(True)
        self.lock = NavItem(look, self.tr("Lock"), "lock", "Ctrl+L", page=False)
        self.lock.clicked.connect(self.lock_clicked)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(2)
        self._layout.addWidget(head)
        self._layout.addSpacing(14)
        self._layout.addWidget(self.files)
        self._layout.addStretch(1)
        self._layout.addWidget(self.lock)
        self.set_rail(False)

    def set_rail(self, rail: bool) -> None:
        """Show icons alone."""
        self._words.setVisible(not rail)
        self._head.setContentsMargins(5 if rail else 9, 0, 4, 0)
        self._layout.setContentsMargins(10, 8, 9 if rail else 10, 10)
        for item in (self.files, self.lock):
            item.set_rail(rail)
        self.setFixedWidth(RAIL if rail else max(WIDTH, self._look.px(WIDTH)))
