"""How an agent in memory locks by itself: it says what a test says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.gui.gates import open_gate, pass_gate
from vaultapp.contracts.events import Event
from vaultapp.contracts.locking import AutoLock, LockApi, LockSettings, LockTrigger, TriggerState
from vaultapp.core.errors import VaultError


class FakeLock:
    """Keeps what is set, and counts how often somebody was there."""

    def __init__(self, publish: Callable[[Event], None]) -> None:
        self._publish = publish
        self.kept = LockSettings()
        self.changes: list[LockSettings] = []
        self.seen = 0
        self.answer = AutoLock(900)
        self.states = tuple(TriggerState(trigger, True) for trigger in LockTrigger)
        self.fails_with: VaultError | None = None
        self.gate = open_gate()

    def settings(self) -> LockSettings:
        return self.kept

    def change(self, settings: LockSettings) -> LockSettings:
        pass_gate(self.gate)
        if self.fails_with is not None:
            raise self.fails_with
        self.changes.append(settings)
        self.kept = settings
        return settings

    def change_with(self, settings: LockSettings, passphrase: bytearray) -> LockSettings:
        raise AssertionError("the window has no need of it")

    def triggers(self) -> tuple[TriggerState, ...]:
        return self.states

    def present(self) -> None:
        self.seen += 1

    def due(self) -> AutoLock:
        return self.answer

    def tell(self, due: AutoLock) -> None:
        """Tell the window, as the agent does by itself."""
        self._publish(due)

    def unavailable(self, **notes: str) -> None:
        """Say of these triggers that they cannot be heard, and why."""
        self.states = tuple(
            TriggerState(trigger, trigger.value not in notes, notes.get(trigger.value, "")) for trigger in LockTrigger
        )


if TYPE_CHECKING:
    _: type[LockApi] = FakeLock
