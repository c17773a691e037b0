"""The window's place in the desktop's tray, and how the program ends."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from vaultapp.gui.look import Look
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.preload import Preload
from vaultapp.gui.window_parts import WindowParts

if TYPE_CHECKING:
    from vaultapp.contracts.credentials import Credential
    from vaultapp.gui.guarding.clipboard_reading import ClipboardReading
    from vaultapp.gui.tray.tray_desk import TrayDesk
    from vaultapp.gui.tray.tray_host import TrayHost

_CODE = (
    "PySide6.QtDBus",
    "vaultapp.gui.tray.status_notifier",
    "vaultapp.gui.tray.tray_menu",
    "vaultapp.gui.tray.tray_icon",
    "vaultapp.gui.tray.tray_host",
    "vaultapp.gui.tray.tray_desk",
    "vaultapp.gui.guarding.clipboard_reading",
)


class WindowTray(QObject):
    """Ends the program when the window is closed and no tray keeps it.

    Args:
        app: The program.
        look: Colours and fonts.
        window: The main window.
        parts: As it was given.
        come: Brings it to the front.
    """

    def __init__(
        self, app: QApplication, look: Look, window: MainWindow, parts: WindowParts, come: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._app = app
        self._look = look
        self._window = window
        self._parts = parts
        self._come = come
        self.desk: TrayDesk | None = None
        # A small window that is closed while the main one is hidden would be the last of all.
        app.setQuitOnLastWindowClosed(False)
        window.closed.connect(app.quit, Qt.ConnectionType.QueuedConnection)
        app.commitDataRequest.connect(self._session_ends)

    def build_later(self) -> None:
        """Build it when the window has nothing else to do: the first picture waits neither for it nor for its code."""
        Preload(_CODE, self).then(self, self.build)

    def build(self, host: TrayHost | None = None, reading: ClipboardReading | None = None) -> TrayDesk:
        """Put the icon into the tray, now or when there is one.

        Args:
            host: The desktop; as Qt reaches it, if none is given.
            reading: Of its clipboard; as this kind of desktop lets it be read, if none is given.
        """
        from vaultapp.gui.guarding.clipboard_reading import ClipboardReading
        from vaultapp.gui.tray.tray_desk import TrayDesk
        from vaultapp.gui.tray.tray_host import TrayHost
        from vaultapp.gui.tray.window_port import TrayParts, WindowPort

        window, parts = self._window, self._parts
        screens = window.screens
        port = WindowPort(
            session=lambda: screens.session,
            state=lambda: screens.state,
            absent=lambda: screens.vault_screen is not None and screens.vault_screen.vault_absent,
            open_for_programs=lambda: screens.vault_screen is not None and screens.vault_screen.open_for_programs,
            come=self._come,
            lock=window.lock,
            lock_everything=self._lock_everything,
            leave=self._leave,
            take=screens.confirm,
            recent=lambda: screens.workspace.recent.five if screens.workspace is not None else (),
            copy=self._copy,
            search=self._search,
            rotate_due=self._rotate_due,
        )
        reading = reading or ClipboardReading.of(QApplication.clipboard(), QApplication.platformName(), parts.tasks)
        desktop = os.environ.get("XDG_CURRENT_DESKTOP", "")
        tray = TrayParts(self._look, parts.tasks, parts.clock, parts.settings, window.clipboard, reading, port, desktop)
        self.desk = desk = TrayDesk(tray, host or TrayHost(parts.tasks, window), window)
        window.may_hide = desk.may_hide
        window.hidden.connect(desk.window_hidden)
        window.shown.connect(desk.window_shown)
        screens.changed.connect(desk.show_state)
        parts.languages.changed.connect(desk.retranslate)
        parts.events.locking.connect(lambda _said: desk.close_small())
        parts.events.gone.connect(desk.close_small)
        return desk

    def quit(self) -> None:
        """End the program, whatever the window is doing."""
        self._let_go()
        self._app.quit()

    def _leave(self) -> None:
        """End the program; while files are being worked on, the window asks first."""
        if self._window.busy:
            self._come()
        self._window.leave(self.quit)

    def _copy(self, credential: Credential) -> None:
        workspace = self._window.screens.workspace
        if workspace is not None:
            workspace.desk.actions.copy(credential)

    def _search(self) -> None:
        self._come()
        self._window.keys.open_palette()

    def _rotate_due(self) -> None:
        """Rotate what is due. How that ends is said on the page, whether anybody looks or not."""
        workspace = self._window.screens.workspace
        if workspace is not None:
            workspace.turn_to("credentials")
            self._come()
            workspace.desk.rotations.rotate_due()

    def _lock_everything(self) -> None:
        """What the agent then says replaces this window; what it cannot do is said on the screen."""
        from vaultapp.gui.lock_screen import LockScreen

        screen = self._window.screens.vault_screen
        if isinstance(screen, LockScreen):
            screen.lock_everything()

    def _session_ends(self, _manager: object) -> None:
        if self.desk is not None:
            self.desk.session_ends()

    def _let_go(self) -> None:
        # Qt closes every window before it quits, and one that hides instead would keep the program.
        if self.desk is not None:
            self.desk.leave()
