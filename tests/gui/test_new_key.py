from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import Qt

from tests.gui.keys_page_driver import asked, control, opened, panel_of, press
from vaultapp.contracts.keys import NewKey
from vaultapp.core.errors import InvalidValue, NameTaken
from vaultapp.gui.dialogs.new_key_dialog import NewKeyDialog
from vaultapp.gui.pages.keys_page import KeysPage


@pytest.fixture
def page(bench: Bench) -> KeysPage:
    return opened(bench)


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
