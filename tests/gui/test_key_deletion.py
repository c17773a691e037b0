from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import Qt

from tests.gui.keys_page_driver import asked, click_row, control, line, opened, press, toast
from vaultapp.gui.dialogs.delete_key_dialog import DeleteKeyDialog
from vaultapp.gui.pages.keys_page import KeysPage


@pytest.fixture
def page(bench: Bench) -> KeysPage:
    return opened(bench)


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
    assert toast(bench, page) == "“Personal” will be deleted on 1 Dec 2026"
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
