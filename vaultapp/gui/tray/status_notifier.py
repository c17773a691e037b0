"""Whether a panel shows icons by StatusNotifierItem, as far as the session's bus has told."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusServiceWatcher, QDBusVariant

_WATCHER = "org.kde.StatusNotifierWatcher"
_PATH = "/StatusNotifierWatcher"
# Part of the name of a program that shows icons; not all of them take one.
_HOST = ".StatusNotifierHost-"
_BUS = "org.freedesktop.DBus"
_NOBODY = frozenset(
    {"org.freedesktop.DBus.Error.NameHasNoOwner", "org.freedesktop.DBus.Error.ServiceUnknown"},
)
# A bus that takes longer does not answer, as far as a person who looks for the window is concerned.
ANSWER_MS = 3000


class Notifier(Enum):
    """What is known of the panel.

    Attributes:
        UNKNOWN: The bus has not answered, or nobody shows what the watcher lists.
        ABSENT: Nobody watches for icons.
        PRESENT: Icons are shown.
    """

    UNKNOWN = auto()
    ABSENT = auto()
    PRESENT = auto()


class StatusNotifier(QObject):
    """Asks and listens without ever waiting: a bus may stand still for as long as it likes.

    KDE's watcher is no part of the panel, and still says that icons are shown when that has crashed; so a panel that
    had a name of its own on the bus must still have it.

    Args:
        bus: The session's.
        parent: Until this goes.

    Source:
        freedesktop.org, StatusNotifierItem: the watcher's name and ``IsStatusNotifierHostRegistered``.
    """

    changed = Signal()

    def __init__(self, bus: QDBusConnection, parent: QObject) -> None:
        super().__init__(parent)
        self._bus = bus
        self._asked: QDBusPendingCallWatcher | None = None
        self._had_host = False
        self.state = Notifier.UNKNOWN
        mode = QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange
        self._owners = QDBusServiceWatcher(_WATCHER, bus, mode, self)
        self._owners.serviceOwnerChanged.connect(self._owner_changed)

    def look(self) -> None:
        """Ask, unless an answer is still to come."""
        if not self._bus.isConnected():
            self._take(Notifier.ABSENT)
        elif self._asked is None:
            self._ask()

    def _ask(self) -> None:
        message = QDBusMessage.createMethodCall(_WATCHER, _PATH, "org.freedesktop.DBus.Properties", "Get")
        message.setArguments([_WATCHER, "IsStatusNotifierHostRegistered"])
        message.setAutoStartService(False)
        self._send(message, self._answered)

    def _send(self, message: QDBusMessage, answered: Callable[[QDBusPendingCallWatcher], None]) -> None:
        self._asked = QDBusPendingCallWatcher(self._bus.asyncCall(message, ANSWER_MS), self)
        self._asked.finished.connect(answered)

    def _is_news(self, answer: QDBusPendingCallWatcher) -> bool:
        answer.deleteLater()
        if answer is not self._asked:
            return False
        self._asked = None
        return True

    def _answered(self, answer: QDBusPendingCallWatcher) -> None:
        if not self._is_news(answer):
            return
        if answer.isError():
            self._take(Notifier.ABSENT if answer.error().name() in _NOBODY else Notifier.UNKNOWN)
            return
        (value,) = answer.reply().arguments() or (None,)
        shown = value.variant() if isinstance(value, QDBusVariant) else value
        if shown is True:
            self._send(QDBusMessage.createMethodCall(_BUS, "/", _BUS, "ListNames"), self._named)
        else:
            self._take(Notifier.UNKNOWN)

    def _named(self, answer: QDBusPendingCallWatcher) -> None:
        if not self._is_news(answer):
            return
        if answer.isError():
            self._take(Notifier.UNKNOWN)
            return
        (names,) = answer.reply().arguments()
        here = any(_HOST in name for name in names)
        self._take(Notifier.UNKNOWN if self._had_host and not here else Notifier.PRESENT)
        self._had_host |= here

    def _owner_changed(self, _name: str, _old: str, new: str) -> None:
        # What the one before would have answered is no news.
        self._asked = None
        self._had_host = False
        if new:
            self._ask()
        else:
            self._take(Notifier.ABSENT)

    def _take(self, state: Notifier) -> None:
        if state is not self.state:
            self.state = state
            self.changed.emit()
