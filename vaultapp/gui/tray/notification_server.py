"""What shows the desktop's notifications, as far as it answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

_SERVER = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
# Later a notification is no news any more.
ANSWER_MS = 5000


class NotificationServer(QObject):
    """Asks whether somebody shows notifications, and never waits for that.

    ``QSystemTrayIcon.showMessage`` waits up to 25 s for a server that is being started, which may never come up: of
    Plasma's that is so on every other desktop.

    Args:
        bus: The session's.
        parent: Until this goes.

    Source:
        freedesktop.org, Desktop Notifications: ``GetServerInformation``, to which every server answers.
    """

    def __init__(self, bus: QDBusConnection, parent: QObject) -> None:
        super().__init__(parent)
        self._bus = bus

    def when_there(self, call: Callable[[], object]) -> None:
        """Call once the server has answered, which starts it if need be; never where it does not."""
        message = QDBusMessage.createMethodCall(_SERVER, _PATH, _SERVER, "GetServerInformation")
        asked = QDBusPendingCallWatcher(self._bus.asyncCall(message, ANSWER_MS), self)

        def answered(answer: QDBusPendingCallWatcher) -> None:
            answer.deleteLater()
            if not answer.isError():
                call()

        asked.finished.connect(answered)
