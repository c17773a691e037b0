"""What is remembered of a secret without opening it again: how strong it is, and which others equal it."""

from __future__ import annotations

import hmac

from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.core.passphrase_strength import estimate
from vaultapp.crypto.hkdf import hkdf
from vaultapp.services.unlocked import UnlockedVault

_INFO = b"vaultapp/1/reuse"


class SecretTraces:
    """Traces of the secrets of one vault.

    Args:
        unlocked: The open vault; its root key makes the keyed hash worthless elsewhere.
    """

    def __init__(self, unlocked: UnlockedVault) -> None:
        self._unlocked = unlocked

    def reuse(self, secret: str) -> bytes:
        """Return 32 bytes that equal secrets of this vault have in common; empty for an empty secret.

        HMAC-SHA256 over the secret in UTF-8; its key is HKDF-SHA512(root key, salt = vault id, info
        ``vaultapp/1/reuse``). Whoever has neither vault nor root key cannot try guesses by it.
        """
        if not secret:
            return b""
        key = hkdf(self._unlocked.root_key.read(), salt=self._unlocked.vault.vault_id.bytes, info=_INFO)
        return hmac.digest(key, secret.encode(), "sha256")

    def grade(self, kind: CredentialKind, secret: str) -> int | None:
        """Return a grade from 1 to 5; None for kinds whose secrets are only kept, of which it would say nothing."""
        return grade_of(secret) if kind.rules is not None and secret else None


def grade_of(secret: str) -> int:
    """Return the grade of a secret, 1 to 5, by the estimate that passphrases have. Takes up to 50 ms."""
    return int(estimate(secret).grade)
