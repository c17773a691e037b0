"""How it stands with a vault, and the ways to open it: what the window needs to know before it is drawn."""

from __future__ import annotations

from enum import StrEnum


class VaultState(StrEnum):
    """What the agent can do for its callers now."""

    MISSING = "missing"
    LOCKED = "locked"
    UNLOCKING = "unlocking"
    UNLOCKED = "unlocked"
    VAULTLESS = "vaultless"


class SlotKind(StrEnum):
    """A way to the root key."""

    PASSPHRASE = "passphrase"  # noqa: S105 - a kind, not a secret
    RECOVERY_WORDS = "recovery_words"
