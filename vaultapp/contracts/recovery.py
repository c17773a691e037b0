"""Recovery words before they are used."""

from __future__ import annotations

from typing import Protocol


class RecoveryApi(Protocol):
    """What can be said of recovery words while the vault is locked, too."""

    def check(self, words: bytearray) -> None:
        """Tell whether these words are this vault's; nothing is opened or changed, and they are overwritten.

        Raises:
            WordsMistyped, WordsOfAnotherVault, NoSuchSlot: They are not, and why.
            VaultMissing, VaultDamaged, VaultTampered, VaultTooNew: The vault cannot say.
        """
