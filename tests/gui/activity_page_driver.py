"""The page of the activity log, and what people do on it."""

from __future__ import annotations

from conftest import Bench
from PySide6.QtCore import Qt

from vaultapp.contracts.vault import VaultState
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.pages.activity_page import ActivityPage

DAY = 24 * 60

WORK = {"subject_kind": "key", "subject": "Work"}


def opened(bench: Bench, size: tuple[int, int] = (1180, 760)) -> ActivityPage:
    window = bench.window(VaultState.UNLOCKED, size=size)
    workspace = window.screens.workspace
    assert workspace is not None
    workspace.turn_to("activity")
    page = workspace.activity
    bench.qtbot.waitUntil(lambda: page.feed.loaded and not page.feed.looking)
    bench.qtbot.waitUntil(lambda: workspace.shelf.loaded)
    return page


def shown(page: ActivityPage) -> list[tuple[str, ...]]:
    count = page.rows.columnCount()
    return [tuple(page.rows.index(at, column).data() for column in range(count)) for at in range(page.rows.rowCount())]


def click(bench: Bench, page: ActivityPage, number: int) -> None:
    at = page.table.visualRect(page.rows.index(number, 1)).center()
    bench.qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)


def window_of(page: ActivityPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window
