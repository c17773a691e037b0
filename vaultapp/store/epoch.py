"""The one sealed row that vouches for the vault as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

import msgspec

from vaultapp.core.errors import AuthenticationFailed, VaultTampered
from vaultapp.crypto.aead import NONCE_BYTES, AesGcm
from vaultapp.crypto.random import Random
from vaultapp.formats.canonical import canonical
from vaultapp.store.sealing import SUM_MODULUS

LINK_BYTES = 32
NO_LINK = bytes(LINK_BYTES)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where the kept part of the activity chain begins.

    Attributes:
        sequence: Of the first entry kept, or of the next one when none is.
        link: Of the entry before it.
        time: When the part before it was trimmed; 0 when nothing was.
    """

    sequence: int = 1
    link: bytes = NO_LINK
    time: int = 0


@dataclass(frozen=True, slots=True)
class EpochState:
    """One state of the vault.

    Attributes:
        epoch: Counts every committed transaction.
        row_sum: Sum of all row tags modulo 2**256.
        rows: How many records; tells a lost row from an older one.
        head: Link of the newest activity entry.
        length: Its sequence number; 0 without any.
        first: Where the kept chain begins.
        schema: Digest of the schema text.
    """

    epoch: int
    row_sum: int
    rows: int
    head: bytes
    length: int
    first: Checkpoint
    schema: bytes

    def moved(self, added: int = 0, removed: int = 0, rows: int = 0) -> EpochState:
        """Return the state with row tags added and taken away, and so many records more."""
        return replace(self, row_sum=(self.row_sum + added - removed) % SUM_MODULUS, rows=self.rows + rows)


class EpochSealer:
    """Seals the epoch row: in clear, successive sums would give row tags away."""

    def __init__(self, key: bytes, vault_id: UUID, random: Random) -> None:
        self._cipher = AesGcm(key)
        self._aad = canonical("epoch", vault_id.bytes)
        self._random = random

    def seal(self, state: EpochState) -> bytes:
        """Return nonce 12 ‖ ciphertext ‖ tag 16 of a msgpack map."""
        first = state.first
        plaintext = msgspec.msgpack.encode(
            {
                "epoch": state.epoch,
                "sum": state.row_sum.to_bytes(32, "big"),
                "rows": state.rows,
                "head": state.head,
                "length": state.length,
                "first": (first.sequence, first.link, first.time),
                "schema": state.schema,
            }
        )
        nonce = self._random.bytes(NONCE_BYTES)
        return nonce + self._cipher.seal(nonce, plaintext, self._aad)

    def open(self, sealed: bytes) -> EpochState:
        """Open the row.

        Raises:
            VaultTampered: It is not this vault's.
        """
        try:
            found = msgspec.msgpack.decode(self._cipher.open(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self._aad))
            return EpochState(
                found["epoch"],
                int.from_bytes(found["sum"], "big"),
                found["rows"],
                found["head"],
                found["length"],
                Checkpoint(*found["first"]),
                found["schema"],
            )
        except (AuthenticationFailed, msgspec.MsgspecError, KeyError, TypeError, ValueError):
            raise VaultTampered(reason="epoch") from None
