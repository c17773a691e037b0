from __future__ import annotations

from uuid import UUID

import pytest
from conftest import Bench, window_of
from msgspec import structs
from PySide6.QtCore import QPoint, Qt
from pytestqt.modeltest import ModelTester

from tests.gui.keys_page_driver import (
    LEFT,
    changed,
    click_row,
    control,
    line,
    names,
    opened,
    panel_of,
    press,
)
from tests.gui.samples import NOON, key
from vaultapp.contracts.keys import KeysChanged, KeyState
from vaultapp.gui.pages.keys_page import KeysPage


@pytest.fixture
def page(bench: Bench) -> KeysPage:
    return opened(bench)


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


def test_the_ring_goes_with_its_row_and_no_row_is_marked_while_the_pointer_is_on_the_head(
    bench: Bench, page: KeysPage
) -> None:
    table = page.table
    click_row(bench, page, 1)
    bench.qtbot.keyClick(table, Qt.Key.Key_Down)
    bench.qtbot.mouseMove(table.viewport(), QPoint(60, table.rowViewportPosition(2) + 10))
    bench.qtbot.waitUntil(lambda: (table.grounds.ringed, table.grounds.hovered) == (2, 2))
    bench.qtbot.mouseMove(table.horizontalHeader().viewport(), QPoint(60, 10))
    bench.qtbot.waitUntil(lambda: table.grounds.hovered == -1)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert names(page)[0] == "CI artifacts"
    assert table.grounds.ringed == table.currentIndex().row() == 0


def test_the_filter_finds_names_aliases_and_tags_and_says_when_nothing_matches(bench: Bench, page: KeysPage) -> None:
    control(bench, page, Qt.Key.Key_F)
    field = page.head.filter
    assert field is not None
    assert field.hasFocus()
    for typed, found in (("PHOT", ["photos"]), ("team=inf", ["Personal"]), ("hom", ["Personal"])):
        field.clear()
        bench.qtbot.keyClicks(field, typed)
        bench.qtbot.waitUntil(lambda found=found: names(page) == found)
    assert page.head.count.text() == "1 of 5"
    bench.qtbot.keyClicks(field, "zz")
    bench.qtbot.waitUntil(page.empty.isVisible)
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
    bench.qtbot.waitUntil(lambda: page.rows.rowCount() == 1_000)
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
