from __future__ import annotations

import pytest
from conftest import Bench
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.gui.samples import key
from vaultapp.gui.look import Look
from vaultapp.gui.pages.keys_page import KeysPage
from vaultapp.gui.widgets.choice_popup import Choice
from vaultapp.gui.widgets.chooser import Chooser
from vaultapp.gui.widgets.latest_text import LatestText


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def told(field: QLineEdit) -> list[str]:
    found: list[str] = []
    LatestText(field).changed.connect(found.append)
    return found


def everything_due(qtbot: QtBot) -> None:
    """Let all come that waits now."""
    came: list[bool] = []
    QTimer.singleShot(0, lambda: came.append(True))
    qtbot.waitUntil(lambda: bool(came))


def test_keys_that_came_together_are_told_once(qtbot: QtBot, field: QLineEdit, told: list[str]) -> None:
    qtbot.keyClicks(field, "key 04")
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    qtbot.keyClicks(field, "30")
    qtbot.waitUntil(lambda: len(told) > 1)
    assert told == ["key 04", "key 0430"]


def test_what_is_not_typed_is_told_at_once(qtbot: QtBot, field: QLineEdit, told: list[str]) -> None:
    field.setText("set")
    assert told == ["set"]
    qtbot.keyClicks(field, "x")
    field.clear()
    assert told == ["set", ""]
    field.setText("again")
    everything_due(qtbot)
    assert told == ["set", "", "again"], "what was typed is overtaken"


def test_whoever_cannot_wait_asks(qtbot: QtBot, field: QLineEdit) -> None:
    latest = LatestText(field)
    told: list[str] = []
    latest.changed.connect(told.append)
    latest.tell_now()
    assert told == []
    qtbot.keyClicks(field, "typed")
    latest.tell_now()
    assert told == ["typed"]
    everything_due(qtbot)
    assert told == ["typed"]


def keys_page(bench: Bench) -> KeysPage:
    bench.keys.keys = [key(f"Key {number}", "petrol") for number in range(30)]
    page = bench.workspace("keys").keys
    bench.qtbot.waitUntil(lambda: page.rows.rowCount() == 30)
    return page


@pytest.mark.parametrize("way", [Qt.Key.Key_Down, Qt.Key.Key_Tab])
def test_whoever_goes_to_the_list_with_the_last_key_finds_it_narrowed(bench: Bench, way: Qt.Key) -> None:
    page = keys_page(bench)
    filter_field = page.head.filter
    assert filter_field is not None
    filter_field.setFocus()
    bench.qtbot.keyClicks(filter_field, "key 27")
    assert page.rows.rowCount() == 30
    bench.qtbot.keyClick(filter_field, way)
    assert page.rows.rowCount() == 1
    if way is Qt.Key.Key_Down:
        assert page.table.current is not None
        assert page.table.current.name == "Key 27"


def test_a_long_list_is_narrowed_once_for_many_keys(bench: Bench) -> None:
    page = keys_page(bench)
    assert page.head.filter is not None
    asked: list[str] = []
    set_needle = page.rows.set_needle

    def counted(text: str) -> None:
        asked.append(text)
        set_needle(text)

    page.rows.set_needle = counted  # type: ignore[method-assign]
    bench.qtbot.keyClicks(page.head.filter, "key 12")
    bench.qtbot.waitUntil(lambda: page.head.count.text() == "1 of 30")
    assert asked == ["key 12"]


def test_enter_and_the_arrows_mean_the_list_as_it_was_asked_for(qtbot: QtBot, look: Look) -> None:
    chooser = Chooser(look, "Encrypt with")
    qtbot.addWidget(chooser)
    chooser.offer([Choice(number, f"Key {number}", "petrol") for number in range(40)], 0)
    chooser.show()
    chosen: list[int] = []
    chooser.picked.connect(chosen.append)
    chooser.open()
    popup = chooser.popup
    assert popup is not None
    assert popup.filter is not None
    qtbot.keyClicks(popup.filter, "KEY 3")
    qtbot.keyClick(popup.filter, Qt.Key.Key_Down)
    qtbot.keyClick(popup.filter, Qt.Key.Key_Return)
    assert chosen == [30]
