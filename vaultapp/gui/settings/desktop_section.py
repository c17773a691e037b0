"""What vaultapp is on the desktop while its window is closed, and when the desktop starts it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSignalBlocker

from vaultapp.desktop.autostart import Autostart
from vaultapp.gui.look import Look
from vaultapp.gui.page import PageParts
from vaultapp.gui.settings.section import Section
from vaultapp.gui.widgets.setting_group import SettingGroup
from vaultapp.gui.widgets.setting_row import SettingRow
from vaultapp.gui.widgets.switch import Switch


class DesktopSection(Section):
    """Both are for all vaults of this user. Whether it starts at login is asked each time the page is turned to."""

    def __init__(self, look: Look, parts: PageParts) -> None:
        title = QCoreApplication.translate("DesktopSection", "Desktop")
        super().__init__(look, parts, title, "app-window")
        self._on = False
        self.tray = Switch(look, self.tr("Keep in the tray when the window is closed"))
        self.tray.setChecked(parts.settings.choices.keep_in_tray)
        self.login = Switch(look, self.tr("Start at login"))
        self.login.setEnabled(False)
        kept = self.tr("The icon brings it back. Where the desktop has no tray, closing the window ends vaultapp.")
        starts = self.tr("The icon is in the tray then, and the vault stays locked until you unlock it.")
        self.login_row = SettingRow(look, self.login.accessibleName(), starts, self.login)
        tray = SettingRow(look, self.tray.accessibleName(), kept, self.tray)
        self.add(SettingGroup(look, title, tray, self.login_row))
        self.tray.toggled.connect(lambda on: parts.settings.choose(keep_in_tray=on))
        self.login.toggled.connect(self._turn)

    def entered(self) -> None:
        """Ask whether it starts at login."""
        autostart = self.parts.autostart
        if autostart is not None:
            task = self.parts.tasks.run(lambda _work: autostart().is_on)
            task.tell(self, done=self._take, failed=self.error_raised.emit)

    def _turn(self, on: bool) -> None:
        autostart = self.parts.autostart
        if autostart is None:
            return
        self.login.setEnabled(False)
        task = self.parts.tasks.run(lambda _work: _turned(autostart(), on=on))
        task.tell(self, done=self._take, failed=self._failed)

    def _take(self, on: bool) -> None:
        self._on = on
        self._show()

    def _failed(self, error: BaseException) -> None:
        self._show()
        self.error_raised.emit(error)

    def _show(self) -> None:
        with QSignalBlocker(self.login):
            self.login.setChecked(self._on)
        self.login.setEnabled(True)
        self.login.update()


def _turned(autostart: Autostart, *, on: bool) -> bool:
    """Turn it on or off, and return what it is then. Blocks."""
    if on:
        autostart.turn_on()
    else:
        autostart.turn_off()
    return autostart.is_on
