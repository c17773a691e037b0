"""The way to the pages, to everything by name, and to the lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout

from vaultapp.gui import quantities
from vaultapp.gui.look import Look
from vaultapp.gui.widgets.find_box import FindBox
from vaultapp.gui.widgets.nav_item import NavItem
from vaultapp.gui.widgets.vault_switcher import VaultSwitcher

WIDTH = 212
RAIL = 59
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in the sidebar.

    Attributes:
        name: By which the window knows it.
        title: What people read.
        icon: Name of its icon.
        keys: Its shortcut.
        foot: It stands at the foot.
    """

    name: str
    title: str
    icon: str
    keys: str
    foot: bool = False


class Sidebar(QFrame):
    """Vault, search, pages, and at its foot settings and lock. A rail of icons in a narrow window.

    Args:
        look: Colours and fonts.
        vault: The vault's name.
        entries: The pages.
    """

    page_wanted = Signal(str)
    find_clicked = Signal()
    lock_clicked = Signal()

    def __init__(self, look: Look, vault: str, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("sidebar")
        self.vault = VaultSwitcher(look, vault)
        self.find_box = FindBox(look)
        self.find_box.clicked.connect(self.find_clicked)
        self.lock = NavItem(look, self.tr("Lock"), "lock", "Ctrl+L", page=False)
        self.lock.clicked.connect(self.lock_clicked)
        self.items: dict[str, NavItem] = {}
        group = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(2)
        self._layout.addWidget(self.vault)
        self._layout.addSpacing(8)
        self._layout.addWidget(self.find_box)
        self._layout.addSpacing(10)
        for entry in entries:
            item = NavItem(look, entry.title, entry.icon, entry.keys)
            item.clicked.connect(lambda _on=False, name=entry.name: self.page_wanted.emit(name))
            group.addButton(item)
            self.items[entry.name] = item
        for entry in entries:
            if not entry.foot:
                self._layout.addWidget(self.items[entry.name])
        self._layout.addStretch(1)
        for entry in entries:
            if entry.foot:
                self._layout.addWidget(self.items[entry.name])
        self._layout.addWidget(self.lock)
        self.set_rail(False)

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        self.items[name].setChecked(True)

    def show_time_left(self, seconds: int | None, *, held: bool = False) -> None:
        """Show beside Lock when the vault locks by itself; None shows nothing, held says why in words."""
        if seconds is None:
            self.lock.say("", self.tr("Not by itself while files are worked on") if held else "")
        else:
            spoken = self.tr("By itself in {time}").format(time=quantities.duration(max(seconds, _MINUTE)))
            self.lock.say(quantities.countdown(seconds), spoken)

    def set_rail(self, rail: bool) -> None:
        """Show icons alone."""
        self._layout.setContentsMargins(10, 8, 9 if rail else 10, 10)
        self.vault.set_rail(rail)
        self.find_box.set_rail(rail)
        for item in (*self.items.values(), self.lock):
            item.set_rail(rail)
        self.setFixedWidth(RAIL if rail else max(WIDTH, self._look.px(WIDTH)))
