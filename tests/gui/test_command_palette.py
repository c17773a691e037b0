from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from shiboken6 import delete

from vaultapp.contracts.vault import VaultState
from vaultapp.gui.commands import Command, CommandIndex
from vaultapp.gui.look import Look
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.widgets.command_palette import CommandPalette
from vaultapp.gui.widgets.shortcuts_sheet import ShortcutsSheet


def index(*titles: str, asked: bool = False) -> CommandIndex:
    return CommandIndex([Command(title, "Key", lambda: None, asked=asked) for title in titles])


def titles(found: tuple[Command, ...]) -> list[str]:
    return [command.title for command in found]


def test_beginnings_come_before_word_beginnings_before_the_rest() -> None:
    found = index("Photoshop", "My shop", "Shop backups").find("shop")
    assert titles(found) == ["Shop backups", "My shop", "Photoshop"]


def test_every_typed_word_must_be_there_in_any_order_and_case() -> None:
    found = index("Rotate Shop", "Rotate Work", "Shop").find("SHOP rot")
    assert titles(found) == ["Rotate Shop"]


def test_nothing_typed_offers_what_need_not_be_asked_for() -> None:
    assert titles(index("Files").find(" ")) == ["Files"]
    assert index("Personal", asked=True).find("") == ()


def test_a_hundred_thousand_names_give_fifty() -> None:
    assert len(index(*(f"key {number}" for number in range(100_000))).find("key")) == 50


@pytest.fixture
def window(bench: Bench) -> MainWindow:
    window = bench.window(VaultState.UNLOCKED)
    bench.qtbot.waitUntil(lambda: bench.settings.recent != ())
    return window


def opened(bench: Bench, window: MainWindow) -> CommandPalette:
    bench.qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.palette_shown
    assert palette is not None
    bench.qtbot.waitUntil(palette.field.hasFocus)
    return palette


def test_ctrl_k_opens_it_escape_closes_it_and_the_focus_returns(bench: Bench, window: MainWindow) -> None:
    before = window.focusWidget()
    palette = opened(bench, window)
    QAbstractItemModelTester(palette.list.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert palette.geometry() == window.rect()
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert window.palette_shown is None
    bench.qtbot.waitUntil(before.hasFocus)


def test_enter_does_what_is_chosen(bench: Bench, window: MainWindow) -> None:
    palette = opened(bench, window)
    bench.qtbot.keyClicks(palette.field, "lock")
    assert palette.list.currentIndex().data() == "Lock"
    with bench.qtbot.waitSignal(window.lock_requested):
        bench.qtbot.keyClick(palette.field, Qt.Key.Key_Return)


def test_the_arrows_go_round(bench: Bench, window: MainWindow) -> None:
    palette = opened(bench, window)
    count = palette.list.model().rowCount()
    assert count > 2
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == count - 1
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 0


def test_what_does_not_exist_is_said(bench: Bench, window: MainWindow) -> None:
    palette = opened(bench, window)
    bench.qtbot.keyClicks(palette.field, "no such thing")
    assert palette._nothing.isVisible()
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.palette_shown is palette


def test_a_click_beside_it_closes_it(bench: Bench, window: MainWindow) -> None:
    palette = opened(bench, window)
    bench.qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert window.palette_shown is None


def test_it_follows_the_window_and_fits_the_least_one(bench: Bench, window: MainWindow) -> None:
    palette = opened(bench, window)
    window.resize(860, 560)
    bench.qtbot.waitUntil(lambda: palette.size() == window.size())
    assert palette.rect().contains(palette._box.geometry())


def test_the_find_box_opens_it(bench: Bench, window: MainWindow) -> None:
    workspace = window.screens.workspace
    assert workspace is not None
    bench.qtbot.mouseClick(workspace.sidebar.find_box, Qt.MouseButton.LeftButton)
    assert window.palette_shown is not None


def test_a_locked_window_has_none(bench: Bench) -> None:
    window = bench.window(VaultState.LOCKED)
    bench.qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_shown is None


def test_f1_shows_every_key(bench: Bench, window: MainWindow, look: Look) -> None:
    bench.qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(ShortcutsSheet)
    assert sheet is not None
    bench.qtbot.waitUntil(sheet.isVisible)
    assert sheet.focusWidget() is not None
    sheet.accept()


def test_the_keys_of_the_window_do_not_act_beneath_it(bench: Bench, window: MainWindow) -> None:
    workspace = window.screens.workspace
    assert workspace is not None
    palette = opened(bench, window)
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_shown is None
    assert workspace.page is workspace.keys
    palette = opened(bench, window)
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_shown is None
    assert workspace.keys.head.filter is not None
    bench.qtbot.waitUntil(workspace.keys.head.filter.hasFocus)


def test_it_does_not_outlive_the_screen_whose_commands_it_offers(bench: Bench, window: MainWindow) -> None:
    opened(bench, window)
    bench.vault.state = VaultState.LOCKED
    window.screens.use(bench.session, bench.vault.status())
    assert window.palette_shown is None


def test_what_had_the_focus_may_be_gone_when_it_closes(bench: Bench, window: MainWindow) -> None:
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    palette = opened(bench, window)
    delete(field)
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert window.palette_shown is None


def test_what_had_the_focus_may_be_gone_when_a_panel_closes(bench: Bench, window: MainWindow) -> None:
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    panel = QLineEdit()
    window.screens.host.open_panel(panel)
    panel.setFocus()
    delete(field)
    window.screens.host.close_panel()
    assert window.screens.host.panel is None
