"""The window round the screens: locking, closing, files that hover."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from vaultapp.core.printable import printable
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.conceal import conceal
from vaultapp.gui.drops import Drops
from vaultapp.gui.first_picture import FirstPicture
from vaultapp.gui.geometry import restore_geometry, save_geometry
from vaultapp.gui.icons import app_icon
from vaultapp.gui.locking import Locking
from vaultapp.gui.look import Look
from vaultapp.gui.screens import Screens
from vaultapp.gui.session import LockNote, Session
from vaultapp.gui.widgets.focus_ring import FocusRing
from vaultapp.gui.window_keys import WindowKeys
from vaultapp.gui.window_parts import WindowParts

if TYPE_CHECKING:
    # Qt's classes are made when they are first named, with their enumerations: not at the start.
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QResizeEvent,
        QShowEvent,
    )

    from vaultapp.contracts.vault import VaultLocking, VaultStatus
    from vaultapp.gui.pages.files_page import FilesPage
    from vaultapp.gui.unfinished import Unfinished
    from vaultapp.gui.widgets.command_palette import CommandPalette


class MainWindow(QMainWindow):
    """One vault's window. It shows what the agent's state asks for, and never blocks.

    ``lock_requested`` comes when the agent has locked, or is gone: the process is to be replaced by one that
    shows the lock screen at the same place.

    Args:
        look: Colours and fonts.
        session: The agent of the vault.
        status: Its state now; None while nobody asked for it: most vaults that are there are locked.
        parts: Everything else.
        note: Why the earlier process locked; None at a start.
    """

    lock_requested = Signal(object)  # LockNote
    hidden = Signal()  # closed, and to be brought back
    shown = Signal()
    closed = Signal()  # for good

    def __init__(
        self, look: Look, session: Session, status: VaultStatus | None, parts: WindowParts, note: LockNote | None = None
    ) -> None:
        super().__init__()
        self._look = look
        self._settings = parts.settings
        seconds = parts.settings.choices.clear_after
        self.clipboard = SecretClipboard(QGuiApplication.clipboard(), seconds, self, guards=parts.guards)
        self.locking = Locking(parts.tasks, parts.clock, self)
        self.screens = Screens(look, parts, self.clipboard, self.locking, session, note)
        self.screens.setParent(self)
        self.setCentralWidget(self.screens.host)
        self.drawn = FirstPicture(self)
        # That one is drawn in seven sizes.
        self.drawn.then(lambda: self.setWindowIcon(app_icon()))
        # Asked when the window is closed, with whether it was the desktop's cross that was pressed: true leaves it
        # hidden, behind an icon that brings it back.
        self.may_hide: Callable[[bool], bool] = lambda _pressed: False
        self._drop_page: FilesPage | None = None
        self.drops = Drops(look, self)
        self.ring = FocusRing(look, self)
        self.locking.locked.connect(self._locked)
        self.locking.failed.connect(self.screens.telling.tell_error)
        self.keys = WindowKeys(look, self.screens, self, self.lock)
        self.screens.leaving.connect(self.keys.close_palette)
        self.screens.leaving.connect(self.drops.take_dropped)
        self.screens.changed.connect(self._screen_changed)
        self.screens.lock_clicked.connect(self.lock)
        self.screens.find_clicked.connect(self.keys.open_palette)
        parts.events.checked.connect(self.screens.telling.take_finding)
        parts.events.locking.connect(self._agent_locks)
        parts.events.gone.connect(lambda: self.locking.agent_gone(self._stop_work()))
        restore_geometry(self, parts.settings)
        self.screens.use(session, status)

    @property
    def palette_shown(self) -> CommandPalette | None:
        """The command palette, while it is open."""
        return self.keys.palette_shown

    @property
    def busy(self) -> bool:
        """True while files are being worked on."""
        page = self.screens.files_page
        return page is not None and page.queue.busy

    def leave(self, then: Callable[[], object]) -> None:
        """Go on to the end of the program at once, or, while files are being worked on, when the person says so."""
        self.screens.leave(self.tr("Stop and quit"), then)

    def lock(self) -> None:
        """Lock the vault; file work stops cleanly and is offered again after unlock."""
        if self.screens.opened:
            self.keys.close_palette()
            self.clipboard.clear()
            self.screens.host.close_panel()
            self.locking.lock(self.screens.session.vault, self._stop_work())

    def _agent_locks(self, said: VaultLocking) -> None:
        self.locking.agent_locks(said, self._stop_work())

    def _stop_work(self) -> Unfinished:
        self.drops.take_dropped()
        return self.screens.stop_work()

    def _locked(self, note: LockNote) -> None:
        self.setEnabled(False)
        save_geometry(self, self._settings)
        conceal(self, self.screens.host)
        kept = note._replace(not_done=(*note.not_done, "clipboard"))
        self.clipboard.clear_then(lambda gone: self.lock_requested.emit(note if gone else kept))

    def _screen_changed(self) -> None:
        self.setWindowTitle(f"{printable(self.screens.session.path.stem)} — vaultapp")
        self.drops.taker = self.screens.drop_taker
        page = self.screens.files_page
        if page is not None and page is not self._drop_page:
            self._drop_page = page
            page.plan_changed.connect(self.drops.tell)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, or hide. While files are being worked on, ask first, if it was the desktop's cross that was pressed.

        Quitting by the program itself, or by a signal, is not asked about.
        """
        if self.may_hide(event.spontaneous()):
            event.ignore()
            save_geometry(self, self._settings)
            self.hide()
            self.hidden.emit()
            return
        if event.spontaneous() and self.busy:
            event.ignore()
            self.screens.leave(self.tr("Stop and close"), self.close)
            return
        save_geometry(self, self._settings)
        self.clipboard.clear()
        event.accept()
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Lock when the window is minimised, for who wants that."""
        super().changeEvent(event)
        minimised = event.type() == QEvent.Type.WindowStateChange and self.isMinimized()
        if minimised and self._settings.choices.lock_minimised:
            self.lock()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the panel with Escape, when nothing further in took it."""
        if event.key() == Qt.Key.Key_Escape:
            self.screens.host.close_panel()
        else:
            super().keyPressEvent(event)

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
        self.drops.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch the keyboard."""
        super().showEvent(event)
        # After the first picture: Qt's class for its handle has enumerations.
        self.drawn.then(self.ring.watch)
        self.shown.emit()
