"""One icon in the desktop's tray."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from vaultapp.gui.tray.notification_server import NotificationServer

_NOTE_MS = 10_000
_OPENS = frozenset(
    {
        QSystemTrayIcon.ActivationReason.Trigger,
        QSystemTrayIcon.ActivationReason.DoubleClick,
        QSystemTrayIcon.ActivationReason.MiddleClick,
    }
)


class TrayEntry:
    """Shown until it is removed. Made only where there is a tray: Qt asks the bus for it, and waits for the answer.

    Args:
        icon: The picture.
        tip: Words about it.
        menu: Opens on it.
        opened: Called when somebody presses it.
        server: Shows what the icon tells, as a notification of the desktop; None where the icon itself shows it.
    """

    def __init__(
        self, icon: QIcon, tip: str, menu: QMenu, opened: Callable[[], object], server: NotificationServer | None = None
    ) -> None:
        self._server = server
        self._removed = False
        self._icon = QSystemTrayIcon(icon)
        self._icon.setToolTip(tip)
        self._icon.setContextMenu(menu)
        self._icon.activated.connect(lambda reason: opened() if reason in _OPENS else None)
        self._icon.show()

    def change(self, icon: QIcon, tip: str) -> None:
        """Show another picture, and other words about it."""
        self._icon.setIcon(icon)
        self._icon.setToolTip(tip)

    def tell(self, head: str, body: str) -> None:
        """Show a notification of the desktop; returns at once."""
        if self._server is None:
            self._show(head, body)
        else:
            self._server.when_there(lambda: self._show(head, body))

    def remove(self) -> None:
        """Take the icon away."""
        self._removed = True
        self._icon.hide()
        self._icon.deleteLater()

    def _show(self, head: str, body: str) -> None:
        if not self._removed:
            self._icon.showMessage(head, body, self._icon.icon(), _NOTE_MS)
