"""What waits for the first picture comes after it, in its order."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vaultapp.gui import first_picture
from vaultapp.gui.first_picture import FirstPicture


class Drawn(QWidget):
    def __init__(self, seen: list[str]) -> None:
        super().__init__()
        self._seen = seen

    def paintEvent(self, event: QEvent) -> None:
        self._seen.append("drawn")


@pytest.fixture
def seen() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot, seen: list[str]) -> Drawn:
    window = Drawn(seen)
    qtbot.addWidget(window)
    return window


def test_calls_wait_for_the_picture_and_keep_their_order(qtbot: QtBot, window: Drawn, seen: list[str]) -> None:
    drawn = FirstPicture(window)
    drawn.then(lambda: seen.append("one"))
    drawn.then(lambda: seen.append("two"))
    window.show()
    assert seen == []
    qtbot.waitUntil(lambda: "two" in seen)
    assert seen[0] == "drawn"
    assert [entry for entry in seen if entry != "drawn"] == ["one", "two"]
    drawn.then(lambda: seen.append("late"))
    assert "late" not in seen
    qtbot.waitUntil(lambda: "late" in seen)


def test_a_window_that_is_not_shown_is_not_waited_for(qtbot: QtBot, window: Drawn, seen: list[str]) -> None:
    drawn = FirstPicture(window)
    drawn.then(lambda: seen.append("one"))
    drawn.begin()
    drawn.begin()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["one"]


def test_a_desktop_that_never_draws_it_is_not_waited_for(
    qtbot: QtBot, window: Drawn, seen: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_picture, "_LONGEST_MS", 0)
    drawn = FirstPicture(window)
    drawn.then(lambda: seen.append("one"))
    window.setUpdatesEnabled(False)
    window.show()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["one"]
