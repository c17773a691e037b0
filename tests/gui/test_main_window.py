from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import QSize, Qt
from spontaneous import Spontaneous

from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.geometry import LEAST
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.window_parts import WindowParts

STATES = (VaultState.UNLOCKED, VaultState.LOCKED, VaultState.MISSING)


def test_the_window_comes_back_as_large_as_it_was(bench: Bench) -> None:
    first = bench.window(VaultState.LOCKED, size=(860, 600))
    first.close()
    parts = WindowParts(bench.connect, bench.events, bench.tasks, bench.settings, bench.clock, bench.languages)
    second = MainWindow(bench.look, bench.session, bench.vault.status(), parts)
    bench.qtbot.addWidget(second)
    assert second.size() == QSize(860, 600)


def test_the_first_window_has_its_usual_size(bench: Bench) -> None:
    parts = WindowParts(bench.connect, bench.events, bench.tasks, bench.settings, bench.clock, bench.languages)
    window = MainWindow(bench.look, bench.session, bench.vault.status(), parts)
    bench.qtbot.addWidget(window)
    assert window.size() == QSize(1180, 760)


def test_closing_while_files_are_worked_on_asks_first(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    bench.files.gate.clear()
    page.take_drop((b"/d/a.pdf",))
    bench.qtbot.waitUntil(bench.files.begun.is_set)
    for _ in range(2):
        event = Spontaneous()
        window.closeEvent(event)
        assert not event.isAccepted()
    assert len(page.notices.bars) == 1
    bench.qtbot.mouseClick(page.notices.bars[0].buttons[0], Qt.MouseButton.LeftButton)
    assert not window.isVisible()


def test_quitting_by_the_program_itself_is_not_held_up(bench: Bench) -> None:
    page = bench.page()
    bench.files.gate.clear()
    page.take_drop((b"/d/a.pdf",))
    bench.qtbot.waitUntil(bench.files.begun.is_set)
    assert page.window().close()


def test_in_a_narrow_window_the_sidebar_is_a_rail(bench: Bench) -> None:
    page = bench.page((1059, 700))
    window = page.window()
    assert isinstance(window, MainWindow)
    sidebar = window.screens.shown.sidebar  # type: ignore[union-attr]
    assert sidebar.width() == 59
    window.resize(1060, 700)
    bench.qtbot.waitUntil(lambda: sidebar.width() == 212)


def test_in_a_narrow_window_the_panel_covers_the_list(bench: Bench) -> None:
    page = bench.page((900, 600))
    window = page.window()
    assert isinstance(window, MainWindow)
    before = page.width()
    window.screens._show_details(b"/d/x.sealed")
    assert page.width() == before
    window.resize(1180, 700)
    bench.qtbot.waitUntil(lambda: page.width() == 1180 - 212 - 360)


@pytest.mark.parametrize("state", STATES)
def test_every_screen_fits_the_least_window(bench: Bench, state: VaultState) -> None:
    window = bench.window(state, size=(LEAST.width(), LEAST.height()))
    shown = window.screens.shown
    assert shown is not None
    least: QSize = shown.minimumSizeHint()
    assert least.width() <= LEAST.width()
    assert least.height() <= LEAST.height()
