"""Single settings, found by their names in the command palette."""

from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.pages.settings_page import SettingsPage
from vaultapp.gui.settings.named_settings import named_settings
from vaultapp.gui.workspace import Workspace


def opened(bench: Bench, size: tuple[int, int] = (1180, 760)) -> tuple[MainWindow, Workspace]:
    window = bench.window(VaultState.UNLOCKED, size=size)
    workspace = window.screens.workspace
    assert workspace is not None
    return window, workspace


def find(bench: Bench, window: MainWindow, typed: str) -> None:
    bench.qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.palette_shown
    assert palette is not None
    bench.qtbot.keyClicks(palette.field, typed)
    assert palette.list.currentIndex().data() is not None
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_Return)


def test_every_line_of_the_page_has_its_name_and_no_other_has(bench: Bench) -> None:
    _, workspace = opened(bench)
    page = workspace.settings
    page.ensure_built()
    lines = [row.title.text() for section in page.sections if section is not page.backups for row in section.lines]
    lines += [row.title.text() for row in page.backups.groups[0].rows]
    icons = {row.title.text(): section.item for section in page.sections for row in section.lines}
    named = named_settings()
    assert sorted(setting.title for setting in named) == sorted(lines)
    assert [setting.title for setting in named] == sorted((setting.title for setting in named), key=[*icons].index)


def test_the_palette_knows_settings_before_their_page_is_built(bench: Bench) -> None:
    _, workspace = opened(bench)
    titles = [command.title for command in workspace.commands() if command.kind == "Setting"]
    assert {"Theme", "Recovery words", "Clear what was copied after"} <= set(titles)
    assert workspace.settings.sections == ()


@pytest.mark.parametrize("size", [(1180, 760), (860, 560)])
@pytest.mark.parametrize(
    ("typed", "control"),
    [
        ("reduce mot", lambda page: page.appearance.still),
        ("clear what", lambda page: page.clipboard.seconds),
        ("check the v", lambda page: page.vault.check_button),
        # Usable only once the agent has told which ways there are.
        ("recovery w", lambda page: page.unlock.drill_button),
        ("guide", lambda page: page.about.guide_button),
    ],
)
def test_a_setting_leads_to_what_sets_it(bench: Bench, size: tuple[int, int], typed: str, control: object) -> None:
    window, workspace = opened(bench, size)
    find(bench, window, typed)
    page = workspace.settings
    assert workspace.page is page
    wanted: QWidget = control(page)  # type: ignore[operator]
    (section,) = (section for section in page.sections if section.isAncestorOf(wanted))
    assert section.item.isChecked()
    bench.qtbot.waitUntil(lambda: window.focusWidget() is wanted)
    assert seen_whole(page, wanted)


def test_a_filter_that_hides_it_is_emptied(bench: Bench) -> None:
    window, workspace = opened(bench)
    workspace.turn_to("settings")
    page = workspace.settings
    assert page.head.filter is not None
    page.head.filter.setText("copies")
    find(bench, window, "theme")
    assert page.head.filter.text() == ""
    bench.qtbot.waitUntil(lambda: page.appearance.theme.isAncestorOf(window.focusWidget()))


def test_who_goes_elsewhere_is_not_called_back(bench: Bench) -> None:
    bench.vault.gate.clear()
    window, workspace = opened(bench)
    page = workspace.settings
    page.ensure_built()
    page.open_setting("Recovery words")
    page.unlock.drill_button.setEnabled(False)
    page.open_setting("Recovery words")
    assert window.focusWidget() is page.view
    assert page.head.filter is not None
    page.head.filter.setFocus()
    page.unlock.drill_button.setEnabled(True)
    assert page.head.filter.hasFocus()


def seen_whole(page: SettingsPage, control: QWidget) -> bool:
    return bool(control.visibleRegion().boundingRect().size() == control.size()) and page.isVisible()
