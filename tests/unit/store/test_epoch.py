from __future__ import annotations

import hashlib
import hmac
import struct
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vaultapp.core.errors import VaultTampered
from vaultapp.store.epoch import EpochSealer
from vaultapp.store.sealing import Subkeys


def joined(*parts: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def plain(vaults: Any, sealed: bytes) -> dict[str, Any]:
    key = Subkeys(vaults.root_key, vaults.vault_id).epoch
    aad = joined(b"vaultapp/1/epoch", vaults.vault_id.bytes)
    found: dict[str, Any] = msgspec.msgpack.decode(AESGCM(key).decrypt(sealed[:12], sealed[12:], aad))
    return found


def test_the_row_holds_what_the_layout_says(vaults: Any) -> None:
    vault = vaults.filled()
    with vault._database.reading() as conn:
        ((sealed,),) = conn.execute("SELECT sealed FROM epoch").fetchall()
        texts = sorted(row[0] for row in conn.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"))
        ((head,),) = conn.execute("SELECT link FROM activity").fetchall()
        records = conn.execute("SELECT id, kind, parent, revision, description, secret FROM records").fetchall()
        tables = conn.execute("SELECT vault_id, created, format FROM header").fetchone()
        slot = conn.execute("SELECT id, parameters, wrapped FROM slots").fetchone()
    key = Subkeys(vaults.root_key, vaults.vault_id).row_tags

    def tag(*columns: bytes | str | int | None) -> int:
        out = b""
        for column in ("vaultapp/1/row-tag", *columns):
            raw = column.to_bytes(8, "big") if isinstance(column, int) else column
            raw = raw.encode() if isinstance(raw, str) else raw
            out += b"\xff" * 4 if raw is None else struct.pack(">I", len(raw)) + raw
        return int.from_bytes(hashlib.blake2b(out, key=key, digest_size=32).digest(), "big")

    total = sum(tag("records", *row) for row in records) + tag("header", *tables) + tag("slots", *slot)
    assert plain(vaults, sealed) == {
        "epoch": 2,
        "sum": (total % 2**256).to_bytes(32, "big"),
        "rows": 3,
        "head": head,
        "length": 1,
        "first": [1, bytes(32), 0],
        "schema": hashlib.sha256("\n".join(texts).encode()).digest(),
    }


@pytest.mark.parametrize("sealed", [b"", bytes(12), bytes(100)])
def test_what_is_not_an_epoch_row_is_tampering(vaults: Any, sealed: bytes) -> None:
    with pytest.raises(VaultTampered):
        EpochSealer(bytes(32), vaults.vault_id, vaults.random).open(sealed)


def test_the_remembered_file_is_authenticated(vaults: Any) -> None:
    vault = vaults.filled()
    vault.remember()
    path = vaults.state / f"{vaults.vault_id}.epoch"
    found = msgspec.msgpack.decode(path.read_bytes())
    key = Subkeys(vaults.root_key, vaults.vault_id).remembered
    parts = (b"vaultapp/1/remembered", vaults.vault_id.bytes, (2).to_bytes(8, "big"), found["head"])
    assert found == {
        "epoch": 2,
        "head": vault._commits.state.head,
        "length": 1,
        "mac": hmac.digest(key, joined(*parts, (1).to_bytes(8, "big")), "sha256"),
    }
    vault.close()
    path.write_bytes(msgspec.msgpack.encode(found | {"epoch": 99}))
    assert vaults.open().epoch == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xc1",
        b"\x80",
        bytes(2000),
        msgspec.msgpack.encode({"epoch": 2**64 - 1, "head": b"", "length": 1, "mac": b""}),
        b"\x81\xa1a" + b"\x91" * 100_000,
        b"\x81\xa1\xff\x01",
    ],
)
def test_a_spoiled_memory_hinders_nothing(vaults: Any, content: bytes) -> None:
    vaults.filled().close()
    (vaults.state / f"{vaults.vault_id}.epoch").write_bytes(content)
    assert vaults.open().epoch == 2
