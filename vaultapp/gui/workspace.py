"""Sidebar, page and side panel of an unlocked vault."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vaultapp.contracts.vault import VaultStatus
from vaultapp.core.printable import printable
from vaultapp.gui.look import Look
from vaultapp.gui.pages.files_page import FilesPage, FilesPageParts
from vaultapp.gui.widgets.layouts import frame, row
from vaultapp.gui.widgets.sidebar import Sidebar

_RAIL_BELOW = 1060


class Workspace(QWidget):
    """What stands in the window while the vault is open.

    Args:
        look: Colours and fonts.
        status: Of the open vault.
        parts: What the pages are given.
    """

    lock_clicked = Signal()

    def __init__(self, look: Look, status: VaultStatus, parts: FilesPageParts) -> None:
        super().__init__()
        self.sidebar = Sidebar(look, printable(status.name))
        self.files = FilesPage(look, parts)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        layout.addWidget(frame(row(self.files), "page"), 1)
        self.sidebar.lock_clicked.connect(self.lock_clicked)
        self.files.refresh_keys()

    def areas(self) -> tuple[tuple[QWidget, QWidget], ...]:
        """Return what F6 jumps between, in reading order, each with what gets the focus there.

        The list is part of the page and comes after it: the last area that holds the focus counts.
        """
        page, view = self.files, self.files.work.view
        return (self.sidebar, self.sidebar.files), (page, page.zone.first_button), (view, view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the sidebar a rail in a narrow window."""
        super().resizeEvent(event)
        self.sidebar.set_rail(self.window().width() < _RAIL_BELOW)
