from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from uuid import UUID

import pytest
from conftest import Bench, FakeDesktop
from fakes import NOON, key
from msgspec import structs
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QLineEdit, QMenu, QPlainTextEdit, QWidget
from pytestqt.modeltest import ModelTester

from vaultapp.contracts.keys import Key, KeysChanged, KeyState, NewKey
from vaultapp.contracts.vault import VaultState
from vaultapp.core.clock import DAY
from vaultapp.core.errors import HostError, InvalidValue, NameTaken
from vaultapp.gui.dialogs.delete_key_dialog import DeleteKeyDialog
from vaultapp.gui.dialogs.export_key_dialog import ExportKeyDialog
from vaultapp.gui.dialogs.new_key_dialog import NewKeyDialog
from vaultapp.gui.geometry import LEAST
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.pages.keys_page import KeysPage
from vaultapp.gui.theme import Appearance
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


@pytest.fixture
def page(bench: Bench) -> KeysPage:
    return opened(bench)


def window_of(page: KeysPage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


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
    toasts = window_of(page).screens.toasts
    bench.qtbot.waitUntil(lambda: toasts.shown is not None)
    assert toasts.shown is not None
    return toasts.shown.text.text()


def control(bench: Bench, page: KeysPage, letter: Qt.Key) -> None:
    # The screen in memory has no window manager that gives the focus back after a dialog.
    window_of(page).activateWindow()
    bench.qtbot.waitUntil(window_of(page).isActiveWindow)
    bench.qtbot.keyClick(window_of(page), letter, Qt.KeyboardModifier.ControlModifier)


def test_a_row_says_what_a_key_is_when_it_was_used_and_when_it_rotates(page: KeysPage) -> None:
    assert line(page, 0) == ["Personal, v4 · used just now", "Enabled", "in 12 days, Every 90 days"]
    assert line(page, 1) == ["Work, v7 · used yesterday", "Enabled", "Due now, Every 90 days"]
    assert line(page, 2) == ["CI artifacts, v3 · imported", "Enabled", "Off"]
    assert line(page, 3) == ["photos, v1 · not used yet", "Disabled", "Off"]
    assert line(page, 4) == ["Old laptop, v2 · used just now", "Deletes in 9 days", "Off"]
    assert page.head.count.text() == "5 keys"


def test_the_rows_are_a_sound_model(page: KeysPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.rows)
    page.rows.set_needle("o")
    page.rows.sort(1, Qt.SortOrder.DescendingOrder)


def test_each_column_sorts_by_its_meaning_and_the_choice_is_remembered(bench: Bench, page: KeysPage) -> None:
    def click_head(column: int) -> None:
        head = page.table.horizontalHeader()
        x = head.sectionViewportPosition(column) + 20
        bench.qtbot.mouseClick(head.viewport(), LEFT, pos=QPoint(x, 10))

    click_head(0)
    assert names(page) == ["CI artifacts", "Old laptop", "Personal", "photos", "Work"]
    click_head(0)
    assert names(page) == ["Work", "photos", "Personal", "Old laptop", "CI artifacts"]
    click_head(1)
    assert [line(page, row)[1] for row in (0, 3, 4)] == ["Enabled", "Disabled", "Deletes in 9 days"]
    click_head(2)
    assert names(page)[:2] == ["Work", "Personal"]
    again = opened(bench)
    assert names(again)[:2] == ["Work", "Personal"]


def test_the_filter_finds_names_aliases_and_tags_and_says_when_nothing_matches(bench: Bench, page: KeysPage) -> None:
    control(bench, page, Qt.Key.Key_F)
    field = page.head.filter
    assert field is not None
    assert field.hasFocus()
    for typed, found in (("PHOT", ["photos"]), ("team=inf", ["Personal"]), ("hom", ["Personal"])):
        field.clear()
        bench.qtbot.keyClicks(field, typed)
        assert names(page) == found
    assert page.head.count.text() == "1 of 5"
    bench.qtbot.keyClicks(field, "zz")
    assert page.empty.isVisible()
    assert page.empty.head.text() == "No key matches “homzz”"
    assert not page.table.isVisible()
    press(bench, page.empty.button)
    assert len(names(page)) == 5
    assert field.hasFocus()


def test_escape_empties_the_filter_before_it_closes_the_panel(bench: Bench, page: KeysPage) -> None:
    click_row(bench, page, 0)
    field = page.head.filter
    assert field is not None
    field.setFocus()
    bench.qtbot.keyClicks(field, "per")
    bench.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), page.panel is not None) == ("", True)
    bench.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert page.panel is None


