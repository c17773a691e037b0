"""The page of the settings, and what people do on it."""

from __future__ import annotations

from conftest import Bench
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.gui.samples import NOON
from vaultapp.contracts.vault import BackupRecord
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.clock import DAY
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.pages.settings_page import SettingsPage

HOUR = 3_600_000_000

DAILY = BackupRecord(b"/backups/1.vault", NOON - 3 * HOUR, 49_152, "daily")

REPLACED = BackupRecord(b"/home/mara/mara.replaced-1.vault", NOON - 9 * DAY, 45_056, "replaced")


def opened(bench: Bench, size: tuple[int, int] = (1180, 760)) -> tuple[MainWindow, SettingsPage]:
    window = bench.window(VaultState.UNLOCKED, size=size)
    workspace = window.screens.workspace
    assert workspace is not None
    bench.qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    page = workspace.settings
    bench.qtbot.waitUntil(page.isVisible)
    bench.qtbot.waitUntil(lambda: page.unlock.change_button.isEnabled() and page.backups._records is not None)
    return window, page


def press(bench: Bench, button: QWidget) -> None:
    bench.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def toast(page: SettingsPage) -> str:
    shown = page.unlock.parts.toasts.shown
    return shown.text.text() if shown is not None else ""
