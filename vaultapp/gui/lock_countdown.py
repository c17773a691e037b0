"""The time that is left before the vault locks by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from vaultapp.contracts.locking import AutoLock, LockApi
from vaultapp.gui.agent_events import AgentEvents
from vaultapp.gui.tasks import TaskRunner

_TICK_MS = 1000


class LockCountdown(QObject):
    """Counts down by itself from what the agent said last; the agent tells when that changed.

    Args:
        lock: Asked once, at the beginning.
        tasks: Runs the call.
        events: Tell of changes.
        now: A monotonic clock, in seconds.
        parent: Until this goes.
    """

    changed = Signal()

    def __init__(
        self, lock: LockApi, tasks: TaskRunner, events: AgentEvents, now: Callable[[], float], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._until: float | None = None
        self._held = False
        self._heard = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.changed)
        events.auto_lock.connect(self._hear)
        tasks.run(lambda _work: lock.due()).tell(self, done=self._begin)

    @property
    def left(self) -> int | None:
        """Whole seconds, not below 0; None while the vault does not lock by idling."""
        return None if self._until is None else max(0, round(self._until - self._now()))

    @property
    def held(self) -> bool:
        """True while the vault would lock by idling, but for the file work that goes on."""
        return self._held

    def _begin(self, due: AutoLock) -> None:
        if not self._heard:
            self._take(due)

    def _hear(self, due: AutoLock) -> None:
        self._heard = True
        self._take(due)

    def _take(self, due: AutoLock) -> None:
        self._held = due.held
        self._until = None if due.seconds is None else self._now() + due.seconds
        if self._until is None:
            self._timer.stop()
        else:
            self._timer.start()
        self.changed.emit()
