from __future__ import annotations

from collections.abc import Sequence

import pytest
from conftest import Bench, window_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from vaultapp.contracts.vault_state import VaultState
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.models.work_row import RowState
from vaultapp.gui.widgets.details_panel import DetailsPanel

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)

STATES = (VaultState.UNLOCKED, VaultState.LOCKED, VaultState.MISSING)


def controls(root: QWidget) -> Sequence[QWidget]:
    found = [widget for widget in root.findChildren(QWidget) if isinstance(widget, CONTROLS)]
    # A head belongs to its table, which is one stop; what it does is also in the command palette.
    found = [widget for widget in found if not isinstance(widget, QHeaderView)]
    return [w for w in found if not w.objectName().startswith("qt_") and type(w) is not QWidget]


@pytest.mark.parametrize("state", STATES)
def test_every_control_has_a_name_for_screen_readers(bench: Bench, state: VaultState) -> None:
    window = bench.window(state)
    window.screens._show_details(b"/d/x.sealed")
    nameless = [w for w in controls(window) if not w.accessibleName()]
    assert [f"{type(w).__name__} {w.parentWidget()}" for w in nameless] == []


@pytest.mark.parametrize("state", STATES)
def test_every_control_can_be_reached_by_tab(bench: Bench, state: VaultState) -> None:
    window = bench.window(state)
    shown = window.screens.shown
    assert shown is not None
    for stack in shown.findChildren(QStackedWidget):
        for at in range(stack.count()):
            for control in controls(stack.widget(at)):
                reachable = control.focusPolicy() & Qt.FocusPolicy.TabFocus
                clear = isinstance(control, QToolButton) and not control.isVisibleTo(control.parentWidget())
                assert reachable or clear, control


def test_the_focus_ring_is_shown_after_keys_only(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    page.zone.folder_button.setFocus()
    assert not window.ring.isVisible()
    handle = window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_Tab)
    bench.qtbot.waitUntil(window.ring.isVisible)
    target = window.focusWidget()
    assert target is not None
    place = target.mapTo(window, QPoint(0, 0))
    assert window.ring.geometry().contains(place)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(600, 5))
    assert not window.ring.isVisible()


def test_the_focus_ring_stays_with_its_control_when_what_it_is_in_moves(bench: Bench) -> None:
    page = bench.workspace("settings", (860, 560)).settings
    window = window_of(page)
    control = page.clipboard.seconds

    def seen() -> bool:
        page.view.ensureWidgetVisible(control)
        return not control.visibleRegion().isEmpty()

    window.activateWindow()
    bench.qtbot.waitUntil(lambda: window.isActiveWindow() and seen())

    def ringed() -> bool:
        # The keyboard is watched from soon after the first picture.
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        control.setFocus()
        return window.ring.isVisible()

    bench.qtbot.waitUntil(ringed)

    def fits() -> bool:
        return window.ring.geometry().center() == control.mapTo(window, control.rect().center())

    bench.qtbot.waitUntil(fits)
    # Lines above it that say more move it down.
    for line in page.locking.lines:
        line.say("Much longer than before, so that it breaks into several lines of text, which take more room. " * 2)
    bench.qtbot.wait(20)
    bench.qtbot.waitUntil(lambda: fits() or not window.ring.isVisible())
    page.view.ensureWidgetVisible(control)
    bench.qtbot.waitUntil(lambda: window.ring.isVisible() and fits())
    page.view.verticalScrollBar().setValue(page.view.verticalScrollBar().maximum())
    bench.qtbot.waitUntil(lambda: not window.ring.isVisible())


def test_f6_jumps_between_sidebar_page_list_and_panel(bench: Bench) -> None:
    page = bench.page()
    window = page.window()
    assert isinstance(window, MainWindow)
    page.take_drop((b"/d/b.sealed",))
    bench.qtbot.waitUntil(lambda: page.queue.rows.count(RowState.DONE) == 1)
    window.screens._show_details(b"/d/b.sealed")
    panel = window.screens.host.panel
    assert isinstance(panel, DetailsPanel)
    sidebar = window.screens.shown.sidebar  # type: ignore[union-attr]
    files = sidebar.items["files"]
    stops = (files, page.zone.first_button, page.work.view, panel.close_button, files)
    panel.close_button.setFocus()
    for stop in stops:
        window.keys.jump()
        bench.qtbot.waitUntil(stop.hasFocus)
