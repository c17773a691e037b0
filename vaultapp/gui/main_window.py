"""The window round the screens: locking, closing, files that hover, keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QWidget

from vaultapp.contracts.vault import VaultChecked, VaultStatus
from vaultapp.core.printable import printable
from vaultapp.gui import messages
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.drops import Drops
from vaultapp.gui.geometry import restore_geometry, save_geometry
from vaultapp.gui.icons import app_icon
from vaultapp.gui.locking import Locking
from vaultapp.gui.look import Look
from vaultapp.gui.pages.files_page import FilesPage
from vaultapp.gui.screens import Screens, WindowParts
from vaultapp.gui.session import LockNote, Session
from vaultapp.gui.widgets.details_panel import DetailsPanel
from vaultapp.gui.widgets.focus_ring import FocusRing
from vaultapp.gui.widgets.message_bar import MessageBar
from vaultapp.gui.workspace import Workspace


class MainWindow(QMainWindow):
    """One vault's window. It shows what the agent's state asks for, and never blocks.

    ``lock_requested`` comes when the agent has locked, or is gone: the process is to be replaced by one that
    shows the lock screen at the same place.

    Args:
        look: Colours and fonts.
        session: The agent of the vault.
        status: Its state now.
        parts: Everything else.
        note: Why the earlier process locked; None at a start.
    """

    lock_requested = Signal(object)  # LockNote

    def __init__(
        self, look: Look, session: Session, status: VaultStatus, parts: WindowParts, note: LockNote | None = None
    ) -> None:
        super().__init__()
        self._look = look
        self._settings = parts.settings
        self._close_bar: MessageBar | None = None
        self._clipboard = SecretClipboard(QGuiApplication.clipboard(), parent=self)
        self.screens = Screens(look, parts, self._clipboard, session, note)
        self.screens.setParent(self)
        self.setCentralWidget(self.screens.host)
        self.setWindowIcon(app_icon())
        self.drops = Drops(look, self)
        self.ring = FocusRing(look, self)
        self.locking = Locking(parts.tasks, parts.clock, self)
        self.locking.locked.connect(self._locked)
        self.locking.failed.connect(self.screens.show_error)
        self.screens.changed.connect(self._screen_changed)
        self.screens.lock_clicked.connect(self.lock)
        parts.events.checked.connect(self._checked)
        parts.events.locking.connect(self._agent_locks)
        parts.events.gone.connect(lambda: self._agent_locks("gone"))
        for keys, call in (("Ctrl+L", self.lock), ("Ctrl+O", self._choose_files), ("F6", self._jump)):
            QShortcut(QKeySequence(keys), self).activated.connect(call)
        QShortcut(QKeySequence("Escape"), self).activated.connect(self.screens.host.close_panel)
        restore_geometry(self, parts.settings)
        self.screens.use(session, status)

    def lock(self) -> None:
        """Lock the vault; file work stops cleanly and is offered again after unlock."""
        if self.screens.files_page is not None:
            self._clipboard.clear()
            self.screens.host.close_panel()
            self.locking.lock(self.screens.session.vault, self._stop_work())

    def _stop_work(self) -> tuple[bytes, ...]:
        page = self.screens.files_page
        return page.queue.cancel_all() if page is not None else ()

    def _agent_locks(self, reason: str) -> None:
        self.locking.agent_locks(reason, self._stop_work())

    def _locked(self, note: LockNote) -> None:
        self.setEnabled(False)
        save_geometry(self, self._settings)
        self._clipboard.clear()
        self.lock_requested.emit(note)

    def _checked(self, checked: VaultChecked) -> None:
        if checked.code:
            self.screens.tell(messages.message(checked.code, checked.facts))

    def _screen_changed(self) -> None:
        self.setWindowTitle(f"{printable(self.screens.session.path.stem)} — vaultapp")
        self.drops.taker = self.screens.drop_taker
        page = self.screens.files_page
        if page is not None:
            page.intake.looked.connect(lambda items: self.drops.tell(page.plan_of(items)))

    def _choose_files(self) -> None:
        if self.screens.files_page is not None:
            self.screens.files_page.choose_files()

    def _jump(self) -> None:
        """Go to the next of sidebar, page, list, panel."""
        if not isinstance(self.screens.shown, Workspace):
            return
        areas: list[tuple[QWidget, QWidget]] = list(self.screens.shown.areas())
        panel = self.screens.host.panel
        if isinstance(panel, DetailsPanel):
            areas.append((panel, panel.close_button))
        areas = [area for area in areas if area[1].isVisible()]
        now = self.focusWidget()
        held = [at for at, (area, _) in enumerate(areas) if now is area or (now and area.isAncestorOf(now))]
        areas[(held[-1] + 1 if held else 0) % len(areas)][1].setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_close(self, page: FilesPage) -> None:
        if self._close_bar is not None:
            page.notices.remove(self._close_bar)
        head = self.tr("Files are still being worked on.")
        bar = MessageBar(
            self._look, "warn", head, self.tr("Closing stops that; nothing half made is left."), closable=True
        )
        bar.add_action(self.tr("Stop and close"), self._close_now)
        page.notices.add(bar)
        self._close_bar = bar

    def _close_now(self) -> None:
        self._stop_work()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close. While files are being worked on, ask first, if it was the desktop's cross that was pressed.

        Quitting by the program itself, or by a signal, is not asked about.
        """
        page = self.screens.files_page
        if event.spontaneous() and page is not None and page.queue.busy:
            event.ignore()
            self._ask_close(page)
            return
        save_geometry(self, self._settings)
        self._clipboard.clear()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files begin to hover."""
        self.drops.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """They move."""
        self.drops.move(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """They leave."""
        self.drops.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """They are dropped."""
        self.drops.drop(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the overlay over everything."""
        super().resizeEvent(event)
        self.drops.overlay.setGeometry(self.rect())

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch the keyboard."""
        super().showEvent(event)
        self.ring.watch()
