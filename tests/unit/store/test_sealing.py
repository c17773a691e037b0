from __future__ import annotations

import hashlib
import hmac
import struct
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vaultapp.core.errors import VaultTampered
from vaultapp.store.sealing import SUM_MODULUS, RowSealer, Subkeys, uuid_of

ROW = UUID(int=7).bytes
PARENT = UUID(int=9).bytes


def joined(*parts: bytes | None) -> bytes:
    return b"".join(b"\xff" * 4 if part is None else struct.pack(">I", len(part)) + part for part in parts)


def derived(root_key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF-SHA512 for up to 64 bytes: RFC 5869 with one block."""
    extracted = hmac.digest(salt, root_key, "sha512")
    return hmac.digest(extracted, info + b"\x01", "sha512")[:length]


@pytest.fixture
def sealer(vaults: Any) -> RowSealer:
    return RowSealer(Subkeys(vaults.root_key, vaults.vault_id), vaults.vault_id, vaults.random)


def test_subkeys_are_hkdf_of_the_root_key(vaults: Any) -> None:
    keys = Subkeys(vaults.root_key, vaults.vault_id)
    for label, found, length in (
        ("sealing", keys.sealing, 32),
        ("row-tags", keys.row_tags, 64),
        ("epoch", keys.epoch, 32),
        ("activity", keys.activity, 32),
        ("remembered", keys.remembered, 32),
    ):
        assert found == derived(vaults.root_key, vaults.vault_id.bytes, b"vaultapp/1/" + label.encode(), length)


@pytest.mark.parametrize("parent", [None, PARENT])
def test_a_cell_is_bound_to_its_place(vaults: Any, sealer: RowSealer, parent: bytes | None) -> None:
    cell = sealer.seal(ROW, "key", parent, "secret", 3, b"material")
    key = derived(vaults.root_key, vaults.vault_id.bytes, b"vaultapp/1/sealing", 32)
    vault, three = vaults.vault_id.bytes, (3).to_bytes(8, "big")
    aad = joined(b"vaultapp/1/row", vault, b"records", ROW, b"key", parent, b"secret", three)
    assert AESGCM(key).decrypt(cell[:12], cell[12:], aad) == b"material"
    assert sealer.open(ROW, "key", parent, "secret", 3, cell) == b"material"


@pytest.mark.parametrize(
    "place",
    [
        (UUID(int=8).bytes, "key", None, "secret", 3),
        (ROW, "kez", None, "secret", 3),
        (ROW, "key", PARENT, "secret", 3),
        (ROW, "key", None, "description", 3),
        (ROW, "key", None, "secret", 2),
        (ROW, "key", None, "secret", -1),
    ],
)
def test_a_cell_opens_nowhere_else(sealer: RowSealer, place: tuple[Any, ...]) -> None:
    cell = sealer.seal(ROW, "key", None, "secret", 3, b"material")
    with pytest.raises(VaultTampered):
        sealer.open(*place, cell)


@pytest.mark.parametrize("cell", [b"", b"short", bytes(28)])
def test_what_is_no_cell_is_tampering(sealer: RowSealer, cell: bytes) -> None:
    with pytest.raises(VaultTampered):
        sealer.open(ROW, "key", None, "secret", 3, cell)


@pytest.mark.parametrize("parent", [None, PARENT])
@pytest.mark.parametrize("secret", [None, b"", b"cell of a secret"])
def test_a_row_tag_covers_every_column(
    vaults: Any, sealer: RowSealer, parent: bytes | None, secret: bytes | None
) -> None:
    key = derived(vaults.root_key, vaults.vault_id.bytes, b"vaultapp/1/row-tags", 64)
    text = joined(b"vaultapp/1/row-tag", b"records", ROW, b"key", parent, (3).to_bytes(8, "big"), b"cell", secret)
    expected = int.from_bytes(hashlib.blake2b(text, key=key, digest_size=32).digest(), "big")
    row = (ROW, "key", parent, 3, b"cell", secret)
    assert sealer.record_tag(row) == expected
    assert sealer.sum_of([row, row, row]) == 3 * expected
    assert expected < SUM_MODULUS


@pytest.mark.parametrize("row", [(ROW[1:], "key", None, 3, b"", None), (ROW, "key", b"x", 3, b"", None)])
def test_ids_of_another_length_are_refused(sealer: RowSealer, row: Any) -> None:
    with pytest.raises(VaultTampered):
        sealer.record_tag(row)


def test_tags_of_small_tables(vaults: Any, sealer: RowSealer) -> None:
    key = derived(vaults.root_key, vaults.vault_id.bytes, b"vaultapp/1/row-tags", 64)
    text = joined(b"vaultapp/1/row-tag", b"header", ROW, (5).to_bytes(8, "big"))
    expected = hashlib.blake2b(text, key=key, digest_size=32).digest()
    assert sealer.row_tag("header", ROW, 5) == int.from_bytes(expected, "big")


def test_quick_uuids_are_like_others() -> None:
    raw = bytes(range(16))
    assert uuid_of(raw) == UUID(bytes=raw)
    assert (hash(uuid_of(raw)), str(uuid_of(raw)), uuid_of(raw).is_safe) == (
        hash(UUID(bytes=raw)),
        str(UUID(bytes=raw)),
        UUID(bytes=raw).is_safe,
    )
