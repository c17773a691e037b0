"""The contract of locking by itself as one client of the agent sees it."""

from __future__ import annotations

from collections.abc import Callable

from vaultapp.agent.lock_guard import LockGuard
from vaultapp.contracts.locking import AutoLock, LockSettings, TriggerState
from vaultapp.core.errors import VaultLocked
from vaultapp.services.lock_settings import LockSettingsService

# Raises VaultLocked.
OpenSettings = Callable[[], LockSettingsService]


def watch(service: OpenSettings, guard: LockGuard) -> None:
    """Have a vault guarded that was just opened: by its settings, or by the defaults if they cannot be read."""
    try:
        settings = service().settings()
    except VaultLocked:
        return  # Again, meanwhile.
    except Exception:  # noqa: BLE001 - the check tells what is damaged; an open vault is guarded whatever it is
        settings = LockSettings()
    guard.start(settings)


class AgentLocking:
    """Settings are the vault's, triggers and time the process's.

    Args:
        service: Gives the open vault's settings; raises VaultLocked.
        guard: Watches over it.
        prove: Looks if a passphrase is the vault's, overwrites it, and raises if it is not.
        asks: The client may have the desktop asked; else it is told what is known.
    """

    def __init__(
        self, service: OpenSettings, guard: LockGuard, prove: Callable[[bytearray], object], *, asks: bool
    ) -> None:
        self._service = service
        self._guard = guard
        self._prove = prove
        self._asks = asks

    def settings(self) -> LockSettings:
        """Return which triggers count."""
        return self._service().settings()

    def change(self, settings: LockSettings) -> LockSettings:
        """Set which triggers count, from now on."""
        changed = self._service().change(settings)
        self._guard.use(changed)
        return changed

    def change_with(self, settings: LockSettings, passphrase: bytearray) -> LockSettings:
        """Set which triggers count, for who gives the passphrase."""
        self._prove(passphrase)
        return self.change(settings)

    def triggers(self) -> tuple[TriggerState, ...]:
        """Return which triggers can be heard here."""
        return self._guard.triggers(ask=self._asks)

    def present(self) -> None:
        """The person is there now."""
        self._guard.present()

    def due(self) -> AutoLock:
        """Return when it locks by idling."""
        return self._guard.due()
