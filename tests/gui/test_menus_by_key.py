"""The menu of a row, asked for by a key: that of the current row, wherever the platform would have it."""

from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget

from tests.gui.samples import key
from vaultapp.gui.pages.keys_page import KeysPage


def press_menu_key(view: QAbstractItemView) -> None:
    """Send what Qt makes of the menu key on X: a wish for a menu in the middle of the view."""
    middle = view.viewport().rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, view.viewport().mapToGlobal(middle))
    QCoreApplication.sendEvent(view.viewport(), event)


def press_shift_f10(bench: Bench, view: QAbstractItemView) -> None:
    bench.qtbot.keyClick(view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)


def open_menu(bench: Bench) -> QMenu:
    def found() -> QWidget | None:
        return QApplication.activePopupWidget()

    bench.qtbot.waitUntil(lambda: found() is not None)
    menu = found()
    assert isinstance(menu, QMenu)
    return menu


def with_many_keys(bench: Bench) -> KeysPage:
    bench.keys.keys = [key(f"key {n}", "petrol") for n in range(40)]
    page = bench.workspace("keys").keys
    bench.qtbot.waitUntil(lambda: page.rows.rowCount() == 40)
    return page


@pytest.mark.parametrize("by_shift", [False, True])
def test_a_key_opens_the_menu_of_the_current_key(bench: Bench, by_shift: bool) -> None:
    page = with_many_keys(bench)
    page.table.setFocus()
    page.table.setCurrentIndex(page.rows.index(1, 0))
    wanted: list[tuple[str, QPoint]] = []
    page.table.menu_wanted.connect(lambda found, place: wanted.append((found.name, place)))
    if by_shift:
        press_shift_f10(bench, page.table)
    else:
        press_menu_key(page.table)
    open_menu(bench).close()
    ((name, place),) = wanted
    assert name == "key 1"
    current = page.table.visualRect(page.table.currentIndex())
    assert current.top() <= page.table.viewport().mapFromGlobal(place).y() <= current.bottom()
    assert page.table.currentIndex().row() == 1


def test_a_current_row_that_is_not_seen_comes_into_view(bench: Bench) -> None:
    page = with_many_keys(bench)
    page.table.setCurrentIndex(page.rows.index(1, 0))
    page.table.scrollToBottom()
    with bench.qtbot.waitSignal(page.table.menu_wanted) as wanted:
        press_menu_key(page.table)
    open_menu(bench).close()
    assert wanted.args is not None
    assert wanted.args[0].name == "key 1"
    assert page.table.viewport().rect().contains(page.table.viewport().mapFromGlobal(wanted.args[1]))


@pytest.mark.parametrize("by_shift", [False, True])
def test_a_key_opens_the_menu_of_the_current_work(
    bench: Bench, by_shift: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = bench.page()
    page.take_drop(tuple(b"/d/%d" % n for n in range(40)))
    view = page.work.view
    bench.qtbot.waitUntil(lambda: view.model().rowCount() == 40 and not page.queue.busy)
    view.setFocus()
    view.setCurrentIndex(page.queue.rows.index(1, 0))
    asked: list[bytes] = []
    made = view.menu_of
    monkeypatch.setattr(view, "menu_of", lambda row: (asked.append(row.source), made(row))[1])
    if by_shift:
        press_shift_f10(bench, view)
    else:
        press_menu_key(view)
    open_menu(bench).close()
    assert asked == [page.queue.rows.rows[1].source]
