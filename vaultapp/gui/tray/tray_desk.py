"""Everything in the tray: the icon, its menu, what opens from it, and when the window may hide behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.printable import printable
from vaultapp.gui.tray.tray_credentials import TrayCredentials
from vaultapp.gui.tray.tray_host import TrayHost
from vaultapp.gui.tray.tray_icon import TrayIcon
from vaultapp.gui.tray.tray_images import TrayImages
from vaultapp.gui.tray.tray_menu import TrayMenu
from vaultapp.gui.tray.window_port import TrayParts

if TYPE_CHECKING:
    from vaultapp.gui.tray.encrypt_clipboard import EncryptClipboard
    from vaultapp.gui.tray.quick_decrypt import QuickDecrypt

# A window that starts hidden comes to the front when no tray is there after so long.
GRACE_MS = 5000


class TrayDesk(QObject):
    """The window never hides where there is no tray, and comes back when the tray goes.

    Args:
        parts: What everything in the tray is given.
        host: The desktop.
        parent: The window; until this goes.
    """

    def __init__(self, parts: TrayParts, host: TrayHost, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts = parts
        self._hidden = False
        self._leaving = False
        self._session_ends = False
        self._quick: QuickDecrypt | None = None
        self._encrypting: EncryptClipboard | None = None
        window = parts.window
        self.menu = TrayMenu(parts.look, parent)
        self.icon = TrayIcon(host, TrayImages(parts.look.icons, parts.desktop), self.menu, parts.clock.monotonic, self)
        self.icon.pressed.connect(window.come)
        self.icon.went.connect(self._tray_went)
        self.menu.open_wanted.connect(window.come)
        self.menu.unlock_wanted.connect(window.come)
        self.menu.decrypt_wanted.connect(self.decrypt)
        self.menu.encrypt_wanted.connect(self.encrypt)
        self.menu.due_wanted.connect(window.rotate_due)
        self.credentials = TrayCredentials(parts, self.menu, self.menu.credentials)
        self.credentials.copied.connect(self.icon.tell)
        self.menu.lock_wanted.connect(window.lock)
        self.menu.lock_everything_wanted.connect(window.lock_everything)
        self.menu.quit_wanted.connect(window.leave)
        self.show_state()
        self.icon.look()

    @property
    def quick(self) -> QuickDecrypt | None:
        """The small window that decrypts, while it is open."""
        found = self._quick
        return found if found is not None and isValid(found) and not found.ended else None

    @property
    def encrypting(self) -> EncryptClipboard:
        """Encrypts the clipboard; its code is loaded when it is wanted."""
        if self._encrypting is None:
            from vaultapp.gui.tray.encrypt_clipboard import EncryptClipboard

            self._encrypting = EncryptClipboard(self._parts, self)
            self._encrypting.done.connect(self.icon.tell)
        return self._encrypting

    def show_state(self) -> None:
        """Show the vault's name and state."""
        window = self._parts.window
        state, name = window.state(), printable(window.session().path.stem)
        says = {
            VaultState.UNLOCKED: self.tr("{name}, unlocked"),
            VaultState.MISSING: self.tr("{name} is not at its place") if window.absent() else self.tr("No vault yet"),
        }
        for_programs = window.open_for_programs()
        locked = self.tr("{name}, open for programs") if for_programs else self.tr("{name}, locked")
        told = says.get(state, locked).format(name=name)
        self.icon.show_state(told, opened=state is VaultState.UNLOCKED)
        self.menu.show_state(told, state, for_programs=for_programs)
        self.credentials.fill()

    def retranslate(self) -> None:
        """Say everything in the language of now. What opened from the tray closes: it is in another one."""
        self.close_small()
        self.show_state()

    def decrypt(self) -> None:
        """Decrypt what the clipboard holds, in a small window."""
        from vaultapp.gui.tray.quick_decrypt import QuickDecrypt

        quick = self.quick
        if quick is None:
            quick = self._quick = QuickDecrypt(self._parts)
        quick.come()
        quick.read_clipboard()

    def encrypt(self) -> None:
        """Put an encrypted text in place of what the clipboard holds."""
        self.encrypting.encrypt()

    def close_small(self) -> None:
        """Close what opened from the tray: the vault locks."""
        quick = self.quick
        if quick is not None:
            # Locking has hidden it already perhaps, and who closes what is hidden is not heard.
            quick.reject()
        if self._encrypting is not None:
            self._encrypting.close()

    def may_hide(self, pressed: bool) -> bool:
        """Tell whether closing the window leaves the icon, by which it comes back; by what is known, at once.

        Args:
            pressed: It was the desktop's cross; the end of the session closes it by the program.
        """
        if pressed:
            # Who presses it is still here: that session did not end.
            self._session_ends = False
        ends = self._leaving or self._session_ends
        return not ends and self._parts.settings.choices.keep_in_tray and self.icon.present

    def window_hidden(self) -> None:
        """The window was closed, and hides. The first time that is said."""
        self._set_hidden(hidden=True)
        settings = self._parts.settings
        if not settings.choices.told_of_tray:
            settings.choose(told_of_tray=True)
            body = self.tr("Its icon brings it back. Quit in the icon's menu ends it. The settings can change that.")
            self.icon.tell(self.tr("vaultapp stays in the tray"), body)

    def window_shown(self) -> None:
        """It is back."""
        self._session_ends = False
        self._set_hidden(hidden=False)

    def start_hidden(self) -> None:
        """The window is not shown at the start; it comes when there is no tray after a moment."""
        self._set_hidden(hidden=True)
        QTimer.singleShot(GRACE_MS, self, self._look_for_tray)

    def leave(self) -> None:
        """The program ends: closing the window hides it no more."""
        self._leaving = True

    def session_ends(self) -> None:
        """The session is about to end, if nobody cancels that: the close that follows is for good."""
        self._session_ends = True

    def _set_hidden(self, *, hidden: bool) -> None:
        self._hidden = hidden
        self.icon.closely = hidden
        self.icon.look()

    def _look_for_tray(self) -> None:
        self.icon.look()
        if not self.icon.present:
            self._tray_went()

    def _tray_went(self) -> None:
        if self._hidden and not self._leaving:
            self._parts.window.come()
