"""The desktop's tray: where icons are shown, as far as it is known."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QMenu

from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.tray import tray_selection
from vaultapp.gui.tray.notification_server import NotificationServer
from vaultapp.gui.tray.status_notifier import Notifier, StatusNotifier
from vaultapp.gui.tray.tray_entry import TrayEntry


class TrayPlace(Enum):
    """Where an icon is shown.

    Attributes:
        NOTIFIER: In a panel that is told of it over the session's bus.
        EMBEDDED: In a window of X's that a panel takes in.
    """

    NOTIFIER = auto()
    EMBEDDED = auto()


class TrayHost(QObject):
    """A desktop that may have a tray.

    ``QSystemTrayIcon.isSystemTrayAvailable`` asks the bus each time and waits up to 25 s for its answer; so both kinds
    of tray are looked for here, in the order in which Qt uses them, and nobody waits.

    Args:
        tasks: Asks the X server.
        parent: Until this goes.
        bus: The session's, if none is given.
        platform: Qt's name of the desktop's kind; this program's, if none is given.
    """

    changed = Signal()

    def __init__(
        self, tasks: TaskRunner, parent: QObject, bus: QDBusConnection | None = None, platform: str | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._on_x = (QGuiApplication.platformName() if platform is None else platform) == "xcb"
        self._asking = False
        self._embeds = False
        self._place: TrayPlace | None = None
        bus = QDBusConnection.sessionBus() if bus is None else bus
        self._server = NotificationServer(bus, self)
        self._notifier = StatusNotifier(bus, self)
        self._notifier.changed.connect(self._notifier_changed)

    @property
    def place(self) -> TrayPlace | None:
        """Where an icon is shown, by what was told last; None while there is no tray, and while nothing is known."""
        return self._place

    def look(self) -> None:
        """Find out anew; returns at once, ``changed`` comes later if there is news."""
        self._notifier.look()
        self._look_at_x()

    def put(self, icon: QIcon, tip: str, menu: QMenu, opened: Callable[[], object]) -> TrayEntry:
        """Put an icon into the tray that is there; the arguments are those of :class:`TrayEntry`."""
        return TrayEntry(icon, tip, menu, opened, self._server if self._place is TrayPlace.NOTIFIER else None)

    def _notifier_changed(self) -> None:
        self._conclude()
        self._look_at_x()

    def _look_at_x(self) -> None:
        if self._on_x and not self._asking and self._notifier.state is Notifier.ABSENT:
            self._asking = True
            task = self._tasks.run(lambda _work: tray_selection.is_owned())
            task.tell(self, done=self._take_x, ended=self._asked_x)

    def _take_x(self, owned: bool) -> None:
        self._embeds = owned
        self._conclude()

    def _asked_x(self) -> None:
        self._asking = False

    def _conclude(self) -> None:
        place = None
        if self._notifier.state is Notifier.PRESENT:
            place = TrayPlace.NOTIFIER
        elif self._notifier.state is Notifier.ABSENT and self._embeds:
            place = TrayPlace.EMBEDDED
        if place is not self._place:
            self._place = place
            self.changed.emit()
