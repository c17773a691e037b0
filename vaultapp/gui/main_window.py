"""The window round the screens: locking, closing, files that hover, keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QWidget

from vaultapp.contracts.vault import VaultStatus
from vaultapp.core.printable import printable
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.drops import Drops
from vaultapp.gui.geometry import restore_geometry, save_geometry
from vaultapp.gui.icons import app_icon
from vaultapp.gui.locking import Locking
from vaultapp.gui.look import Look
from vaultapp.gui.page import Page
from vaultapp.gui.screens import Screens, WindowParts
from vaultapp.gui.session import LockNote, Session
from vaultapp.gui.widgets.command_palette import CommandPalette
from vaultapp.gui.widgets.focus_ring import FocusRing
from vaultapp.gui.widgets.shortcuts_sheet import ShortcutsSheet
from vaultapp.gui.widgets.side_panel import SidePanel


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
        self._clipboard = SecretClipboard(QGuiApplication.clipboard(), parts.settings.choices.clear_after, self)
        self.locking = Locking(parts.tasks, parts.clock, self)
        self.screens = Screens(look, parts, self._clipboard, self.locking, session, note)
        self.screens.setParent(self)
        self.setCentralWidget(self.screens.host)
        self.setWindowIcon(app_icon())
        self.palette_shown: CommandPalette | None = None
        self._drop_page: Page | None = None
        self.drops = Drops(look, self)
        self.ring = FocusRing(look, self)
        self.locking.locked.connect(self._locked)
        self.locking.failed.connect(self.screens.show_error)
        self.screens.leaving.connect(self._close_palette)
        self.screens.changed.connect(self._screen_changed)
        self.screens.lock_clicked.connect(self.lock)
        self.screens.find_clicked.connect(self._open_palette)
        parts.events.checked.connect(self.screens.take_finding)
        parts.events.locking.connect(self._agent_locks)
        parts.events.gone.connect(lambda: self._agent_locks("gone"))
        self._keys = self._bind_keys()
        restore_geometry(self, parts.settings)
        self.screens.use(session, status)

    def lock(self) -> None:
        """Lock the vault; file work stops cleanly and is offered again after unlock."""
        if self.screens.opened:
            self._close_palette()
            self._clipboard.clear()
            self.screens.host.close_panel()
            self.locking.lock(self.screens.session.vault, self._stop_work())

    def _bind_keys(self) -> tuple[tuple[str, str], ...]:
        """Bind the window's keys, and return what the sheet tells of them."""
        bound: tuple[tuple[str, str, Callable[[], object]], ...] = (
            (self.tr("Find anything"), "Ctrl+K", self._open_palette),
            (self.tr("Filter the page"), "Ctrl+F", lambda: self._on_page(lambda page: page.search())),
            (self.tr("New"), "Ctrl+N", lambda: self._on_page(lambda page: page.make_new())),
            (self.tr("Choose files"), "Ctrl+O", self._choose_files),
            (self.tr("Undo"), "Ctrl+Z", self.screens.toasts.undo),
            (self.tr("Next area"), "F6", self._jump),
            (self.tr("Settings"), "Ctrl+,", lambda: self._turn_to(",")),
            (self.tr("Lock"), "Ctrl+L", self.lock),
            (self.tr("This sheet"), "F1", self._open_shortcuts),
        )
        for number in range(1, 10):
            turn = partial(self._turn_to, str(number))
            QShortcut(QKeySequence(f"Ctrl+{number}"), self).activated.connect(partial(self._act, turn))
        for _, keys, call in bound:
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._act, call))
        return (
            (self.tr("Pages"), "Ctrl+1"),
            *((words, keys) for words, keys, _ in bound),
            (self.tr("Close the innermost"), "Esc"),
        )

    def _open_palette(self) -> None:
        workspace = self.screens.workspace
        if workspace is not None and self.palette_shown is None:
            self.palette_shown = CommandPalette(self._look, workspace.commands(), self)
            self.palette_shown.closed.connect(self._palette_closed)

    def _act(self, call: Callable[[], object]) -> None:
        """Do what a key says; never beneath an open palette."""
        self._close_palette()
        call()

    def _close_palette(self) -> None:
        if self.palette_shown is not None:
            self.palette_shown.close_palette()

    def _palette_closed(self) -> None:
        self.palette_shown = None

    def _open_shortcuts(self) -> None:
        self.shortcuts = ShortcutsSheet(self._look, self._keys, self)
        self.shortcuts.open()

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

    def _screen_changed(self) -> None:
        self.setWindowTitle(f"{printable(self.screens.session.path.stem)} — vaultapp")
        self.drops.taker = self.screens.drop_taker
        page = self.screens.files_page
        if page is not None and page is not self._drop_page:
            self._drop_page = page
            page.intake.looked.connect(lambda items: self.drops.tell(page.plan_of(items)))

    def _on_page(self, call: Callable[[Page], object]) -> None:
        if self.screens.workspace is not None:
            call(self.screens.workspace.page)

    def _turn_to(self, key: str) -> None:
        workspace = self.screens.workspace
        if workspace is not None:
            name = next((p.entry.name for p in workspace.places if p.entry.keys == f"Ctrl+{key}"), "")
            if name:
                workspace.turn_to(name)

    def _choose_files(self) -> None:
        if self.screens.files_page is not None:
            self.screens.files_page.choose_files()

    def _jump(self) -> None:
        """Go to the next of sidebar, page, list, panel."""
        if self.screens.workspace is None:
            return
        areas: list[tuple[QWidget, QWidget]] = list(self.screens.workspace.areas())
        panel = self.screens.host.panel
        if isinstance(panel, SidePanel):
            areas.append((panel, panel.close_button))
        areas = [area for area in areas if area[1].isVisible()]
        now = self.focusWidget()
        held = [at for at, (area, _) in enumerate(areas) if now is area or (now and area.isAncestorOf(now))]
        areas[(held[-1] + 1 if held else 0) % len(areas)][1].setFocus(Qt.FocusReason.TabFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close. While files are being worked on, ask first, if it was the desktop's cross that was pressed.

        Quitting by the program itself, or by a signal, is not asked about.
        """
        page = self.screens.files_page
        if event.spontaneous() and page is not None and page.queue.busy:
            event.ignore()
            self.screens.leave(self.tr("Stop and close"), self.close)
            return
        save_geometry(self, self._settings)
        self._clipboard.clear()
        event.accept()

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
        self.drops.overlay.setGeometry(self.rect())

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to watch the keyboard."""
        super().showEvent(event)
        self.ring.watch()
