"""Sidebar and pages of an unlocked vault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from vaultapp.contracts.vault import VaultStatus
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.printable import printable
from vaultapp.gui.commands import Command, Shortcut
from vaultapp.gui.credentials.credential_desk import CredentialDesk
from vaultapp.gui.credentials.due_offer import DueOffer
from vaultapp.gui.credentials.recent_credentials import RecentCredentials
from vaultapp.gui.kept_pages import KeptPages
from vaultapp.gui.key_shelf import KeyShelf
from vaultapp.gui.look import Look
from vaultapp.gui.page import Page, PageParts
from vaultapp.gui.pages.activity_page import ActivityPage
from vaultapp.gui.pages.credentials_page import CredentialsPage
from vaultapp.gui.pages.files_page import FilesPage
from vaultapp.gui.pages.keys_page import KeysPage
from vaultapp.gui.pages.settings_page import SettingsPage
from vaultapp.gui.pages.text_page import TextPage
from vaultapp.gui.screen import Screen
from vaultapp.gui.when_idle import WhenIdle
from vaultapp.gui.widgets.layouts import column, frame
from vaultapp.gui.widgets.notices import Notices
from vaultapp.gui.widgets.sidebar import Entry, Sidebar
from vaultapp.gui.widgets.toast import Toasts

_RAIL_BELOW = 1060
_PageT = TypeVar("_PageT", bound=Page)


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the sidebar and its page.

    Attributes:
        entry: Name, title, icon, keys.
        page: Returns the page; the first time it is built.
    """

    entry: Entry
    page: Callable[[], Page]


