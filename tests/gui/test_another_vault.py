from __future__ import annotations

from conftest import Bench, window_of
from PySide6.QtCore import Qt
from shiboken6 import isValid

from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.first_run.wizard import Wizard
from vaultapp.gui.lock_screen import LockScreen
from vaultapp.gui.main_window import MainWindow


def make_another(bench: Bench) -> tuple[MainWindow, Wizard]:
    workspace = bench.workspace("keys")
    window = window_of(workspace)
    workspace.sidebar.vault.new_wanted.emit()
    shown = window.screens.shown
    assert isinstance(shown, Wizard)
    return window, shown


def test_back_on_the_first_page_returns_to_the_open_vault(bench: Bench) -> None:
    window, wizard = make_another(bench)
    assert window.screens.workspace is None
    assert window.screens.drop_taker is None
    bench.qtbot.mouseClick(wizard.back, Qt.MouseButton.LeftButton)
    workspace = window.screens.workspace
    assert workspace is not None
    assert workspace.isVisible()
    assert workspace.page is workspace.keys
    assert window.screens.drop_taker is workspace.files
    assert workspace.sidebar.vault.hasFocus()
    assert bench.connects == []


def test_an_open_vault_can_be_locked_from_the_way_to_another(bench: Bench) -> None:
    window, _ = make_another(bench)
    with bench.qtbot.waitSignal(window.lock_requested):
        bench.qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert bench.vault.state is VaultState.LOCKED


def test_back_after_the_other_agent_was_asked_opens_the_vault_anew(bench: Bench) -> None:
    window, wizard = make_another(bench)
    bench.vault.state = VaultState.LOCKED
    wizard._agent.reach(bench.session.path.with_name("new.vault"), lambda _session: None, lambda _error: None)
    bench.qtbot.waitUntil(lambda: window.screens.session is not bench.session)
    bench.qtbot.mouseClick(wizard.back, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: isinstance(window.screens.shown, LockScreen))
    assert window.screens.session is bench.session


def test_another_vault_that_is_turned_to_while_the_pages_of_the_first_come_stays(bench: Bench) -> None:
    window, first = bench.opening()
    screens = window.screens
    screens.use(bench.beside(bench.session.path.with_name("other.vault")), None)
    bench.qtbot.waitUntil(lambda: not isValid(first))
    assert isinstance(screens.shown, LockScreen)
    assert screens.workspace is None
    assert screens._workspace is None
