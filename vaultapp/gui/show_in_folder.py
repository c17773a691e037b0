"""Show a file in the desktop's file manager."""

from __future__ import annotations

import os

from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QDesktopServices

from vaultapp.gui.paths import file_url, qurl

_SERVICE = "org.freedesktop.FileManager1"
_PATH = "/org/freedesktop/FileManager1"


class FolderShower:
    """Asks the file manager to select the file; where none listens, opens its folder."""

    def __init__(self) -> None:
        self._asked: set[QDBusPendingCallWatcher] = set()

    def show(self, path: bytes) -> None:
        """Show a file or folder. Returns at once."""
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            self._open_folder(path)
            return
        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, "ShowItems")
        message.setArguments([[file_url(path).decode("ascii")], ""])
        watcher = QDBusPendingCallWatcher(bus.asyncCall(message))
        self._asked.add(watcher)
        watcher.finished.connect(lambda answered: self._answered(path, answered))

    def _answered(self, path: bytes, watcher: QDBusPendingCallWatcher) -> None:
        self._asked.discard(watcher)
        if watcher.isError():
            self._open_folder(path)

    @staticmethod
    def _open_folder(path: bytes) -> None:
        QDesktopServices.openUrl(qurl(os.path.dirname(path)))
