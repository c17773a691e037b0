from __future__ import annotations

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from tests.gui.keys_page_driver import asked, click_row, control, line, opened, press, toast
from vaultapp.contracts.keys import Key
from vaultapp.core.errors import HostError
from vaultapp.gui.pages.keys_page import KeysPage


@pytest.fixture
def page(bench: Bench) -> KeysPage:
    return opened(bench)


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


def test_the_known_files_that_need_an_older_version_are_offered(bench: Bench, page: KeysPage) -> None:
    bench.keys.known["Personal"] = 4
    bench.keys.older["Personal"] = [b"/d/a.sealed", b"", b"/d/b.sealed"]
    panel = click_row(bench, page, 0)
    bench.qtbot.waitUntil(lambda: "3 of them need an older version" in panel.known.text())
    press(bench, panel.rewrap_button)
    (menu,) = panel.findChildren(QMenu)
    first = menu.actions()[0]
    assert first.text() == "The 3 known files that need an older version"
    first.trigger()
    menu.close()
    bench.qtbot.waitUntil(lambda: bool(bench.files.rewraps))
    (request,) = bench.files.rewraps
    assert [place.path for place in request.sources] == [b"/d/a.sealed", b"/d/b.sealed"]
    assert page.notices.bars[0].head.text() == "1 known file is not where it was."


def test_after_a_rotation_the_older_files_are_counted_anew(bench: Bench, page: KeysPage) -> None:
    bench.keys.known["Personal"] = 1
    panel = click_row(bench, page, 0)
    bench.qtbot.waitUntil(lambda: panel.known.text() == "1 known file needs this key")
    bench.keys.older["Personal"] = [b"/d/a.sealed"]
    press(bench, panel.rotate_button)
    bench.qtbot.waitUntil(lambda: panel.known.text() == "1 known file needs this key. It needs an older version")


def test_sealed_files_are_handed_to_the_files_page_to_be_re_wrapped(bench: Bench, page: KeysPage) -> None:
    panel = click_row(bench, page, 0)
    press(bench, panel.rewrap_button)
    (menu,) = panel.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["Choose encrypted files…", "Choose a folder…"]
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
