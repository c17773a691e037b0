"""Where the focus goes when a page is turned to, and what the sheet of keys tells of the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Bench
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.dialogs.shortcuts_sheet import ShortcutsSheet
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.widgets.key_cap import KeyCap
from vaultapp.gui.workspace import Workspace

Target = Callable[[Workspace], QWidget | None]
_CONTROL = Qt.KeyboardModifier.ControlModifier
STARTS: tuple[tuple[Qt.Key, str, Target], ...] = (
    (Qt.Key.Key_2, "text", lambda workspace: workspace.text.plain.edit),
    (Qt.Key.Key_3, "credentials", lambda workspace: workspace.credentials.empty.new_button),
    (Qt.Key.Key_4, "keys", lambda workspace: workspace.keys.table),
    (Qt.Key.Key_5, "activity", lambda workspace: workspace.activity.table),
    (Qt.Key.Key_Comma, "settings", lambda workspace: workspace.settings.head.filter),
    (Qt.Key.Key_1, "files", lambda workspace: workspace.files.zone.first_button),
)


def opened(bench: Bench) -> tuple[MainWindow, Workspace]:
    window = bench.window(VaultState.UNLOCKED)
    workspace = window.screens.workspace
    assert workspace is not None
    bench.qtbot.waitUntil(lambda: workspace.shelf.loaded)
    return window, workspace


@pytest.mark.parametrize(("key", "name", "target"), STARTS, ids=[name for _, name, _ in STARTS])
def test_a_key_leads_to_what_a_person_uses_first(bench: Bench, key: Qt.Key, name: str, target: Target) -> None:
    window, workspace = opened(bench)
    workspace.turn_to("text" if name == "files" else "files")
    bench.qtbot.keyClick(window, key, _CONTROL)
    assert workspace.page is getattr(workspace, name)
    bench.qtbot.waitUntil(lambda: window.focusWidget() is target(workspace))


def test_the_key_of_the_page_that_is_shown_leads_back_to_its_start(bench: Bench) -> None:
    window, workspace = opened(bench)
    workspace.turn_to("text")
    workspace.text.context.add_button.setFocus()
    bench.qtbot.keyClick(window, Qt.Key.Key_2, _CONTROL)
    assert window.focusWidget() is workspace.text.plain.edit


def test_a_click_in_the_sidebar_leads_to_the_page_too(bench: Bench) -> None:
    window, workspace = opened(bench)
    bench.qtbot.mouseClick(workspace.sidebar.items["keys"], Qt.MouseButton.LeftButton)
    assert window.focusWidget() is workspace.keys.table


def test_who_goes_through_the_sidebar_by_keyboard_stays_there(bench: Bench) -> None:
    window, workspace = opened(bench)
    item = workspace.sidebar.items["keys"]
    item.setFocus(Qt.FocusReason.TabFocusReason)
    bench.qtbot.keyClick(item, Qt.Key.Key_Space)
    assert workspace.page is workspace.keys
    assert window.focusWidget() is item


def test_a_page_without_a_list_leads_to_what_stands_in_its_place(bench: Bench) -> None:
    bench.keys.keys = []
    window, workspace = opened(bench)
    bench.qtbot.keyClick(window, Qt.Key.Key_4, _CONTROL)
    bench.qtbot.waitUntil(workspace.keys.empty.isVisible)
    bench.qtbot.keyClick(window, Qt.Key.Key_4, _CONTROL)
    assert window.focusWidget() is workspace.keys.empty.button


def told_by(sheet: ShortcutsSheet) -> set[str]:
    caps: dict[QWidget, list[str]] = {}
    for cap in sheet.findChildren(KeyCap):
        caps.setdefault(cap.parentWidget(), []).append(cap._keys)
    return {holder.accessibleName() for holder in caps}


def test_the_sheet_tells_of_every_key_that_the_pages_listen_to(bench: Bench) -> None:
    window, workspace = opened(bench)
    for place in workspace.places:
        place.page()
    bound = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    bench.qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(ShortcutsSheet)
    assert sheet is not None
    bench.qtbot.waitUntil(sheet.isVisible)
    told = told_by(sheet)
    numbered = {f"Ctrl+{number}" for number in range(1, 10)}
    assert "Ctrl+1, 2, …" in told
    # Both keys of that name, and the keys of the menu that has them too.
    missing = {keys.replace("Return", "Enter") for keys in bound - numbered} - told
    assert missing == set()
    assert {"F2", "Del", "Ctrl+Enter", "Shift+F10"} <= told
    sheet.reject()


def test_a_locked_window_tells_of_its_own_keys_only(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    bench.qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(ShortcutsSheet)
    assert sheet is not None
    assert "F2" not in told_by(sheet)
    assert "F1" in told_by(sheet)
    sheet.reject()