def test_the_arrows_and_enter_open_the_panel_and_closing_goes_back_to_the_row(bench: Bench, page: KeysPage) -> None:
    bench.qtbot.keyClick(page.table, Qt.Key.Key_Home)
    assert page.panel is None
    bench.qtbot.keyClick(page.table, Qt.Key.Key_Down)
    bench.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    panel = panel_of(bench, page)
    assert panel.title.whole == "Work"
    bench.qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert panel.title.whole == "CI artifacts"
    assert page.panel is panel
    panel.close_button.setFocus()
    bench.qtbot.keyClick(panel.close_button, Qt.Key.Key_Escape)
    assert page.panel is None
    assert page.table.hasFocus()
    assert page.table.current is not None
    assert page.table.current.name == "CI artifacts"


def test_f6_goes_round_sidebar_list_and_panel(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    window = window_of(page)
    bench.qtbot.keyClick(window, Qt.Key.Key_F6)
    assert panel.close_button.hasFocus()
    bench.qtbot.keyClick(window, Qt.Key.Key_F6)
    workspace = window.screens.workspace
    assert workspace is not None
    assert workspace.sidebar.items["keys"].hasFocus()
    bench.qtbot.keyClick(window, Qt.Key.Key_F6)
    assert page.table.hasFocus()


def test_rotating_shows_that_it_runs_and_then_the_new_version(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    bench.keys.gate.clear()
    press(bench, panel.rotate_button)
    assert (panel.rotate_button.busy, panel.rotate_button.isEnabled()) == (True, False)
    page.table.go_to(bench.keys.keys[1].key_id)
    assert not panel.rotate_button.busy
    page.table.go_to(bench.keys.keys[0].key_id)
    assert panel.rotate_button.busy
    bench.keys.gate.set()
    bench.qtbot.waitUntil(lambda: not panel.rotate_button.busy)
    assert panel.rotate_button.isEnabled()
    asked(bench, ("rotate", "Personal"))
    bench.qtbot.waitUntil(lambda: line(page, 0)[0].startswith("Personal, v5"))
    nodes = panel.timeline.nodes
    assert [node.title.text() for node in nodes] == [f"Version {n}" for n in (5, 4, 3, 2, 1)]
    assert [node.badge.text for node in nodes] == ["Primary", "", "", "", ""]
    assert "version 5" in toast(bench, page)
    assert page.table.current is not None
    assert page.table.current.name == "Personal"


def test_what_goes_wrong_is_said_in_the_page_and_can_be_tried_again(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    bench.keys.refuses = HostError(reason="No space left")
    press(bench, panel.rotate_button)
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    assert "No space left" in page.notices.bars[0].head.text()
    bench.qtbot.waitUntil(panel.rotate_button.isEnabled)
    assert bench.keys.asked == []


def test_a_key_is_disabled_and_ctrl_z_enables_it_again(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    press(bench, panel.turn_button)
    bench.qtbot.waitUntil(lambda: line(page, 0)[1] == "Disabled")
    assert (panel.turn_button.text(), panel.rotate_button.isEnabled()) == ("Enable", False)
    assert line(page, 0)[2] == "Paused, Every 90 days"
    assert toast(bench, page).startswith("“Personal” is disabled")
    control(bench, page, Qt.Key.Key_Z)
    bench.qtbot.waitUntil(lambda: line(page, 0)[1] == "Enabled")
    assert toast(bench, page) == "“Personal” is enabled"
    control(bench, page, Qt.Key.Key_Z)
    assert bench.keys.asked == [("disable", "Personal", None), ("enable", "Personal", None)]


def test_one_version_is_disabled_where_it_stands_and_the_primary_cannot_be(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    first, second = panel.timeline.nodes[:2]
    assert not first.link.isVisible()
    assert second.link.accessibleName() == "Disable version 3"
    second.link.setFocus()
    press(bench, second.link)
    bench.qtbot.waitUntil(lambda: second.link.accessibleName() == "Enable version 3")
    assert second.caption.text().startswith("Disabled: what it encrypted stays closed")
    assert second.link.hasFocus()
    asked(bench, ("disable", "Personal", "03" * 8))
    control(bench, page, Qt.Key.Key_Z)
    asked(bench, ("disable", "Personal", "03" * 8), ("enable", "Personal", "03" * 8))


def test_automatic_rotation_is_switched_and_its_period_chosen(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    rotation = panel.rotation
    assert (rotation.switch.isChecked(), rotation.period.text()) == (True, "Every 90 days")
    assert rotation.when.text().startswith("next on ")
    rotation.period.picked.emit(365)
    bench.qtbot.waitUntil(lambda: rotation.period.text() == "Every year")
    press(bench, rotation.switch)
    bench.qtbot.waitUntil(lambda: not rotation.period.isVisible())
    assert line(page, 0)[2] == "Off"
    rotation.switch.setFocus()
    bench.qtbot.keyClick(rotation.switch, Qt.Key.Key_Space)
    bench.qtbot.waitUntil(rotation.period.isVisible)
    assert [call[2] for call in bench.keys.asked] == [365, None, 90]


def test_a_switch_that_was_pressed_in_vain_goes_back(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    bench.keys.refuses = HostError(reason="busy")
    press(bench, panel.rotation.switch)
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    assert panel.rotation.switch.isChecked()


def test_a_key_from_elsewhere_is_not_rotated_here(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 2)
    assert not panel.rotate_button.isEnabled()
    assert not panel.rotation.switch.isEnabled()
    assert "elsewhere" in panel.rotate_button.toolTip()


def deletion(bench: Bench, page: KeysPage) -> DeleteKeyDialog:
    bench.qtbot.waitUntil(lambda: isinstance(page.dialog, DeleteKeyDialog))
    assert isinstance(page.dialog, DeleteKeyDialog)
    return page.dialog


def test_a_deletion_says_what_becomes_unreadable_and_is_taken_back_by_ctrl_z(bench: Bench, page: KeysPage) -> None:
    bench.keys.known = {"Personal": 1_214}
    page.table.go_to(bench.keys.keys[0].key_id)
    bench.qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    dialog = deletion(bench, page)
    bench.qtbot.waitUntil(lambda: dialog.files.head.text() == "1,214 known files become unreadable.")
    assert len(dialog.days.choices) == 24
    dialog.days.picked.emit(7)
    assert "1 Dec 2026" in dialog.line.text()
    assert bench.keys.asked == []
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(lambda: line(page, 0)[1] == "Deletes in 7 days")
    assert toast(bench, page) == "“Personal” deletes on 1 Dec 2026"
    control(bench, page, Qt.Key.Key_Z)
    bench.qtbot.waitUntil(lambda: line(page, 0)[1] == "Enabled")
    assert bench.keys.asked == [("delete", "Personal", 7), ("undelete", "Personal"), ("enable", "Personal", None)]


def test_undoing_the_deletion_of_a_disabled_key_leaves_it_disabled(bench: Bench, page: KeysPage) -> None:
    page.ask_delete(bench.keys.keys[3])
    press(bench, deletion(bench, page).go_button)
    bench.qtbot.waitUntil(lambda: line(page, 3)[1] == "Deletes in 30 days")
    control(bench, page, Qt.Key.Key_Z)
    bench.qtbot.waitUntil(lambda: line(page, 3)[1] == "Disabled")
    assert bench.keys.asked == [("delete", "photos", 30), ("undelete", "photos")]


def test_a_deletion_that_is_not_confirmed_changes_nothing(bench: Bench, page: KeysPage) -> None:
    page.ask_delete(bench.keys.keys[0])
    dialog = deletion(bench, page)
    bench.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: page.dialog is None)
    assert bench.keys.asked == []


def test_enter_presses_the_button_that_has_the_focus(bench: Bench, page: KeysPage) -> None:
    page.ask_delete(bench.keys.keys[3])
    dialog = deletion(bench, page)
    dialog.go_button.setFocus()
    bench.qtbot.keyClick(dialog.go_button, Qt.Key.Key_Return)
    asked(bench, ("delete", "photos", 30))


def test_what_waits_for_its_deletion_can_be_taken_back_and_nothing_else(bench: Bench, page: KeysPage) -> None:
    bench.keys.known = {"Old laptop": 3}
    panel = click_row(bench, page, 4)
    assert panel.bin_bar.head.text() == "Deletes on 3 Dec 2026"
    bench.qtbot.waitUntil(lambda: "3 known files need this key" in panel.bin_bar.body.text())
    for part in (panel.rotate_button, panel.export_button, panel.turn_button, panel.delete_button):
        assert not part.isVisible()
    assert not panel.rotation.switch.isEnabled()
    press(bench, panel.take_back_button)
    bench.qtbot.waitUntil(lambda: line(page, 4)[1] == "Disabled")
    assert bench.keys.asked == [("undelete", "Old laptop")]
    assert panel.turn_button.isVisible()
    assert not panel.bin_bar.isVisible()


def making(bench: Bench, page: KeysPage) -> NewKeyDialog:
    control(bench, page, Qt.Key.Key_N)
    assert isinstance(page.dialog, NewKeyDialog)
    return page.dialog


def test_a_new_key_is_made_with_what_was_given_and_then_shown(bench: Bench, page: KeysPage) -> None:
    dialog = making(bench, page)
    assert not dialog.go_button.isEnabled()
    bench.qtbot.keyClicks(dialog.name, "Payroll")
    bench.qtbot.keyClicks(dialog.description, "Of the office")
    bench.qtbot.keyClicks(dialog.tags, "team=people, old, a=b=c")
    dialog.rotation.picked.emit(180)
    bench.qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    tags = {"team": "people", "old": "", "a": "b=c"}
    asked(bench, ("create", NewKey("Payroll", "Of the office", tags, rotation_days=180)))
    panel = panel_of(bench, page)
    assert panel.title.whole == "Payroll"
    assert page.table.current is not None
    assert page.table.current.name == "Payroll"
    assert page.dialog is None


def test_a_name_that_is_taken_is_said_under_the_field_and_nothing_typed_is_lost(bench: Bench, page: KeysPage) -> None:
    dialog = making(bench, page)
    bench.qtbot.keyClicks(dialog.name, "work")
    bench.qtbot.keyClicks(dialog.description, "Second")
    bench.keys.refuses = NameTaken(name="work")
    press(bench, dialog.go_button)
    problem = dialog.problems["name"]
    bench.qtbot.waitUntil(problem.isVisible)
    assert problem.text() == "“work” is the name or alias of a key already. Choose another."
    assert dialog.name.property("state") == "bad"
    assert dialog.description.text() == "Second"
    bench.qtbot.keyClicks(dialog.name, "2")
    assert not problem.isVisible()
    bench.keys.refuses = InvalidValue(field="tags", reason="too_long")
    press(bench, dialog.go_button)
    bench.qtbot.waitUntil(dialog.problems["tags"].isVisible)
    assert page.panel is None
    dialog.reject()


def test_a_new_key_that_the_filter_would_hide_is_shown_all_the_same(bench: Bench, page: KeysPage) -> None:
    field = page.head.filter
    assert field is not None
    field.setText("photos")
    dialog = making(bench, page)
    bench.qtbot.keyClicks(dialog.name, "Payroll")
    press(bench, dialog.go_button)
    panel_of(bench, page)
    assert field.text() == ""
    assert page.table.current is not None
    assert page.table.current.name == "Payroll"


def test_f2_renames_in_the_panel_and_escape_gives_up_without_closing_it(bench: Bench, page: KeysPage) -> None:
    page.table.go_to(bench.keys.keys[0].key_id)
    bench.qtbot.keyClick(page.table, Qt.Key.Key_F2)
    name = panel_of(bench, page).names.name
    edit = name.field.edit
    assert isinstance(edit, QLineEdit)
    assert (edit.text(), edit.hasFocus()) == ("Personal", True)
    bench.keys.refuses = NameTaken(name="Work")
    bench.qtbot.keyClicks(edit, "Work")
    bench.qtbot.keyClick(edit, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(name.field.problem.isVisible)
    assert name.field.problem.text().startswith("“Work” is the name")
    edit.selectAll()
    bench.qtbot.keyClicks(edit, "Home")
    bench.qtbot.keyClick(edit, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: names(page)[0] == "Home")
    assert bench.keys.asked == [("rename", "Personal", "Home")]
    assert page.panel is not None
    assert (name.text.text(), page.panel.title.whole, name.field.isVisible()) == ("Home", "Home", False)
    assert name.pencil.hasFocus()
    name.begin()
    bench.qtbot.keyClicks(edit, "nonsense")
    bench.qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert page.panel is not None
    assert name.text.isVisible()
    assert len(bench.keys.asked) == 1


def test_the_description_takes_several_lines(bench: Bench, page: KeysPage) -> None:
    part = click_row(bench, page, 0).names.description
    press(bench, part.pencil)
    edit = part.field.edit
    assert isinstance(edit, QPlainTextEdit)
    assert edit.toPlainText() == "Family files"
    bench.qtbot.keyClick(edit, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.keyClick(edit, Qt.Key.Key_Return)
    edit.insertPlainText("and photos\u202e")
    bench.qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    asked(bench, ("describe", "Personal", "Family files\nand photos\u202e"))
    bench.qtbot.waitUntil(lambda: part.text.text() == "Family files\nand photos\\u202e")


def test_aliases_and_tags_are_added_and_removed_with_a_way_back(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    aliases, tags = panel.names.aliases, panel.names.tags
    press(bench, panel.names.add_alias)
    bench.qtbot.keyClicks(aliases.field.edit, "mine")
    press(bench, aliases.field.save_button)
    bench.qtbot.waitUntil(lambda: list(aliases.crosses) == ["home", "mine"])
    press(bench, aliases.crosses["home"])
    bench.qtbot.waitUntil(lambda: list(aliases.crosses) == ["mine"])
    assert toast(bench, page) == "Alias home of “Personal” is removed"
    control(bench, page, Qt.Key.Key_Z)
    bench.qtbot.waitUntil(lambda: list(aliases.crosses) == ["mine", "home"])
    press(bench, panel.names.add_tag)
    bench.qtbot.keyClicks(tags.field.edit, "stage = test")
    bench.qtbot.keyClick(tags.field.edit, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: list(tags.crosses) == ["stage", "team"])
    press(bench, tags.crosses["team"])
    bench.qtbot.waitUntil(lambda: list(tags.crosses) == ["stage"])
    control(bench, page, Qt.Key.Key_Z)
    bench.qtbot.waitUntil(lambda: bench.keys.keys[0].tags == {"stage": "test", "team": "infra"})


def test_a_refused_alias_is_said_where_it_was_typed(bench: Bench, page: KeysPage) -> None:
    aliases = click_row(bench, page, 0).names.aliases
    press(bench, aliases._add_button)
    bench.qtbot.keyClicks(aliases.field.edit, "no blanks")
    bench.keys.refuses = InvalidValue(field="alias", reason="characters")
    bench.qtbot.keyClick(aliases.field.edit, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(aliases.field.problem.isVisible)
    assert aliases.field.problem.text().startswith("This is not an alias.")
    assert aliases.field.text == "no blanks"
    assert page.notices.bars == []


def test_what_is_being_typed_survives_news_of_the_same_key(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    name = panel.names.name
    name.begin()
    bench.qtbot.keyClicks(name.field.edit, "Half a na")
    changed(bench, 0, last_used=NOON - 2 * DAY)
    bench.qtbot.waitUntil(lambda: line(page, 0)[0].endswith("22 Nov"))
    assert (name.field.isVisible(), name.field.text) == (True, "Half a na")
    page.table.go_to(bench.keys.keys[1].key_id)
    assert not name.field.isVisible()
    assert name.text.text() == "Work"


def test_a_panel_that_was_closed_before_its_answer_came_does_no_harm(bench: Bench, page: KeysPage) -> None:
    name = click_row(bench, page, 0).names.name
    name.begin()
    bench.qtbot.keyClicks(name.field.edit, "Home")
    bench.keys.gate.clear()
    bench.qtbot.keyClick(name.field.edit, Qt.Key.Key_Return)
    window_of(page).screens.host.close_panel()
    bench.keys.gate.set()
    bench.qtbot.waitUntil(lambda: names(page)[0] == "Home")


def exporting(bench: Bench, page: KeysPage) -> ExportKeyDialog:
    panel = click_row(bench, page, 0)
    press(bench, panel.export_button)
    assert isinstance(page.dialog, ExportKeyDialog)
    return page.dialog


def confirm(bench: Bench, page: KeysPage) -> QFileDialog:
    dialog = exporting(bench, page)
    press(bench, dialog.go_button)
    bench.qtbot.keyClicks(dialog.name, "Personal")
    press(bench, dialog.go_button)
    found = window_of(page).findChildren(QFileDialog)
    assert len(found) == 1
    return found[0]


def test_an_export_is_asked_twice_and_written_for_its_owner_only(bench: Bench, page: KeysPage, tmp_path: Path) -> None:
    dialog = exporting(bench, page)
    assert not dialog.name.isVisible()
    dialog.version.picked.emit(bytes([2] * 8))
    press(bench, dialog.go_button)
    assert not dialog.go_button.isEnabled()
    bench.qtbot.keyClicks(dialog.name, "personal")
    assert not dialog.go_button.isEnabled()
    dialog.name.setText("Personal")
    assert bench.keys.asked == []
    press(bench, dialog.go_button)
    (chooser,) = window_of(page).findChildren(QFileDialog)
    assert chooser.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert [os.path.basename(name) for name in chooser.selectedFiles()] == ["Personal version 2.key.json"]
    assert not chooser.testOption(QFileDialog.Option.DontConfirmOverwrite)
    assert bench.keys.asked == []
    target = tmp_path / "p.json"
    target.write_text("older")
    target.chmod(0o644)
    chooser.filesSelected.emit([str(target)])
    chooser.reject()
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    key_id = bench.keys.keys[0].key_id
    assert json.loads(target.read_text()) == {
        "material": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "key_namespace": "vaultapp",
        "key_name": f"{key_id}#{'02' * 8}",
        "key": str(key_id),
    }
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.glob(".vaultapp-*")) == []
    assert str(target) in page.notices.bars[0].head.text()
    assert "as safe as the vault" in page.notices.bars[0].body.text()
    assert bench.keys.asked == [("export", "Personal", "02" * 8)]


def test_an_exported_key_is_nowhere_on_the_screen_or_the_clipboard(
    bench: Bench, page: KeysPage, tmp_path: Path
) -> None:
    QGuiApplication.clipboard().setText("mine")
    chooser = confirm(bench, page)
    chooser.filesSelected.emit([str(tmp_path / "p.json")])
    chooser.reject()
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    secret = "AAECAwQFBgcI"
    assert secret in (tmp_path / "p.json").read_text()
    for widget in window_of(page).findChildren(QWidget):
        shown = widget.text() if isinstance(widget, QLabel | QLineEdit | QAbstractButton) else ""
        for text in (shown, widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()):
            assert secret not in text
    assert QGuiApplication.clipboard().text() == "mine"


def test_an_export_that_cannot_be_written_leaves_nothing(bench: Bench, page: KeysPage, tmp_path: Path) -> None:
    chooser = confirm(bench, page)
    chooser.filesSelected.emit([str(tmp_path / "no such folder" / "p.json")])
    chooser.reject()
    bench.qtbot.waitUntil(lambda: len(page.notices.bars) == 1)
    assert "No such file or directory" in page.notices.bars[0].head.text()
    assert [path.name for path in tmp_path.rglob("*.json") if path.name != "window.json"] == []


def test_sealed_files_are_handed_to_the_files_page_to_be_re_wrapped(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    press(bench, panel.rewrap_button)
    (menu,) = panel.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["Choose sealed files…", "Choose a folder…"]
    menu.actions()[0].trigger()
    (chooser,) = window_of(page).findChildren(QFileDialog)
    chooser.filesSelected.emit(["/d/a.sealed", "/d/b.sealed"])
    chooser.reject()
    menu.close()
    workspace = window_of(page).screens.workspace
    assert workspace is not None
    bench.qtbot.waitUntil(lambda: bool(bench.files.rewraps))
    (request,) = bench.files.rewraps
    assert [place.path for place in request.sources] == [b"/d/a.sealed", b"/d/b.sealed"]
    assert workspace.page is workspace.files
    assert page.panel is None


def entries(page: KeysPage, key: Key) -> dict[str, bool]:
    menu = page.menu_of(key)
    found = {action.text(): action.isEnabled() for action in menu.actions() if not action.isSeparator()}
    menu.deleteLater()
    return found


def test_the_menu_offers_what_a_key_allows(bench: Bench, page: KeysPage) -> None:
    personal, _, imported, disabled, leaving = bench.keys.keys
    assert entries(page, personal) == dict.fromkeys(
        ("Rotate now", "Disable", "Rename", "Copy the id", "Export…", "Schedule deletion…"), True
    )
    assert entries(page, imported)["Rotate now"] is False
    assert (entries(page, disabled)["Rotate now"], "Enable" in entries(page, disabled)) == (False, True)
    assert list(entries(page, leaving)) == ["Take back", "Rename", "Copy the id"]


def test_the_panels_dots_open_the_menu_of_the_row(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    assert panel.more_button is not None
    press(bench, panel.more_button)
    bench.qtbot.waitUntil(lambda: len(page.findChildren(QMenu)) == 1)
    menu = page.findChildren(QMenu)[0]
    next(action for action in menu.actions() if action.text() == "Copy the id").trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == str(bench.keys.keys[0].key_id)


def changed(bench: Bench, at: int, **changes: object) -> None:
    """Somebody else changes a key, and the agent tells."""
    bench.keys.keys[at] = structs.replace(bench.keys.keys[at], **changes)
    bench.vault.publish(KeysChanged((bench.keys.keys[at].key_id,)))


def test_a_change_from_elsewhere_reaches_row_and_panel_and_the_selection_stays(bench: Bench, page: KeysPage) -> None:
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    page.table.go_to(bench.keys.keys[1].key_id)
    bench.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    panel = panel_of(bench, page)
    assert names(page)[4] == "Work"
    changed(bench, 1, name="An office", state=KeyState.DISABLED)
    bench.qtbot.waitUntil(lambda: names(page)[0] == "An office")
    assert panel.title.whole == "An office"
    assert panel.turn_button.text() == "Enable"
    assert page.table.currentIndex().row() == 0
    assert [index.row() for index in page.table.selectionModel().selectedRows()] == [0]


def test_a_key_that_is_gone_takes_its_panel_with_it(bench: Bench, page: KeysPage) -> None:
    click_row(bench, page, 4)
    gone = bench.keys.keys.pop()
    bench.vault.publish(KeysChanged((gone.key_id,)))
    bench.qtbot.waitUntil(lambda: page.panel is None)
    assert names(page) == ["Personal", "Work", "CI artifacts", "photos"]
    assert page.head.count.text() == "4 keys"


def test_turning_to_the_page_asks_when_keys_were_used_last(bench: Bench, page: KeysPage) -> None:
    workspace = window_of(page).screens.workspace
    assert workspace is not None
    workspace.turn_to("files")
    bench.keys.keys[3] = structs.replace(bench.keys.keys[3], last_used=NOON)
    workspace.turn_to("keys")
    bench.qtbot.waitUntil(lambda: line(page, 3)[0] == "photos, v1 · used just now")


def test_every_key_can_be_opened_by_its_name_from_anywhere(bench: Bench, page: KeysPage) -> None:
    workspace = window_of(page).screens.workspace
    assert workspace is not None
    workspace.turn_to("files")
    commands = {command.title: command for command in workspace.commands()}
    assert commands["photos"].hue == "rust"
    commands["photos"].call()
    assert workspace.page is page
    assert panel_of(bench, page).title.whole == "photos"


def test_the_command_palette_sorts_for_who_has_no_mouse(bench: Bench, page: KeysPage) -> None:
    commands = {command.title: command for command in page.commands()}
    commands["Sort keys: Key"].call()
    assert names(page)[0] == "CI artifacts"
    commands["Sort keys: Key"].call()
    assert names(page)[0] == "Work"
    assert bench.settings.sort("keys") == (0, True)


def test_a_vault_without_keys_offers_to_make_one(bench: Bench) -> None:
    page = opened(bench, [])
    assert page.empty.isVisible()
    assert (page.empty.head.text(), page.head.count.text()) == ("No keys yet", "0 keys")
    press(bench, page.empty.button)
    assert isinstance(page.dialog, NewKeyDialog)
    page.dialog.reject()


def test_a_hundred_thousand_keys_are_filtered_sorted_and_kept_in_place(bench: Bench) -> None:
    first = key("key 0", "rust", 1)
    many = [structs.replace(first, key_id=uuid_of(n), name=f"key {n:05}") for n in range(100_000)]
    page = opened(bench, many)
    assert page.head.count.text() == "100,000 keys"
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert names_at(page, 0) == "key 99999"
    assert page.table.go_to(uuid_of(54_321))
    field = page.head.filter
    assert field is not None
    bench.qtbot.keyClicks(field, "y 54")
    assert page.rows.rowCount() == 1_000
    assert page.table.current is not None
    assert page.table.current.name == "key 54321"
    field.clear()
    assert page.rows.rowCount() == 100_000
    changed(bench, 54_321, name="changed")
    bench.qtbot.waitUntil(
        lambda: page.table.current is not None and page.table.current.name == "changed", timeout=30_000
    )
    assert page.table.selectionModel().selectedRows()[0].data() == "changed"


def uuid_of(number: int) -> UUID:
    return UUID(int=number + 1)


def names_at(page: KeysPage, row: int) -> str:
    return str(page.rows.index(row, 0).data())


@pytest.mark.parametrize("size", [(860, 560), (1180, 760)])
def test_nothing_is_wider_than_its_place(bench: Bench, size: tuple[int, int]) -> None:
    keys = some_keys()
    *older, primary = keys[0].versions
    disabled = [structs.replace(version, state=KeyState.DISABLED) for version in older]
    keys[0] = structs.replace(
        keys[0],
        name="W" * 256,
        aliases=("a" * 250,),
        tags={"t" * 128: "v" * 256},
        description="d" * 2000,
        versions=(*disabled, primary),
    )
    page = opened(bench, keys, size)
    hint = page.minimumSizeHint()
    assert (hint.width() <= LEAST.width() - 59, hint.height() <= LEAST.height()) == (True, True)
    panel = click_row(bench, page, 0)
    room = panel._scroll.viewport().width()
    assert panel._scroll.widget().width() <= room
    for node in panel.timeline.nodes[1:]:
        assert node.link.geometry().right() <= node.width()
    narrow = page.table.viewport().width()
    shown = [c for c in range(3) if not page.table.isColumnHidden(c)]
    assert sum(page.table.columnWidth(c) for c in shown) <= narrow
    assert page.table.columnWidth(0) >= 200


def test_every_control_has_a_name_and_can_be_reached_by_tab(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    for root in (page, panel):
        for widget in root.findChildren(QWidget):
            if isinstance(widget.parent(), QLineEdit) or not widget.isVisible():
                continue
            if isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit):
                assert widget.accessibleName(), widget
                assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.accessibleName()
    seen: set[QWidget] = set()
    panel.more_button and panel.more_button.setFocus()
    for _ in range(60):
        focused = window_of(page).focusWidget()
        if focused is not None:
            seen.add(focused)
            bench.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    wanted = (panel.rotate_button, panel.export_button, panel.rotation.switch, panel.rotation.period)
    assert set(wanted) <= seen
    assert {panel.delete_button, panel.names.name.pencil, page.table} <= seen


def test_both_themes_paint_the_page_in_their_own_colours(bench: Bench, page: KeysPage, desktop: FakeDesktop) -> None:
    panel = click_row(bench, page, 0)
    switch = panel.rotation.switch

    def colour() -> str:
        return switch.grab().toImage().pixelColor(8, 10).name()

    def disc() -> str:
        node = panel.timeline.nodes[0]
        image = node.grab().toImage()
        return image.pixelColor(5, node.title.geometry().center().y() + 1).name()

    assert (colour(), disc()) == ("#0b6175", "#0b6175")
    desktop.ask_for(Appearance.DARK)
    assert (colour(), disc()) == ("#63c1d4", "#63c1d4")
