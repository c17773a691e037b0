"""Sidebar and pages of an unlocked vault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from vaultapp.contracts.vault import VaultStatus
from vaultapp.core.printable import printable
from vaultapp.gui.commands import Command
from vaultapp.gui.key_shelf import KeyShelf
from vaultapp.gui.look import Look
from vaultapp.gui.page import Page, PageParts
from vaultapp.gui.pages.activity_page import ActivityPage
from vaultapp.gui.pages.files_page import FilesPage
from vaultapp.gui.pages.keys_page import KeysPage
from vaultapp.gui.pages.settings_page import SettingsPage
from vaultapp.gui.pages.text_page import TextPage
from vaultapp.gui.widgets.layouts import column, frame
from vaultapp.gui.widgets.notices import Notices
from vaultapp.gui.widgets.sidebar import Entry, Sidebar

_RAIL_BELOW = 1060


@dataclass(frozen=True, slots=True)
class Place:
    """A page and its entry in the sidebar."""

    entry: Entry
    page: Page


class Workspace(QWidget):
    """What stands in the window while the vault is open: one page at a time.

    Args:
        look: Colours and fonts.
        status: Of the open vault.
        parts: What the pages are given.
    """

    lock_clicked = Signal()
    find_clicked = Signal()
    error_raised = Signal(object)
    turned = Signal(str)  # name of the page that is shown now

    def __init__(self, look: Look, status: VaultStatus, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self.files = FilesPage(look, parts)
        self.text = TextPage(look, parts)
        self.keys = KeysPage(look, parts)
        self.activity = ActivityPage(look, parts)
        self.settings = SettingsPage(look, parts)
        self.places = self._numbered(
            (self.tr("Files"), "files", "file-lock", self.files),
            (self.tr("Text"), "text", "letter-text", self.text),
            (self.tr("Keys"), "keys", "key-round", self.keys),
            (self.tr("Activity"), "activity", "activity", self.activity),
        )
        settings = Entry("settings", self.tr("Settings"), "settings-2", "Ctrl+,", foot=True)
        self.places = (*self.places, Place(settings, self.settings))
        self.sidebar = Sidebar(look, printable(status.name), [place.entry for place in self.places])
        # Of the vault as a whole: above every page.
        self.notices = Notices(look, above=16)
        self.pages = QStackedWidget()
        for place in self.places:
            self.pages.addWidget(place.page)
            place.page.error_raised.connect(self.error_raised)
            place.page.wanted.connect(lambda name=place.entry.name: self.turn_to(name))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        # Toasts stand over it: screen readers see of a stack only its pages.
        self.ground = frame(column(self.notices, (self.pages, 1), gap=0), "page")
        layout.addWidget(self.ground, 1)
        self.sidebar.lock_clicked.connect(self.lock_clicked)
        self.sidebar.find_clicked.connect(self.find_clicked)
        self.sidebar.page_wanted.connect(self.turn_to)
        self.keys.rewrap_wanted.connect(self._rewrap)
        self.sidebar.show_page("files")
        parts.shelf.failed.connect(self.error_raised)
        parts.shelf.refresh()

    @property
    def shelf(self) -> KeyShelf:
        """The vault's keys."""
        return self._parts.shelf

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return next(place.page for place in self.places if place.page is self.pages.currentWidget())

    def turn_to(self, name: str) -> None:
        """Show a page; the first one for a name that is not known."""
        place = next((place for place in self.places if place.entry.name == name), self.places[0])
        if place.page is not self.pages.currentWidget():
            self._parts.panels.close_panel()
            self.pages.setCurrentWidget(place.page)
            self.sidebar.show_page(place.entry.name)
            place.page.entered()
            self.turned.emit(place.entry.name)

    def commands(self) -> Sequence[Command]:
        """Return what the command palette offers: pages, what can be done, and what the pages hold."""
        pages = [
            Command(
                place.entry.title,
                self.tr("Page"),
                partial(self.turn_to, place.entry.name),
                place.entry.icon,
                keys=place.entry.keys,
            )
            for place in self.places
        ]
        lock = Command(self.tr("Lock"), self.tr("Action"), self.lock_clicked.emit, "lock", keys="Ctrl+L")
        return [*pages, lock, *(command for place in self.places for command in place.page.commands())]

    def areas(self) -> tuple[tuple[QWidget, QWidget], ...]:
        """Return what F6 jumps between, in reading order, each with what gets the focus there."""
        current = next(item for item in self.sidebar.items.values() if item.isChecked())
        return (self.sidebar, current), *self.page.areas()

    def _rewrap(self, paths: tuple[bytes, ...]) -> None:
        self.files.rewrap(paths)
        self.turn_to("files")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the sidebar a rail in a narrow window."""
        super().resizeEvent(event)
        self.sidebar.set_rail(self.window().width() < _RAIL_BELOW)

    @staticmethod
    def _numbered(*pages: tuple[str, str, str, Page]) -> Sequence[Place]:
        return [
            Place(Entry(name, title, icon, f"Ctrl+{number}"), page)
            for number, (title, name, icon, page) in enumerate(pages, 1)
        ]
