from __future__ import annotations

from uuid import UUID

import msgspec
import pytest

from vaultapp.contracts.keys import KeyState
from vaultapp.core.errors import VaultDamaged
from vaultapp.services.descriptions import KeyDescription, KnownFile, VersionDescription, decode, encode

KEY = KeyDescription("Payroll", "symmetric", KeyState.ENABLED, 17, b"12345678", "plum", aliases=("prod/pay",))


def test_a_description_comes_back_as_it_was_written() -> None:
    file = KnownFile(b"/home/\xff/x", b"m" * 32, (UUID(int=7),), (b"12345678",), 3)
    version = VersionDescription(b"12345678", 2, KeyState.DISABLED, 1, "created", b"checksum", 1024)
    assert decode(KeyDescription, encode(KEY)) == KEY
    assert decode(KnownFile, encode(file)) == file
    assert decode(VersionDescription, encode(version)) == version


def test_a_description_is_a_map_with_names_and_binary_ids() -> None:
    found = msgspec.msgpack.decode(encode(KnownFile(b"/x", b"m", (UUID(int=7),), (b"v",), 3)))
    assert found == {"path": b"/x", "message_id": b"m", "keys": [UUID(int=7).bytes], "versions": [b"v"], "seen": 3}


def test_fields_of_a_newer_record_survive_a_change() -> None:
    newer = msgspec.msgpack.decode(encode(KEY)) | {"colour_of_next_year": {"deep": [1, b"2"]}}
    packed = msgspec.msgpack.encode(newer)
    changed = msgspec.structs.replace(decode(KeyDescription, packed), name="Wages")
    after = msgspec.msgpack.decode(encode(changed, packed))
    assert after == newer | {"name": "Wages"}


def test_what_is_emptied_stays_empty_after_a_change() -> None:
    before = encode(msgspec.structs.replace(KEY, rotation_days=30, tags={"a": "b"}))
    after = encode(KEY, before)
    assert decode(KeyDescription, after) == KEY


@pytest.mark.parametrize("packed", [b"", b"\xc1", msgspec.msgpack.encode({"name": 5}), msgspec.msgpack.encode([1])])
def test_an_authentic_description_that_makes_no_sense_is_damage(packed: bytes) -> None:
    with pytest.raises(VaultDamaged):
        decode(KeyDescription, packed)
