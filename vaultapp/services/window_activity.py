"""What the log tells of a window that was locked while programs go on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from vaultapp.core.errors import VaultError
from vaultapp.services.unlocked import UnlockedVault


class WindowActivity:
    """Writes down that the window of an open vault was locked, and unlocked.

    A full disk must keep nobody from either, nor a whole check that has not ended: until then nothing is written.

    Args:
        unlocked: Gives the open vault; raises VaultLocked.
        name: The vault's.
    """

    def __init__(self, unlocked: Callable[[], UnlockedVault], name: str) -> None:
        self._unlocked = unlocked
        self._name = name

    def locked(self, reason: str) -> bool:
        """Write down that it was locked, and why; False when the log does not tell of it."""
        return self._write("window.lock", reason=reason)

    def opened(self) -> bool:
        """Write down that it was unlocked; False when the log does not tell of it."""
        return self._write("window.unlock")

    def _write(self, action: str, **facts: str) -> bool:
        with suppress(VaultError):
            found = self._unlocked()
            if found.vault.is_checked:
                found.recorder.use(action, "vault", self._name, "ok", **facts)
                return True
        return False
