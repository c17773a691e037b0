"""Another start of the app brings the window to the front."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vaultapp.contracts.files import WaitingFiles
from vaultapp.contracts.keys import KeysChanged
from vaultapp.gui.agent_events import AgentEvents
from vaultapp.gui.summons import Summons


@pytest.mark.parametrize("paths", [(), (b"/d/a.pdf",)])
def test_a_window_in_the_task_bar_or_behind_another_comes(qtbot: QtBot, paths: tuple[bytes, ...]) -> None:
    window, other, events = QWidget(), QWidget(), AgentEvents()
    for widget in (window, other):
        qtbot.addWidget(widget)
        widget.show()
    Summons(window, events)
    tell = events.listener()
    window.showMinimized()
    other.activateWindow()
    qtbot.waitUntil(lambda: window.isMinimized() and other.isActiveWindow())
    tell(WaitingFiles(paths))
    qtbot.waitUntil(lambda: window.isVisible() and not window.isMinimized() and window.isActiveWindow())


def test_nothing_else_brings_it(qtbot: QtBot) -> None:
    window, events = QWidget(), AgentEvents()
    qtbot.addWidget(window)
    Summons(window, events)
    tell = events.listener()
    with qtbot.waitSignal(events.keys_changed):
        tell(KeysChanged(()))
    assert not window.isVisible()
