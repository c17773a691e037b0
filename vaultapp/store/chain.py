"""How activity entries are sealed and linked; knows no file.

link = HMAC-SHA256(activity key, canonical("activity-link", previous link, sequence, sealed)). Head and length are in
the epoch row, so that a cut end is noticed; the beginning is trimmed behind a sealed checkpoint.
"""

from __future__ import annotations

import hmac
from uuid import UUID

import msgspec

from vaultapp.contracts.activity import Entry
from vaultapp.core.errors import AuthenticationFailed, VaultTampered
from vaultapp.crypto.aead import NONCE_BYTES, AesGcm
from vaultapp.crypto.random import Random
from vaultapp.formats.canonical import canonical
from vaultapp.store.sealing import Subkeys

_DECODER = msgspec.msgpack.Decoder(Entry)
_ENCODER = msgspec.msgpack.Encoder(uuid_format="bytes")


class Chain:
    """Seals entries and links them.

    Args:
        subkeys: Of the vault; entries are sealed by the sealing key and linked by the activity key.
        vault_id: Bound to every entry.
        random: Source of nonces.
    """

    def __init__(self, subkeys: Subkeys, vault_id: UUID, random: Random) -> None:
        self._cipher = AesGcm(subkeys.sealing)
        self._key = subkeys.activity
        self._vault_id = vault_id
        self._random = random

    def seal(self, entry: Entry, previous: bytes) -> tuple[bytes, bytes]:
        """Return an entry's sealed bytes and its link."""
        nonce = self._random.bytes(NONCE_BYTES)
        sealed = nonce + self._cipher.seal(nonce, _ENCODER.encode(entry), self._aad(entry.sequence))
        return sealed, self.link(previous, entry.sequence, sealed)

    def link(self, previous: bytes, sequence: int, sealed: bytes) -> bytes:
        """Return the link of an entry."""
        return hmac.digest(self._key, canonical("activity-link", previous, sequence, sealed), "sha256")

    def open(self, sequence: int, sealed: bytes) -> Entry:
        """Open an entry.

        Raises:
            VaultTampered: It is not this one.
        """
        try:
            return _DECODER.decode(self._cipher.open(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self._aad(sequence)))
        except (AuthenticationFailed, msgspec.MsgspecError, RecursionError, ValueError, TypeError):
            raise VaultTampered(reason="activity", sequence=sequence) from None

    def _aad(self, sequence: int) -> bytes:
        return canonical("activity", self._vault_id.bytes, sequence)
