from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from shiboken6 import delete

from vaultapp.contracts.keys import KeyState
from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.commands import Command, CommandIndex
from vaultapp.gui.dialogs.export_key_dialog import ExportKeyDialog
from vaultapp.gui.dialogs.shortcuts_sheet import ShortcutsSheet
from vaultapp.gui.look import Look
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.widgets.command_palette import CommandPalette
from vaultapp.gui.workspace import Workspace


def index(*titles: str, asked: bool = False) -> CommandIndex:
    return CommandIndex([Command(title, "Key", lambda: None, asked=asked) for title in titles])


def titles(found: tuple[Command, ...]) -> list[str]:
    return [command.title for command in found]


def test_beginnings_come_before_word_beginnings_before_the_rest() -> None:
    found = index("Photoshop", "My shop", "Shop backups").find("shop")
    assert titles(found) == ["Shop backups", "My shop", "Photoshop"]


def test_what_is_to_be_done_comes_before_what_only_has_the_word() -> None:
    deed = Command("Rotate Personal", "Key", lambda: None)
    personal = Command("Personal", "Key", lambda: None, more=lambda: [deed], verbs=frozenset(("rotate",)))
    sort = Command("Sort keys: Next rotation", "Action", lambda: None)
    assert titles(CommandIndex([sort, personal]).find("rotat")) == ["Rotate Personal", "Sort keys: Next rotation"]


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
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
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


def thing(name: str, *deeds: str) -> Command:
    """Return a thing with which something can be done."""
    verbs = frozenset(word.casefold() for deed in deeds for word in deed.split())
    return Command(
        name,
        "Key",
        lambda: None,
        asked=True,
        more=lambda: [Command(f"{deed} {name}", "Action", lambda: None) for deed in deeds],
        verbs=verbs,
    )


def test_what_can_be_done_follows_the_one_that_was_meant() -> None:
    things = CommandIndex([thing("Personal", "Rotate", "Rename"), thing("Not personal", "Rotate", "Rename")])
    assert titles(things.find("pers")) == ["Personal", "Rotate Personal", "Rename Personal", "Not personal"]
    assert titles(things.find("not p")) == ["Not personal", "Rotate Not personal", "Rename Not personal"]


def test_where_several_are_called_so_they_come_first() -> None:
    things = CommandIndex([thing("Shop", "Rotate"), thing("Shop backups", "Rotate")])
    assert titles(things.find("sho")) == ["Shop", "Shop backups", "Rotate Shop"]
    assert titles(things.find("shop")) == ["Shop", "Rotate Shop", "Shop backups"]


def test_what_is_to_be_done_can_be_said_with_and_without_a_name() -> None:
    things = CommandIndex([thing("Personal", "Rotate", "Rename"), thing("Rotary club", "Rotate", "Rename")])
    assert titles(things.find("rotate pers")) == ["Rotate Personal"]
    assert titles(things.find("pers ren")) == ["Rename Personal"]
    assert titles(things.find("rota")) == ["Rotary club", "Rotate Rotary club", "Rename Rotary club", "Rotate Personal"]
    assert titles(things.find("rename")) == ["Rename Personal", "Rename Rotary club"]
    assert titles(things.find("paint pers")) == []


@pytest.mark.parametrize("typed", ["key", "rotate key", "k 9999", "rotate", "9", "no such"])
def test_among_a_hundred_thousand_things_few_are_asked_what_can_be_done(typed: str) -> None:
    asked: list[int] = []

    def more(number: int) -> list[Command]:
        asked.append(number)
        return [Command(f"Rotate key {number}", "Action", lambda: None)]

    verbs = frozenset({"rotate"})
    things = [
        Command(f"key {number}", "Key", lambda: None, asked=True, more=lambda number=number: more(number), verbs=verbs)
        for number in range(100_000)
    ]
    assert len(CommandIndex(things).find(typed)) <= 50
    assert len(asked) <= 21


def with_keys(bench: Bench, window: MainWindow) -> Workspace:
    workspace = window.screens.workspace
    assert workspace is not None
    bench.qtbot.waitUntil(lambda: workspace.keys.rows.total == 2)
    return workspace


def offered(palette: CommandPalette) -> list[str]:
    model = palette.list.model()
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


def test_a_key_is_offered_with_what_can_be_done_with_it(bench: Bench, window: MainWindow) -> None:
    with_keys(bench, window)
    palette = opened(bench, window)
    bench.qtbot.keyClicks(palette.field, "personal")
    assert offered(palette) == [
        "Personal",
        "Rotate Personal",
        "Disable Personal",
        "Rename Personal",
        "Copy the id of Personal",
        "Export Personal…",
        "Delete Personal…",
    ]
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: ("rotate", "Personal") in bench.keys.asked)


def test_what_is_asked_about_is_asked_on_the_keys_page(bench: Bench, window: MainWindow) -> None:
    workspace = with_keys(bench, window)
    palette = opened(bench, window)
    bench.qtbot.keyClicks(palette.field, "rename work")
    assert offered(palette) == ["Rename Work"]
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert workspace.page is workspace.keys
    panel = workspace.keys.panel
    assert panel is not None
    assert panel.key.name == "Work"
    bench.qtbot.waitUntil(lambda: isinstance(window.focusWidget(), QLineEdit))
    palette = opened(bench, window)
    bench.qtbot.keyClicks(palette.field, "export pers")
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert isinstance(workspace.keys.dialog, ExportKeyDialog)
    workspace.keys.dialog.reject()


def test_a_key_that_was_disabled_meanwhile_is_offered_to_be_enabled(bench: Bench, window: MainWindow) -> None:
    workspace = with_keys(bench, window)
    workspace.keys.actions_of.turn(workspace.shelf.keys[0], on=False)
    bench.qtbot.waitUntil(lambda: workspace.shelf.keys[0].state is KeyState.DISABLED)
    palette = opened(bench, window)
    bench.qtbot.keyClicks(palette.field, "personal")
    assert "Enable Personal" in offered(palette)
    assert "Rotate Personal" not in offered(palette)
