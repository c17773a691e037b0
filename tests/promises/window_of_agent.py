"""A window on the screen in memory, with a real agent behind it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.promises.guarded_agent import GuardedAgent
from vaultapp.core.clock import SystemClock
from vaultapp.gui.agent_events import AgentEvents
from vaultapp.gui.languages import Languages
from vaultapp.gui.look import Look
from vaultapp.gui.main_window import MainWindow
from vaultapp.gui.pages.settings_page import SettingsPage
from vaultapp.gui.session import Reached, Session, Subjects
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.window_parts import WindowParts
from vaultapp.gui.window_settings import WindowSettings


class WindowOfAgent:
    """Opens the window of an agent whose vault is open.

    Attributes:
        window: The main window.
    """

    def __init__(self, agent: GuardedAgent, qtbot: QtBot, qapp: QApplication, folder: Path) -> None:
        self._qtbot = qtbot
        events, self._tasks = AgentEvents(), TaskRunner()
        agent.client.on_event(events.listener())
        session = session_of(agent)
        settings = WindowSettings(folder / "window.json")
        look = Look.of(qapp, still=True)
        languages = Languages(qapp, look, lambda: ())
        parts = WindowParts(_no_other, events, self._tasks, settings, SystemClock(), languages)
        self.window = MainWindow(look, session, session.vault.status(), parts)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def settings(self) -> SettingsPage:
        """Turn to the settings."""
        workspace = self.window.screens.workspace
        assert workspace is not None
        workspace.turn_to("settings")
        self._qtbot.waitUntil(workspace.settings.unlock.change_button.isEnabled)
        return workspace.settings

    def close(self) -> None:
        """Wait for all its threads."""
        assert self._tasks.shutdown(), "a thread did not end"


def session_of(agent: GuardedAgent) -> Session:
    """Return an agent's subjects, as a window is given them."""
    subjects = Subjects(
        vault=agent.vault,
        keys=agent.keys,
        files=agent.files,
        activity=agent.activity,
        text=agent.text,
        lock=agent.lock,
        credentials=agent.credentials,
        rotation=agent.rotation,
        transfer=agent.transfer,
    )
    return Session(agent.vault_file, lambda: subjects)


def _no_other(path: Path) -> Reached:
    raise AssertionError(path)
