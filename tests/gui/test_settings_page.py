from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from conftest import Bench, FakeDesktop
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.gui.settings_page_driver import DAILY, REPLACED, opened, press
from vaultapp.gui.look import Look
from vaultapp.gui.pages.settings_page import SettingsPage
from vaultapp.gui.saved_settings import WindowChoices
from vaultapp.gui.settings.about_section import LIBRARIES
from vaultapp.gui.theme import Appearance
from vaultapp.gui.window_settings import WindowSettings


@pytest.fixture
def page(bench: Bench) -> SettingsPage:
    bench.vault.copies = [DAILY, REPLACED]
    return opened(bench)[1]


def test_every_line_says_what_it_does(page: SettingsPage) -> None:
    rows = [row for section in page.sections for group in section.groups for row in group.rows]
    assert len(rows) >= 12
    assert all(row.title.text() and row.line.text().strip() for row in rows)


def test_it_stands_at_the_foot_and_has_no_number(bench: Bench) -> None:
    window, page = opened(bench)
    workspace = window.screens.workspace
    assert workspace is not None
    sidebar = workspace.sidebar
    assert list(sidebar.items)[-1] == "settings"
    assert sidebar.items["settings"].y() > sidebar.height() / 2
    assert sidebar.items["settings"].toolTip() == "Settings (Ctrl+,)"
    assert workspace.page is page


def test_the_clipboard_takes_its_time_at_once_and_at_the_next_start(bench: Bench, page: SettingsPage) -> None:
    press(bench, page.clipboard.seconds)
    popup = page.clipboard.seconds.popup
    assert popup is not None
    bench.qtbot.keyClick(popup.list, Qt.Key.Key_Down)
    bench.qtbot.keyClick(popup.list, Qt.Key.Key_Return)
    assert page.unlock.parts.clipboard.seconds == 20
    assert page.clipboard.seconds.text() == "20 seconds"
    assert WindowSettings(bench.settings._path).choices.clear_after == 20
    assert opened(bench)[1].unlock.parts.clipboard.seconds == 20


def test_the_theme_is_chosen_at_once_and_remembered(
    bench: Bench, page: SettingsPage, look: Look, desktop: FakeDesktop
) -> None:
    try:
        press(bench, page.appearance.theme.buttons["dark"])
        assert look.theme.dark
        assert WindowSettings(bench.settings._path).choices.theme == "dark"
        desktop.ask_for(Appearance.HIGH_CONTRAST)
        assert look.theme.appearance is Appearance.HIGH_CONTRAST
        desktop.ask_for(Appearance.LIGHT)
        assert look.theme.dark
        press(bench, page.appearance.theme.buttons[""])
        assert not look.theme.dark
    finally:
        look.theme.choose(None)


def test_motion_is_reduced_at_once_and_remembered(bench: Bench, page: SettingsPage, look: Look) -> None:
    look.motion.still = False
    try:
        press(bench, page.appearance.still)
        assert look.still
        assert WindowSettings(bench.settings._path).choices == WindowChoices(still=True)
    finally:
        look.motion.still = True


def test_choices_from_elsewhere_that_make_no_sense_count_as_none(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    path.write_text('{"choices": {"clear_after": 0, "theme": "dark"}}')
    assert WindowSettings(path).choices == WindowChoices()


def test_find_narrows_to_what_matches_and_escape_shows_all(bench: Bench, page: SettingsPage) -> None:
    field = page.head.filter
    assert field is not None
    bench.qtbot.keyClicks(field, "copied")
    assert [section.item.text() for section in page.sections if section.item.isVisible()] == ["Clipboard"]
    assert page.clipboard.item.isChecked()
    field.setText("motion")
    assert [row.title.text() for row in page.appearance.groups[0].rows if row.isVisible()] == ["Reduce motion"]
    field.setText("zzz")
    assert page.empty.isVisible()
    assert page.empty.head.text() == "No setting matches “zzz”"
    press(bench, page.empty.button)
    assert all(section.isVisible() and section.item.isVisible() for section in page.sections)


def test_a_section_is_gone_to_and_followed(bench: Bench) -> None:
    bench.vault.copies = [DAILY] * 8
    _, page = opened(bench, (860, 560))
    press(bench, page.vault.item)
    top = page.view.verticalScrollBar().value()
    assert page.vault.item.isChecked()
    assert top == page.vault.y()
    page.view.verticalScrollBar().setValue(0)
    assert page.locking.item.isChecked()
    page.view.verticalScrollBar().setValue(page.view.verticalScrollBar().maximum())
    assert page.about.item.isChecked()


def test_it_fits_the_least_window(bench: Bench) -> None:
    bench.vault.copies = [DAILY, REPLACED]
    window, page = opened(bench, (860, 560))
    least = page.minimumSizeHint()
    assert (least.width(), least.height()) <= (860 - 59, 560)
    assert window.width() == 860
    rows = [row for section in page.sections for group in section.groups for row in group.rows]
    bench.qtbot.waitUntil(lambda: all(row.height() >= row.layout().totalHeightForWidth(row.width()) for row in rows))
    assert all(row.mapTo(page, row.rect().topRight()).x() < page.width() for row in rows)


def test_every_control_can_be_reached_and_has_a_name(page: SettingsPage) -> None:
    controls = [
        widget
        for section in page.sections
        for widget in section.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
    ]
    assert len(controls) >= 12
    assert all(widget.accessibleName() for widget in controls)
    assert len({widget.accessibleName() for widget in controls}) == len(controls)


def test_the_libraries_named_are_those_that_are_used() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    needed = {re.split(r"[><=;\s]", line)[0] for line in project["dependencies"]}
    assert {distribution for _, distribution, _ in LIBRARIES} == needed
