"""What the icon tells by the desktop's notifications, on a bus of the test's own."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from tests.buses.private_bus import PrivateBus
from tests.buses.stand_in import StandIn
from vaultapp.gui.tray.notification_server import NotificationServer
from vaultapp.gui.tray.tray_entry import TrayEntry

_SERVER = "org.freedesktop.Notifications"
_ANSWERS = {"GetServerInformation": lambda: ("ssss", ("notices", "tests", "1", "1.2"))}
_AT_ONCE_S = 1.0


@pytest.fixture
def bus() -> Iterator[PrivateBus]:
    with tempfile.TemporaryDirectory(prefix="vaultapp-notices-") as folder, PrivateBus(Path(folder)) as bus:
        yield bus


@pytest.fixture
def server(qtbot: QtBot, bus: PrivateBus) -> Iterator[NotificationServer]:
    name = f"notices-{bus.address}"
    parent = QObject()
    yield NotificationServer(QDBusConnection.connectToBus(bus.address, name), parent)
    QDBusConnection.disconnectFromBus(name)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the first line of every notification that Qt was given; the icon is in no tray."""
    found: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _icon: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _icon, head, *_rest: found.append(head))
    return found


def entry(qtbot: QtBot, server: NotificationServer | None) -> TrayEntry:
    menu = QMenu()
    qtbot.addWidget(menu)
    picture = QPixmap(16, 16)
    picture.fill()
    return TrayEntry(QIcon(picture), "tip", menu, lambda: None, server)


def asked(server: NotificationServer, qtbot: QtBot) -> None:
    """Wait until nothing is asked any more."""
    qtbot.waitUntil(lambda: not server.children())


def test_what_is_told_is_shown_once_the_desktop_answers(
    qtbot: QtBot, bus: PrivateBus, server: NotificationServer, shown: list[str]
) -> None:
    icon = entry(qtbot, server)
    icon.tell("nobody listens", "")
    asked(server, qtbot)
    assert shown == []
    with StandIn(bus.address, _SERVER, answers=_ANSWERS):
        icon.tell("copied", "")
        qtbot.waitUntil(lambda: shown == ["copied"])
        icon.tell("gone before the answer", "")
        icon.remove()
        asked(server, qtbot)
    assert shown == ["copied"]


def test_a_desktop_that_does_not_answer_holds_nobody_up(
    qtbot: QtBot, bus: PrivateBus, server: NotificationServer, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultapp.gui.tray.notification_server.ANSWER_MS", 200)
    icon = entry(qtbot, server)
    with StandIn(bus.address, _SERVER, answers=_ANSWERS), bus.held():
        begun = time.monotonic()
        icon.tell("copied", "")
        assert time.monotonic() - begun < _AT_ONCE_S
        asked(server, qtbot)
    assert shown == []
    icon.remove()


def test_an_icon_that_a_window_of_x_holds_tells_by_itself(qtbot: QtBot, shown: list[str]) -> None:
    icon = entry(qtbot, None)
    icon.tell("copied", "")
    assert shown == ["copied"]
    icon.remove()
