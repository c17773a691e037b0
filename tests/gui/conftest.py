"""The window on a screen in memory, with an agent in memory behind it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, os.path.dirname(__file__))

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.fake_activity import FakeActivity
from tests.gui.fake_clock import FakeClock
from tests.gui.fake_credentials import FakeCredentials
from tests.gui.fake_files import FakeFiles
from tests.gui.fake_keys import FakeKeys
from tests.gui.fake_lock import FakeLock
from tests.gui.fake_rotation import FakeRotation
from tests.gui.fake_text import FakeText
from tests.gui.fake_transfer import FakeTransfer
from tests.gui.fake_vault import FakeVault
from vaultapp.contracts.vault_state import VaultState
from vaultapp.desktop.autostart import Autostart
from vaultapp.desktop.folders import DesktopFolders
from vaultapp.desktop.program import Program
from vaultapp.gui.agent_events import AgentEvents
from vaultapp.gui.languages import Languages
from vaultapp.gui.look import Look
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.pages.files_page import FilesPage
from vaultapp.gui.session import LockNote, Reached, Session, Subjects
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.theme import Appearance
from vaultapp.gui.window_parts import WindowParts
from vaultapp.gui.window_settings import WindowSettings
from vaultapp.gui.workspace import Workspace


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the screen in memory say what it cannot do: it has no window manager and grabs no keys."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support "))


class FakeDesktop(QObject):
    """A desktop whose wishes a test sets."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wish = Appearance.LIGHT

    def appearance(self) -> Appearance:
        return self.wish

    def ask_for(self, wish: Appearance) -> None:
        self.wish = wish
        self.changed.emit()


@dataclass
class Dressed:
    look: Look
    desktop: FakeDesktop


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Dressed:
    font = QFont("DejaVu Sans")
    font.setPointSizeF(9.75)
    qapp.setFont(font)
    desktop = FakeDesktop()
    return Dressed(Look.of(qapp, desktop, still=True), desktop)


