"""The icon, wherever there is a tray for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu

from vaultapp.gui.tray.tray_entry import TrayEntry
from vaultapp.gui.tray.tray_host import TrayHost, TrayPlace
from vaultapp.gui.tray.tray_images import TrayImages

SOON_MS = 2000
LATER_MS = 10_000
# A panel that starts at login, as this program may, is there after some minutes at the latest.
SOON_FOR_S = 300.0


class TrayIcon(QObject):
    """Keeps one icon in the tray, also in one that comes late or comes back.

    An icon that was made while there was no tray never shows in a later one; so the tray is looked for, and each time
    it comes the icon is made anew.

    Args:
        host: The desktop.
        images: Make its pictures.
        menu: Of the icon.
        now: A monotonic clock, in seconds.
        parent: Until this goes.

    Attributes:
        closely: Look for the tray as often at any time: somebody depends on it.
    """

    pressed = Signal()
    came = Signal()
    went = Signal()

    def __init__(
        self, host: TrayHost, images: TrayImages, menu: QMenu, now: Callable[[], float], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._host = host
        self._menu = menu
        self._now = now
        self._begun = now()
        self._images = images
        self._entry: TrayEntry | None = None
        self._place: TrayPlace | None = None
        self._opened = False
        self._tip = ""
        self.closely = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        host.changed.connect(self._follow)

    @property
    def present(self) -> bool:
        """True while there is a tray, by what was told last, and the icon in it. Asks nobody."""
        return self._entry is not None and self._host.place is not None

    @property
    def pause_ms(self) -> int:
        """How long the next look is away, in milliseconds."""
        soon = self.closely or self._now() - self._begun < SOON_FOR_S
        return SOON_MS if soon else LATER_MS

    def look(self) -> None:
        """Find out whether there is a tray, now and from now on; returns at once."""
        self._host.look()
        self._timer.start(self.pause_ms)

    def show_state(self, tip: str, *, opened: bool) -> None:
        """Show whether the vault is open.

        Args:
            tip: The vault's name and state, for who points at the icon.
            opened: Which picture.
        """
        if (tip, opened) != (self._tip, self._opened):
            self._tip, self._opened = tip, opened
            if self._entry is not None:
                self._entry.change(self._images.icon(opened=opened), tip)

    def tell(self, head: str, body: str) -> None:
        """Show a notification of the desktop."""
        if self._entry is not None:
            self._entry.tell(head, body)

    def remove(self) -> None:
        """Take the icon away."""
        if self._entry is not None:
            self._entry.remove()
            self._entry = None

    def _follow(self) -> None:
        place, before = self._host.place, self._place
        if place is before:
            return
        # Nor does an icon move from one kind of tray to the other.
        self.remove()
        self._place = place
        if place is None:
            self.went.emit()
            return
        self._put()
        if before is None:
            self.came.emit()

    def _put(self) -> None:
        icon = self._images.icon(opened=self._opened)
        self._entry = self._host.put(icon, self._tip, self._menu, self._press)

    def _press(self) -> None:
        self.pressed.emit()
