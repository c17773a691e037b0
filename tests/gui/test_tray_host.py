"""What is known of the desktop's tray, on a bus of the test's own, and on an X server."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from tests.buses.private_bus import PrivateBus
from tests.buses.stand_in import StandIn
from tests.desktop.processes import Processes
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.tray import tray_selection
from vaultapp.gui.tray.status_notifier import Notifier, StatusNotifier
from vaultapp.gui.tray.tray_host import TrayHost, TrayPlace

_WATCHER = "org.kde.StatusNotifierWatcher"
_AT_ONCE_S = 1.0
Watch = Callable[[bool], StandIn]


@pytest.fixture
def bus() -> Iterator[PrivateBus]:
    with tempfile.TemporaryDirectory(prefix="vaultapp-tray-") as folder, PrivateBus(Path(folder)) as bus:
        yield bus


@pytest.fixture
def connection(bus: PrivateBus) -> Iterator[QDBusConnection]:
    name = f"tray-{bus.address}"
    yield QDBusConnection.connectToBus(bus.address, name)
    QDBusConnection.disconnectFromBus(name)


@pytest.fixture
def owner() -> QObject:
    return QObject()


@pytest.fixture
def watch(bus: PrivateBus) -> Iterator[Watch]:
    """Put a watcher on the bus; the argument says whether there is a panel that shows what it lists."""
    begun: list[StandIn] = []

    def begin(shown: bool) -> StandIn:
        answers = {"Get": lambda _interface, _name: ("v", (("b", shown),))}
        begun.append(StandIn(bus.address, _WATCHER, answers=answers))
        return begun[-1]

    yield begin
    for one in begun:
        one.close()


def known(qtbot: QtBot, connection: QDBusConnection, owner: QObject, state: Notifier) -> StatusNotifier:
    notifier = StatusNotifier(connection, owner)
    assert notifier.state is Notifier.UNKNOWN
    notifier.look()
    qtbot.waitUntil(lambda: notifier.state is state)
    return notifier


def test_a_panel_that_comes_and_goes_is_known_without_a_look(
    qtbot: QtBot, connection: QDBusConnection, owner: QObject, watch: Watch
) -> None:
    notifier = known(qtbot, connection, owner, Notifier.ABSENT)
    for _ in range(2):
        panel = watch(True)
        qtbot.waitUntil(lambda: notifier.state is Notifier.PRESENT)
        panel.close()
        qtbot.waitUntil(lambda: notifier.state is Notifier.ABSENT)


def test_a_watcher_whose_icons_nobody_shows_is_no_tray(
    qtbot: QtBot, connection: QDBusConnection, owner: QObject, watch: Watch, tasks: TaskRunner
) -> None:
    panel = watch(False)
    host = TrayHost(tasks, owner, connection, "offscreen")
    host.look()
    qtbot.waitUntil(lambda: panel.callers("Get") != [] and host._notifier._asked is None)
    assert host.place is None


def test_a_panel_that_crashed_is_no_tray_though_the_watcher_lives_on(
    qtbot: QtBot, bus: PrivateBus, connection: QDBusConnection, owner: QObject, watch: Watch
) -> None:
    watch(True)
    with StandIn(bus.address, "org.kde.StatusNotifierHost-4711"):
        notifier = known(qtbot, connection, owner, Notifier.PRESENT)
    for _ in range(2):
        notifier.look()
        qtbot.waitUntil(lambda: notifier.state is Notifier.UNKNOWN)
        with StandIn(bus.address, "org.kde.StatusNotifierHost-4712"):
            notifier.look()
            qtbot.waitUntil(lambda: notifier.state is Notifier.PRESENT)


def test_a_panel_without_a_name_is_believed_after_one_with_a_name_went(
    qtbot: QtBot, bus: PrivateBus, connection: QDBusConnection, owner: QObject, watch: Watch
) -> None:
    with watch(True), StandIn(bus.address, "org.kde.StatusNotifierHost-4711"):
        notifier = known(qtbot, connection, owner, Notifier.PRESENT)
    qtbot.waitUntil(lambda: notifier.state is Notifier.ABSENT)
    watch(True)
    qtbot.waitUntil(lambda: notifier.state is Notifier.PRESENT)


def test_a_bus_that_stands_still_holds_nobody_up_and_is_no_tray(
    qtbot: QtBot,
    bus: PrivateBus,
    connection: QDBusConnection,
    owner: QObject,
    watch: Watch,
    tasks: TaskRunner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("vaultapp.gui.tray.status_notifier.ANSWER_MS", 200)
    watch(True)
    host = TrayHost(tasks, owner, connection, "offscreen")
    host.look()
    qtbot.waitUntil(lambda: host.place is TrayPlace.NOTIFIER)
    with bus.held():
        begun = time.monotonic()
        host.look()
        late = TrayHost(tasks, owner, connection, "offscreen")
        late.look()
        assert late.place is None
        assert time.monotonic() - begun < _AT_ONCE_S
        qtbot.waitUntil(lambda: host.place is None)
    host.look()
    qtbot.waitUntil(lambda: host.place is TrayPlace.NOTIFIER)


def test_without_a_bus_only_x_is_asked(
    qtbot: QtBot, owner: QObject, tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = QDBusConnection("there is no such bus")
    owned = [True]
    monkeypatch.setattr(tray_selection, "is_owned", lambda: owned[0])
    host = TrayHost(tasks, owner, nowhere, "xcb")
    host.look()
    qtbot.waitUntil(lambda: host.place is TrayPlace.EMBEDDED)
    owned[0] = False
    qtbot.waitUntil(lambda: not host._asking)
    host.look()
    qtbot.waitUntil(lambda: host.place is None)


def test_the_selection_of_the_older_tray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":none")
    assert not tray_selection.is_owned()
    processes = Processes()
    try:
        display = processes.announced(lambda ready: _x_server(processes, ready))
        monkeypatch.setenv("DISPLAY", f":{display}")
        assert not tray_selection.is_owned()
        tray = processes.start(["trayer"], {"DISPLAY": f":{display}"})
        deadline = time.monotonic() + 20
        while not tray_selection.is_owned() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert tray_selection.is_owned()
        processes.end(tray)
        assert not tray_selection.is_owned()
    finally:
        processes.close()


def _x_server(processes: Processes, ready: int) -> subprocess.Popen[bytes]:
    command = ["Xvfb", "-displayfd", str(ready), "-screen", "0", "640x480x24", "-nolisten", "tcp", "-noreset"]
    return processes.start(command, {}, pass_fds=[ready])
