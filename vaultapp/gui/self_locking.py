"""What the window does so that its vault locks by itself, and what it shows of that."""

from __future__ import annotations

from PySide6.QtCore import QObject

from vaultapp.contracts.locking import LockApi
from vaultapp.core.clock import Clock
from vaultapp.gui.agent_events import AgentEvents
from vaultapp.gui.lock_countdown import LockCountdown
from vaultapp.gui.presence import Presence
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.widgets.sidebar import Sidebar


class SelfLocking(QObject):
    """Tells the agent when the person is there, and shows in the sidebar how much time is left.

    Args:
        lock: How the vault guards itself.
        tasks: Runs calls.
        events: Of the vault's agent.
        clock: Source of time.
        sidebar: Shows the time, and keeps this alive.
    """

    def __init__(self, lock: LockApi, tasks: TaskRunner, events: AgentEvents, clock: Clock, sidebar: Sidebar) -> None:
        super().__init__(sidebar)
        self._sidebar = sidebar
        self.presence = Presence(lock, tasks, clock.monotonic, self)
        self.countdown = LockCountdown(lock, tasks, events, clock.monotonic, self)
        self.countdown.changed.connect(self._show)

    def _show(self) -> None:
        self._sidebar.show_time_left(self.countdown.left, held=self.countdown.held)
