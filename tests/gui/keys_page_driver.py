"""The page of the keys with some keys, and what people do on it."""

from __future__ import annotations

from conftest import Bench, window_of
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from tests.gui.samples import NOON, key
from vaultapp.contracts.keys import Key, KeysChanged, KeyState
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.clock import DAY
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.pages.keys_page import KeysPage
from vaultapp.gui.widgets.key_panel import KeyPanel

LEFT = Qt.MouseButton.LeftButton


def some_keys() -> list[Key]:
    return [
        structs.replace(
            key("Personal", "petrol"),
            rotation_days=90,
            next_rotation=NOON + 12 * DAY - 1,
            last_used=NOON - 1,
            aliases=("home",),
            tags={"team": "infra"},
            description="Family files",
        ),
        structs.replace(key("Work", "indigo", 7), rotation_days=90, next_rotation=NOON - 1, last_used=NOON - DAY),
        structs.replace(key("CI artifacts", "slate", 3), origin="imported"),
        key("photos", "rust", 1, KeyState.DISABLED),
        structs.replace(
            key("Old laptop", "slate", 2, KeyState.PENDING_DELETION), deletes_at=NOON + 9 * DAY - 1, last_used=NOON
        ),
    ]


def opened(bench: Bench, keys: list[Key] | None = None, size: tuple[int, int] = (1180, 760)) -> KeysPage:
    bench.keys.keys = some_keys() if keys is None else keys
    window = bench.window(VaultState.UNLOCKED, size=size)
    workspace = window.screens.workspace
    assert workspace is not None
    window.activateWindow()
    bench.qtbot.keyClick(window, Qt.Key.Key_1 + shortcut_of(window), Qt.KeyboardModifier.ControlModifier)
    page = workspace.keys
    bench.qtbot.waitUntil(lambda: page.rows.total == len(bench.keys.keys) and workspace.shelf.loaded, timeout=30_000)
    assert workspace.page is page
    page.table.setFocus()
    return page


def shortcut_of(window: MainWindow) -> int:
    workspace = window.screens.workspace
    assert workspace is not None
    entry = next(place.entry for place in workspace.places if place.entry.name == "keys")
    return int(entry.keys.removeprefix("Ctrl+")) - 1


def names(page: KeysPage) -> list[str]:
    return [page.rows.index(row, 0).data() for row in range(page.rows.rowCount())]


def line(page: KeysPage, row: int) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [page.rows.index(row, column).data(role) for column in range(3)]


def click_row(bench: Bench, page: KeysPage, row: int) -> KeyPanel:
    table = page.table
    bench.qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(page.rows.index(row, 0)).center())
    return panel_of(bench, page)


def panel_of(bench: Bench, page: KeysPage) -> KeyPanel:
    bench.qtbot.waitUntil(lambda: page.panel is not None)
    assert page.panel is not None
    return page.panel


def press(bench: Bench, button: QAbstractButton) -> None:
    bench.qtbot.mouseClick(button, LEFT)


def asked(bench: Bench, *calls: tuple[object, ...]) -> None:
    bench.qtbot.waitUntil(lambda: bench.keys.asked == list(calls))


def toast(bench: Bench, page: KeysPage) -> str:
    toasts = window_of(page).screens.workspace.toasts
    bench.qtbot.waitUntil(lambda: toasts.shown is not None)
    assert toasts.shown is not None
    return toasts.shown.text.text()


def control(bench: Bench, page: KeysPage, letter: Qt.Key) -> None:
    # The screen in memory has no window manager that gives the focus back after a dialog.
    window_of(page).activateWindow()
    bench.qtbot.waitUntil(window_of(page).isActiveWindow)
    bench.qtbot.keyClick(window_of(page), letter, Qt.KeyboardModifier.ControlModifier)


def changed(bench: Bench, at: int, **changes: object) -> None:
    """Somebody else changes a key, and the agent tells."""
    bench.keys.keys[at] = structs.replace(bench.keys.keys[at], **changes)
    bench.vault.publish(KeysChanged((bench.keys.keys[at].key_id,)))
