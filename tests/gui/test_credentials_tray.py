"""Credentials from everywhere: the command palette and the menu in the tray."""

from __future__ import annotations

import pytest
from conftest import Bench, window_of
from fake_tray import InTray, in_tray
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from tests.gui.credentials_page_driver import at, opened, some_credentials
from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.commands import Command
from vaultapp.gui.credentials.credential_panel import CredentialPanel
from vaultapp.gui.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


def found(bench: Bench, window: MainWindow, typed: str) -> list[str]:
    bench.qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    palette = window.palette_shown
    assert palette is not None
    palette.field.setText(typed)
    commands: list[Command] = palette._model.shown  # type: ignore[assignment]
    return [command.title for command in commands]


def choose(bench: Bench, window: MainWindow) -> None:
    assert window.palette_shown is not None
    bench.qtbot.keyClick(window.palette_shown.field, Qt.Key.Key_Return)


def test_the_palette_opens_one_by_its_name(bench: Bench) -> None:
    page = opened(bench)
    window = window_of(page)
    window.screens.workspace.turn_to("files")
    assert found(bench, window, "regis")[0] == "Registrar"
    choose(bench, window)
    assert window.screens.workspace.page is page
    panel = window.screens.host.panel
    assert isinstance(panel, CredentialPanel)
    assert panel.title.whole == "Registrar"


def test_the_palette_copies_and_rotates(bench: Bench, empty_clipboard: None) -> None:
    window = window_of(opened(bench))
    assert found(bench, window, "copy password shop")[0] == "Copy password of Shop database"
    choose(bench, window)
    bench.qtbot.waitUntil(lambda: QApplication.clipboard().text() == "tulip-7-Harbour")
    assert found(bench, window, "rotate session")[0] == "Rotate Session cache"
    choose(bench, window)
    bench.qtbot.waitUntil(lambda: bench.rotation.asked == [("rotate", "Session cache", False)])


@pytest.fixture
def shown(bench: Bench, empty_clipboard: None) -> InTray:
    some_credentials(bench.credentials)
    tray = in_tray(bench)
    workspace = tray.window.screens.workspace
    assert workspace is not None
    bench.qtbot.waitUntil(lambda: workspace.desk.shelf.loaded)
    return tray


def offered(shown: InTray) -> list[QAction]:
    shown.desk.menu.aboutToShow.emit()
    return [action for action in shown.desk.menu.credentials.actions() if not action.isSeparator()]


def test_the_tray_copies_a_recent_one_and_says_so(bench: Bench, shown: InTray) -> None:
    assert len(offered(shown)) == 6, "five and the way to all others"
    action = next(action for action in offered(shown) if action.text() == "Shop database")
    action.trigger()
    bench.qtbot.waitUntil(lambda: QApplication.clipboard().text() == "tulip-7-Harbour")
    assert shown.host.entry.notes == [("“Shop database” is copied", "The clipboard clears in 10 s.")]
    assert offered(shown)[0].text() == "Shop database", "the one that was copied last comes first"


def test_what_was_copied_last_is_remembered_by_its_id_alone(bench: Bench, shown: InTray) -> None:
    workspace = shown.window.screens.workspace
    assert workspace is not None
    workspace.desk.actions.copy(at(bench, "Registrar"))
    bench.qtbot.waitUntil(lambda: QApplication.clipboard().text() == "p")
    kept = bench.settings.recent_credentials(str(bench.vault.vault_id))
    assert kept == (str(at(bench, "Registrar").credential_id),)
    assert offered(shown)[0].text() == "Registrar"


def test_the_tray_leads_to_all_of_them_and_rotates_what_is_due(bench: Bench, shown: InTray) -> None:
    offered(shown)[-1].trigger()
    assert shown.window.palette_shown is not None
    shown.window.keys.close_palette()
    shown.desk.menu.due.trigger()
    bench.qtbot.waitUntil(lambda: ("rotate_due",) in bench.rotation.asked)
    workspace = shown.window.screens.workspace
    assert workspace is not None
    assert workspace.page is workspace.credentials


def test_a_locked_vault_offers_none(bench: Bench) -> None:
    some_credentials(bench.credentials)
    shown = in_tray(bench, VaultState.LOCKED)
    assert not shown.desk.menu.credentials.isEnabled()
    assert not shown.desk.menu.due.isEnabled()
    assert [action.text() for action in offered(shown)] == ["Search…"]
