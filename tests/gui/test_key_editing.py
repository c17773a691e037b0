from __future__ import annotations

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from tests.gui.keys_page_driver import (
    asked,
    changed,
    click_row,
    control,
    line,
    names,
    opened,
    panel_of,
    press,
    toast,
)
from tests.gui.samples import NOON
from vaultapp.core.clock import DAY
from vaultapp.core.errors import InvalidValue, NameTaken
from vaultapp.gui.pages.keys_page import KeysPage


@pytest.fixture
def page(bench: Bench) -> KeysPage:
    return opened(bench)


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
