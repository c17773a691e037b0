"""What every page of an open vault has, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vaultapp.core.clock import Clock
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.commands import Command, Shortcut
from vaultapp.gui.credentials.credential_desk import CredentialDesk
from vaultapp.gui.key_shelf import KeyShelf
from vaultapp.gui.languages import Languages
from vaultapp.gui.locking import Locking
from vaultapp.gui.look import Look
from vaultapp.gui.session import Session
from vaultapp.gui.show_in_folder import FolderShower
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.notices import Notices
from vaultapp.gui.widgets.page_head import PageHead
from vaultapp.gui.widgets.panel_host import PanelHost
from vaultapp.gui.widgets.toast import Toasts
from vaultapp.gui.window_settings import WindowSettings

if TYPE_CHECKING:
    from vaultapp.desktop.autostart import Autostart


@dataclass(frozen=True, slots=True)
class PageParts:
    """What pages are given by the window.

    Attributes:
        session: The agent of the open vault.
        shelf: The vault's keys, kept up to date for all pages.
        desk: The vault's credentials, and what changes them.
        tasks: Runs calls off the window's thread.
        clock: Source of time.
        settings: What is remembered between starts.
        languages: Which one is shown.
        clipboard: For secrets.
        locking: Puts a copy in the vault's place, which locks.
        shower: Shows files in the desktop's file manager.
        panels: Shows a side panel.
        toasts: Says what was done, with a way back.
        vault_id: Under which choices are remembered.
        autostart: Returns what turns the start at login on and off; None where nothing can be said of that.
    """

    session: Session
    shelf: KeyShelf
    desk: CredentialDesk
    tasks: TaskRunner
    clock: Clock
    settings: WindowSettings
    languages: Languages
    clipboard: SecretClipboard
    locking: Locking
    shower: FolderShower
    panels: PanelHost
    toasts: Toasts
    vault_id: str
    autostart: Callable[[], Autostart] | None = None


class Page(QWidget):
    """Head, messages under it, and below them the page's own parts, which a subclass adds to ``body``.

    A page holds no rules and never blocks: what it asks of the vault goes to the task runner, and what went
    wrong goes up by ``error_raised``.

    Args:
        look: Colours and fonts.
        stack: What it stands in; from the beginning, because a widget that gets another parent is dressed anew with
            all that is in it.
        title: The page's name.
        filter_hint: Placeholder of the head's filter; empty for none.
        filter_icon: Of the head's filter.
    """

    error_raised = Signal(object)
    wanted = Signal()  # the page has something to show, whichever page is shown now

    def __init__(
        self, look: Look, stack: QWidget, title: str, filter_hint: str = "", filter_icon: str = "list-filter"
    ) -> None:
        super().__init__(stack)
        self.look = look
        self.head = PageHead(look, title, filter_hint, filter_icon)
        self.notices = Notices(look)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.notices)
        layout.addLayout(self.body, 1)

    def entered(self) -> None:
        """The page was turned to. Where the focus goes is its :attr:`start`."""

    @property
    def start(self) -> QWidget:
        """What a person who turns to the page uses first: it gets the focus."""
        return self.areas()[0][1]

    def make_new(self) -> None:
        """Ctrl+N: begin to make what the page lists."""

    def commands(self) -> Sequence[Command]:
        """Return what the command palette offers of this page."""
        return ()

    def shortcuts(self) -> Sequence[Shortcut]:
        """Return the keys that only this page listens to."""
        return ()

    def search(self) -> None:
        """Ctrl+F: go to the filter."""
        if self.head.filter is not None:
            self.head.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.head.filter.selectAll()

    def areas(self) -> tuple[tuple[QWidget, QWidget], ...]:
        """Return what F6 jumps between, in reading order, each with what gets the focus there.

        A list that is part of the page comes after it: the last area that holds the focus counts.
        """
        return ((self, self),)
