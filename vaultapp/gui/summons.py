"""Come to the front when the app is started another time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from vaultapp.gui.agent_events import AgentEvents


class Summons(QObject):
    """Shows the window when another start hands its files over, or nothing but the wish to see it.

    A desktop that lets no program take the focus marks the window in its task bar instead.

    Args:
        window: Comes, also out of the task bar.
        events: What the agent says.
    """

    def __init__(self, window: QWidget, events: AgentEvents) -> None:
        super().__init__(window)
        self._window = window
        events.wanted.connect(self.come)

    def come(self) -> None:
        """Show the window in front of the others."""
        window = self._window
        if window.isMinimized():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
