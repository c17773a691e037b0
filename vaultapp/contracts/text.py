"""Small texts under a vault key."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from msgspec import Struct

TEXT_LIMIT = 4096
# Beginnings of context names that are kept for programs: people may not encrypt with them.
RESERVED_NAMES = ("aws-crypto-", "vaultapp-")


class TextDescription(Struct, frozen=True):
    """What a `vlt1…` text says of itself: its key and version, nothing else."""

    key_id: UUID
    version_id: bytes
    name: str = ""
    number: int = 0


class OpenedText(Struct, frozen=True):
    """A decrypted text and the key that opened it."""

    plaintext: bytearray
    key_id: UUID
    key_name: str
    number: int

    def __repr__(self) -> str:
        """Show nothing of the text."""
        return f"OpenedText({self.key_name})"


class TextApi(Protocol):
    """Encrypt and decrypt up to 4,096 bytes."""

    def encrypt(self, key: str, plaintext: bytearray, context: dict[str, str]) -> str:
        """Return a text that begins with `vlt1`.

        Raises:
            TextTooLong, ContextReserved, NotFound, KeyDisabled, KeyPendingDeletion.
        """

    def decrypt(self, text: str, context: dict[str, str]) -> OpenedText:
        """Find the `vlt1…` in the text (surroundings, line breaks and quotes are tolerated) and open it.

        Raises:
            NotSealed: There is none.
            KeyNotHere, KeyDisabled, KeyPendingDeletion, AuthenticationFailed, UnsupportedFormat.
        """

    def inspect(self, text: str) -> TextDescription:
        """Say which key a text needs."""
