"""Credentials in the tray: the recent ones, to be copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from vaultapp.contracts.credentials import Credential
from vaultapp.gui import quantities
from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.credentials.credential_words import kind_icon, short
from vaultapp.gui.look import Look
from vaultapp.gui.tray.tray_images import menu_icon
from vaultapp.gui.tray.window_port import TrayParts


class TrayCredentials(QObject):
    """Fills the menu each time it is about to be seen, and says when a secret is on the clipboard.

    Args:
        parts: What everything in the tray is given.
        menu: Of the icon.
        submenu: Part of it, that is filled.
    """

    copied = Signal(str, str)  # head and body of what is to be told

    def __init__(self, parts: TrayParts, menu: QMenu, submenu: QMenu) -> None:
        super().__init__(menu)
        self._look: Look = parts.look
        self._window = parts.window
        self._clipboard: SecretClipboard = parts.clipboard
        self._submenu = submenu
        self._copy = 0
        self._name = ""
        menu.aboutToShow.connect(self.fill)
        self._clipboard.left.connect(self._left)

    def fill(self) -> None:
        """Offer the recent ones of now."""
        self._submenu.clear()
        recent: Sequence[Credential] = self._window.recent()
        for credential in recent:
            # What a menu takes for a mnemonic is part of a name.
            self._add(
                kind_icon(credential.kind), short(credential.name).replace("&", "&&"), partial(self._take, credential)
            )
        if recent:
            self._submenu.addSeparator()
        self._add("search", self.tr("Search…"), self._window.search)

    def _add(self, icon: str, words: str, call: Callable[[], object]) -> None:
        action = self._submenu.addAction(menu_icon(self._look.icons, icon), words)
        action.triggered.connect(lambda *_: call())

    def _take(self, credential: Credential) -> None:
        # The next one that is copied is this one.
        self._copy, self._name = self._clipboard.copies + 1, short(credential.name)
        self._window.copy(credential)

    def _left(self, seconds: int) -> None:
        if self._copy and self._copy == self._clipboard.copies and seconds > 0:
            self._copy = 0
            body = self.tr("The clipboard clears in {left}.").format(left=quantities.duration(seconds))
            self.copied.emit(self.tr("“{name}” is copied").format(name=self._name), body)
