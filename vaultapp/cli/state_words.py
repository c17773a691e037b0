"""The words for a vault's state."""

from __future__ import annotations

from collections.abc import Mapping

from vaultapp.contracts.vault import VaultStatus
from vaultapp.contracts.vault_state import VaultState

STATES: Mapping[VaultState, str] = {
    VaultState.MISSING: "there is none; `vaultapp init` makes one",
    VaultState.LOCKED: "locked",
    VaultState.UNLOCKING: "being unlocked",
    VaultState.UNLOCKED: "unlocked",
    VaultState.VAULTLESS: "none",
}


def state_text(status: VaultStatus) -> str:
    """Return what an agent can do for its callers now."""
    if status.window_locked is not None:
        return "open for programs; the window is locked"
    return STATES[status.state]