def delete_closed() -> None:
    """Delete the windows that are closed and wait for it.

    They would take part in a change of the theme or the language, in which thousands of widgets are polished anew.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desktop(dressed: Dressed) -> Iterator[FakeDesktop]:
    yield dressed.desktop
    delete_closed()
    dressed.desktop.ask_for(Appearance.LIGHT)


@pytest.fixture
def look(dressed: Dressed, desktop: FakeDesktop) -> Look:
    return dressed.look


@pytest.fixture
def empty_clipboard(qapp: QApplication) -> Iterator[None]:
    qapp.clipboard().clear()
    yield
    qapp.clipboard().clear()


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    assert runner.shutdown(), "a thread did not end"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings(tmp_path: Path) -> WindowSettings:
    return WindowSettings(tmp_path / "state" / "window.json")


@pytest.fixture
def languages(qapp: QApplication, look: Look) -> Iterator[Languages]:
    """English, until a test chooses another one; the desktop of the tests wants none."""
    made = Languages(qapp, look, lambda: ())
    made.choose("")
    yield made
    delete_closed()
    made.choose("")
    made.deleteLater()


@dataclass
class Bench:
    """A window and what is behind it."""

    qtbot: QtBot
    look: Look
    tasks: TaskRunner
    clock: FakeClock
    settings: WindowSettings
    languages: Languages
    events: AgentEvents
    vault: FakeVault
    keys: FakeKeys
    files: FakeFiles
    activity: FakeActivity
    text: FakeText
    lock: FakeLock
    credentials: FakeCredentials
    rotation: FakeRotation
    transfer: FakeTransfer
    session: Session
    connects: list[Path]
    autostart: Callable[[], Autostart]
    _windows: list[MainWindow]

    def window(
        self, state: VaultState, note: LockNote | None = None, size: tuple[int, int] = (1180, 760)
    ) -> MainWindow:
        self.vault.state = state
        parts = WindowParts(
            self.connect,
            self.events,
            self.tasks,
            self.settings,
            self.clock,
            self.languages,
            autostart=self.autostart,
        )
        window = MainWindow(self.look, self.session, self.vault.status(), parts, note)
        self.qtbot.addWidget(window)
        self._windows.append(window)
        window.resize(*size)
        with self.qtbot.waitExposed(window):
            window.show()
        return window

    def page(self, size: tuple[int, int] = (1180, 760)) -> FilesPage:
        """Open a window on an unlocked vault and return its page, with the keys shown."""
        window = self.window(VaultState.UNLOCKED, size=size)
        page = window.screens.files_page
        assert page is not None
        self.qtbot.waitUntil(lambda: page.options.key.current is not None and bool(page.options.key.current.hue))
        return page

    def workspace(self, page: str, size: tuple[int, int] = (1180, 760)) -> Workspace:
        """Open a window on an unlocked vault, turn to one of its pages, and return what holds them."""
        workspace = self.window(VaultState.UNLOCKED, size=size).screens.workspace
        assert workspace is not None
        workspace.turn_to(page)
        return workspace

    def opening(self) -> tuple[MainWindow, Workspace]:
        """Return a window whose vault was opened this moment, and its pages, which are not shown yet."""
        window = self.window(VaultState.LOCKED)
        self.vault.state = VaultState.UNLOCKED
        window.screens._open(self.vault.status())
        self.qtbot.waitUntil(lambda: window.screens._workspace is not None)
        workspace = window.screens._workspace
        assert workspace is not None
        return window, workspace

    def beside(self, path: Path, **other: Any) -> Session:
        """Return the session of a vault beside this one's: with the same subjects, but for these."""
        same = Subjects(*(getattr(self.session, name) for name in Subjects._fields))
        return Session(path, lambda: same._replace(**other))

    def connect(self, path: Path) -> Reached:
        self.connects.append(path)
        if path == self.session.path:
            return Reached(self.session, self.vault.status())
        vault = FakeVault(path, VaultState.MISSING, publish=self.vault.publish)
        return Reached(self.beside(path, vault=vault), vault.status())


def window_of(part: QWidget) -> MainWindow:
    """Return the main window that something is in."""
    window = part.window()
    assert isinstance(window, MainWindow)
    return window


def _autostart() -> Autostart:
    return Autostart(DesktopFolders.of_user(os.environ), Program(("/opt/vaultapp/bin/vaultapp",)))


@pytest.fixture
def bench(
    qtbot: QtBot,
    look: Look,
    tasks: TaskRunner,
    clock: FakeClock,
    settings: WindowSettings,
    languages: Languages,
    tmp_path: Path,
) -> Iterator[Bench]:
    events = AgentEvents()
    publish = events.listener()
    keys = FakeKeys(publish=publish)
    files = FakeFiles(keys, publish=publish)
    vault = FakeVault(tmp_path / "Mara’s vault.vault", publish=publish, waiting=lambda: len(files.waiting))
    activity = FakeActivity()
    text = FakeText(keys)
    lock = FakeLock(publish)
    credentials = FakeCredentials(publish=publish)
    rotation = FakeRotation(credentials, publish)
    transfer = FakeTransfer(credentials)
    behind = (vault, keys, files, activity, text, lock, credentials, rotation, transfer)
    session = Session(vault.path, lambda: Subjects(*behind))
    windows: list[MainWindow] = []
    yield Bench(qtbot, look, tasks, clock, settings, languages, events, *behind, session, [], _autostart, windows)
    files.gate.set()
    files.look_gate.set()
    text.gate.set()
    activity.gate.set()
    activity.check_gate.set()
    lock.gate.set()
    vault.gate.set()
    credentials.gate.set()
    for gate in rotation.gates.values():
        gate.set()
    for window in windows:
        page = window.screens.files_page
        if page is not None:
            page.queue.cancel_all()
    assert tasks.shutdown(), "a thread did not end"