class Workspace(Screen):
    """What stands in the window while the vault is open: one page at a time.

    A page takes a while to build. The others than the first one are built when they are turned to, or when the window
    has nothing else to do.

    Args:
        look: Colours and fonts.
        status: Of the open vault.
        parts: What the pages are given.
        stack: What it stands in, from the beginning.
        first: Name of the page that is shown first.
        kept: Of the pages that these take the place of.

    Attributes:
        built: The pages that there are so far, by their names.
        status: The vault's when it was opened.
    """

    tells_findings = True
    vault_state = VaultState.UNLOCKED
    lock_clicked = Signal()
    find_clicked = Signal()
    error_raised = Signal(object)
    turned = Signal(str)  # name of the page that is shown now

    def __init__(
        self,
        look: Look,
        status: VaultStatus,
        parts: PageParts,
        stack: QWidget,
        first: str = "",
        kept: KeptPages | None = None,
    ) -> None:
        super().__init__(stack)
        self._look = look
        self._parts = parts
        self._kept = kept
        self.status = status
        self.built: dict[str, Page] = {}
        self.places = self._numbered(
            (self.tr("Files"), "files", "file-lock", lambda: self.files),
            (self.tr("Text"), "text", "letter-text", lambda: self.text),
            (self.tr("Credentials"), "credentials", "rectangle-ellipsis", lambda: self.credentials),
            (self.tr("Keys"), "keys", "key-round", lambda: self.keys),
            (self.tr("Activity"), "activity", "activity", lambda: self.activity),
        )
        settings = Entry("settings", self.tr("Settings"), "settings-2", "Ctrl+,", foot=True)
        self.places = (*self.places, Place(settings, lambda: self.settings))
        self.sidebar = Sidebar(look, printable(status.name), [place.entry for place in self.places])
        # Of the vault as a whole: above every page.
        self.notices = Notices(look, above=16)
        self.pages = QStackedWidget()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        # Toasts stand over it: screen readers see of a stack only its pages.
        self._ground = frame(column(self.notices, (self.pages, 1), gap=0), "page")
        layout.addWidget(self._ground, 1)
        self.sidebar.lock_clicked.connect(self.lock_clicked)
        self.sidebar.find_clicked.connect(self.find_clicked)
        self.sidebar.page_wanted.connect(self.turn_to)
        self._first = first
        self._page: Page | None = None
        self._idle = WhenIdle(self)
        parts.shelf.failed.connect(self.error_raised)
        for shelf in (parts.shelf, parts.desk.shelf):
            if not shelf.loaded:
                shelf.refresh()
        parts.desk.shelf.failed.connect(self.error_raised)
        turn = partial(self.turn_to, "credentials")
        self.recent = RecentCredentials(parts.desk, parts.settings, parts.vault_id, self)
        self.due_offer = DueOffer(look, parts.desk.rotations, self.notices, turn, self)

    @cached_property
    def files(self) -> FilesPage:
        """Seals and opens files."""
        kept = self._kept.files if self._kept else None
        return self._add("files", FilesPage(self._look, self._parts, self.pages, kept))

    @cached_property
    def text(self) -> TextPage:
        """Encrypts and decrypts small text."""
        kept = self._kept.text if self._kept else None
        return self._add("text", TextPage(self._look, self._parts, self.pages, kept))

    @cached_property
    def credentials(self) -> CredentialsPage:
        """Shows, changes and rotates the credentials."""
        return self._add("credentials", CredentialsPage(self._look, self._parts, self.pages))

    @cached_property
    def keys(self) -> KeysPage:
        """Shows and changes the keys."""
        page = self._add("keys", KeysPage(self._look, self._parts, self.pages))
        page.rewrap_wanted.connect(self._rewrap)
        return page

    @cached_property
    def activity(self) -> ActivityPage:
        """Shows what was done."""
        return self._add("activity", ActivityPage(self._look, self._parts, self.pages))

    @cached_property
    def settings(self) -> SettingsPage:
        """Shows and changes how the vault behaves here."""
        return self._add("settings", SettingsPage(self._look, self._parts, self.pages))

    @property
    def shelf(self) -> KeyShelf:
        """The vault's keys."""
        return self._parts.shelf

    @property
    def desk(self) -> CredentialDesk:
        """The vault's credentials."""
        return self._parts.desk

    @property
    def toasts(self) -> Toasts:
        """Say what was done, with a way back."""
        return self._parts.toasts

    @property
    def page(self) -> Page:
        """The page that is shown; the first one is built when it is asked for."""
        if self._page is None:
            shown = self._place(self._first)
            self._page = shown.page()
            self.pages.setCurrentWidget(self._page)
            self.sidebar.show_page(shown.entry.name)
        return self._page

    @property
    def message_place(self) -> Notices:
        """Where what went wrong is said: on the page."""
        return self.page.notices

    @property
    def ground(self) -> QWidget:
        """The page and its messages, beside the sidebar."""
        return self._ground

    def come_back(self) -> None:
        """Take the focus again, where the person left."""
        self.sidebar.vault.setFocus()

    def turn_to(self, name: str) -> None:
        """Show a page; the first one for a name that is not known."""
        place = self._place(name)
        page = place.page()
        if page is not self._page:
            now = self.window().focusWidget()
            # Who goes through the sidebar by keyboard stays there.
            stays = now is not None and self.sidebar.isAncestorOf(now)
            self._page = page
            self._parts.panels.close_panel()
            self.pages.setCurrentWidget(page)
            self.sidebar.show_page(place.entry.name)
            page.entered()
            if not stays:
                self.go_to_start()
            self.turned.emit(place.entry.name)

    def go_to_start(self) -> None:
        """Give the focus to what a person uses first on the page."""
        self.page.start.setFocus(Qt.FocusReason.OtherFocusReason)

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
        return [*pages, lock, *(command for place in self.places for command in place.page().commands())]

    def shortcuts(self) -> Sequence[tuple[str, Sequence[Shortcut]]]:
        """Return the keys that single pages listen to, by the pages' titles."""
        told = [(place.entry.title, place.page().shortcuts()) for place in self.places]
        return [(title, keys) for title, keys in told if keys]

    def areas(self) -> tuple[tuple[QWidget, QWidget], ...]:
        """Return what F6 jumps between, in reading order, each with what gets the focus there."""
        current = next(item for item in self.sidebar.items.values() if item.isChecked())
        return (self.sidebar, current), *self.page.areas()

    def _place(self, name: str) -> Place:
        return next((place for place in self.places if place.entry.name == name), self.places[0])

    def _add(self, name: str, page: _PageT) -> _PageT:
        self.pages.addWidget(page)
        self.built[name] = page
        page.error_raised.connect(self.error_raised)
        page.wanted.connect(lambda: self.turn_to(name))
        return page

    def _rewrap(self, paths: tuple[bytes, ...]) -> None:
        self.files.rewrap(paths)
        self.turn_to("files")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the sidebar a rail in a narrow window."""
        super().resizeEvent(event)
        self.sidebar.set_rail(self.window().width() < _RAIL_BELOW)

    def showEvent(self, event: QShowEvent) -> None:
        """Build the pages that nobody has asked for yet, when there is nothing else to do."""
        super().showEvent(event)
        for place in self.places:
            if place.entry.name not in self.built:
                self._idle.add(place.page)

    @staticmethod
    def _numbered(*pages: tuple[str, str, str, Callable[[], Page]]) -> Sequence[Place]:
        return [
            Place(Entry(name, title, icon, f"Ctrl+{number}"), page)
            for number, (title, name, icon, page) in enumerate(pages, 1)
        ]
