"""Row sealing: every cell bound to its place, every row counted in one sum.

Sealed cell: nonce 12 ‖ ciphertext ‖ tag 16. Its AAD names vault, table, row, kind, parent, column and revision, so
that a cell fits nowhere else. The row tag is a keyed BLAKE2b-256 of everything in the row; the vault keeps the sum
of all tags modulo 2^256, which tells a lost, doubled or older row.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from uuid import UUID, SafeUUID

from vaultapp.core.errors import AuthenticationFailed, VaultTampered
from vaultapp.crypto.aead import NONCE_BYTES, AesGcm
from vaultapp.crypto.hkdf import hkdf
from vaultapp.crypto.random import Random
from vaultapp.formats.canonical import canonical

SUM_MODULUS = 2**256
ID_BYTES = 16
_ROW_TAG_KEY_BYTES = 64
_ROW_TAG_BYTES = 32
_U32 = struct.Struct(">I")
_REVISION = struct.Struct(">IQ")
_ID_LENGTH = _U32.pack(ID_BYTES)
_ABSENT = b"\xff\xff\xff\xff"

# id, kind, parent, revision, description cell, secret cell
Row = tuple[bytes, str, bytes | None, int, bytes, bytes | None]
# The same without the secret.
ListedRow = tuple[bytes, str, bytes | None, int, bytes]

_new_object = object.__new__
_set_int = UUID.__dict__["int"].__set__
_set_safety = UUID.__dict__["is_safe"].__set__


def uuid_of(raw: bytes) -> UUID:
    """Return ``UUID(bytes=raw)`` for 16 bytes, in half the time: lists make a hundred thousand of them."""
    made = _new_object(UUID)
    _set_int(made, int.from_bytes(raw, "big"))
    _set_safety(made, SafeUUID.unknown)
    return made


class Subkeys:
    """The root key's children, one a purpose.

    Args:
        root_key: 32 bytes.
        vault_id: Salt of the derivation.
    """

    def __init__(self, root_key: bytes | bytearray, vault_id: UUID) -> None:
        def child(purpose: str, length: int = 32) -> bytes:
            return hkdf(root_key, salt=vault_id.bytes, info=f"vaultapp/1/{purpose}".encode(), length=length)

        self.sealing = child("sealing")
        self.row_tags = child("row-tags", _ROW_TAG_KEY_BYTES)
        self.epoch = child("epoch")
        self.activity = child("activity")
        self.remembered = child("remembered")


class RowSealer:
    """Seals and opens the cells of one vault.

    Args:
        subkeys: Of this vault.
        vault_id: Part of every cell's AAD.
        random: Source of nonces.
    """

    def __init__(self, subkeys: Subkeys, vault_id: UUID, random: Random) -> None:
        self._cipher = AesGcm(subkeys.sealing)
        self._tag_base = hashlib.blake2b(key=subkeys.row_tags, digest_size=_ROW_TAG_BYTES)
        self._random = random
        self._row_prefix = canonical("row", vault_id.bytes, "records") + _ID_LENGTH
        self._tag_prefix = canonical("row-tag", "records") + _ID_LENGTH
        self._heads: dict[tuple[str, bool], bytes] = {}
        self._tails: dict[str, bytes] = {}

    def seal(
        self, row_id: bytes, kind: str, parent: bytes | None, column: str, revision: int, plaintext: bytes
    ) -> bytes:
        """Seal one cell."""
        nonce = self._random.bytes(NONCE_BYTES)
        return nonce + self._cipher.seal(nonce, plaintext, self._aad(row_id, kind, parent, column, revision))

    def open(self, row_id: bytes, kind: str, parent: bytes | None, column: str, revision: int, cell: bytes) -> bytes:
        """Open one cell.

        Raises:
            VaultTampered: It is not this row's at this revision.
        """
        found = self.try_open(row_id, kind, parent, column, revision, cell)
        if found is None:
            # In a file that others wrote into, an id may be of any type.
            raise VaultTampered(reason="row_changed", row=row_id.hex() if isinstance(row_id, bytes) else str(row_id))
        return found

    def try_open(
        self, row_id: bytes, kind: str, parent: bytes | None, column: str, revision: int, cell: bytes
    ) -> bytes | None:
        """Open one cell, or return None: how a changed row is told from a moved one."""
        try:
            aad = self._aad(row_id, kind, parent, column, revision)
            return self._cipher.open(cell[:NONCE_BYTES], cell[NONCE_BYTES:], aad)
        except (AuthenticationFailed, ValueError, OverflowError, TypeError, AttributeError):
            return None

    def record_tag(self, row: Row) -> int:
        """Return the tag of a row of ``records``, as the number that is summed."""
        return self.sum_of((row,))

    def sum_of(self, rows: Iterable[Row]) -> int:
        """Return the sum of the tags of rows of ``records``, not yet reduced.

        Each is over ``canonical("row-tag", "records", id, kind, parent, revision, description, secret)``.

        Raises:
            VaultTampered: A row whose id or parent has not 16 bytes: the fixed lengths here would not be canonical.
        """
        fresh, prefix, heads, pack, revised = self._tag_base.copy, self._tag_prefix, self._heads, _U32.pack, _REVISION
        join, number = b"".join, int.from_bytes
        total = 0
        for row_id, kind, parent, revision, description, secret in rows:
            if len(row_id) != ID_BYTES or (parent is not None and len(parent) != ID_BYTES) or revision < 0:
                raise VaultTampered(reason="row_changed", row=row_id.hex())
            digest = fresh()
            digest.update(
                join(
                    (
                        prefix,
                        row_id,
                        heads.get((kind, parent is None)) or self._head(kind, parent is None),
                        parent or b"",
                        revised.pack(8, revision),
                        pack(len(description)),
                        description,
                        _ABSENT if secret is None else pack(len(secret)),
                        secret or b"",
                    )
                )
            )
            total += number(digest.digest(), "big")
        return total

    def row_tag(self, table: str, *columns: bytes | int) -> int:
        """Return the tag of a row of ``header`` or ``slots``."""
        digest = self._tag_base.copy()
        digest.update(canonical("row-tag", table, *columns))
        return int.from_bytes(digest.digest(), "big")

    def _aad(self, row_id: bytes, kind: str, parent: bytes | None, column: str, revision: int) -> bytes:
        """Equal to ``canonical("row", vault id, "records", row id, kind, parent, column, revision)``, but faster."""
        head = self._heads.get((kind, parent is None)) or self._head(kind, parent is None)
        tail = self._tails.get(column) or self._tail(column)
        return b"".join((self._row_prefix, row_id, head, parent or b"", tail, revision.to_bytes(8, "big")))

    def _head(self, kind: str, without_parent: bool) -> bytes:
        """Kind with its length, then the length of the parent; what lies between two ids."""
        encoded = kind.encode()
        head = _U32.pack(len(encoded)) + encoded + (_ABSENT if without_parent else _ID_LENGTH)
        self._heads[kind, without_parent] = head
        return head

    def _tail(self, column: str) -> bytes:
        encoded = column.encode()
        tail = self._tails[column] = _U32.pack(len(encoded)) + encoded + _U32.pack(8)
        return tail
