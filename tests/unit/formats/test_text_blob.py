from __future__ import annotations

import hmac
from base64 import b64decode
from collections.abc import Callable
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from vaultapp.core.errors import AuthenticationFailed, Damaged, NotSealed, TextTooLong, UnsupportedFormat, VaultError
from vaultapp.formats.encryption_context import serialise
from vaultapp.formats.text_blob import (
    BLOB_LIMIT,
    BLOB_OVERHEAD,
    BlobCipher,
    encode_text,
    find_text,
    open_blob,
    parse_blob,
    seal_blob,
)

MATERIAL = bytes(range(32))
KEY_ID = UUID("11111111-2222-4333-8444-555555555555")
VERSION_ID = bytes.fromhex("0123456789abcdef")
NONCE = bytes(range(0x40, 0x58))
CONTEXT = serialise({"purpose": "test"})
GOLDEN = (
    "vlt1AREREREiIkMzhERVVVVVVVUBI0VniavN70BBQkNERUZHSElKS0xNTk9QUVJTVFVWV4RWUD6YhmDT5qFZu2LO8jjPneBvyc96/saENsLxOg=="
)


def xaes_by_hand(key: bytes, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
    def block(data: bytes) -> bytes:
        return Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(data)  # noqa: S305

    doubled = int.from_bytes(block(bytes(16)), "big") << 1
    k1 = ((doubled ^ 0x87) if doubled >> 128 else doubled) & (2**128 - 1)
    derived = b"".join(
        block((int.from_bytes(bytes([0, i, 0x58, 0]) + nonce[:12], "big") ^ k1).to_bytes(16, "big")) for i in (1, 2)
    )
    return AESGCM(derived).encrypt(nonce[12:], plaintext, aad)


def blob_by_hand(plaintext: bytes, context: bytes) -> bytes:
    head = b"\xbe\x5b\x75\x01" + KEY_ID.bytes + VERSION_ID
    prk = hmac.digest(KEY_ID.bytes, MATERIAL, "sha512")
    key = hmac.digest(prk, b"vaultapp/1/text" + VERSION_ID + b"\x01", "sha512")[:32]
    return head + NONCE + xaes_by_hand(key, NONCE, plaintext, head + context)


def test_layout_is_frozen() -> None:
    blob = seal_blob(MATERIAL, KEY_ID, VERSION_ID, b"attack at dawn", CONTEXT, NONCE)
    assert blob == blob_by_hand(b"attack at dawn", CONTEXT)
    assert encode_text(blob) == GOLDEN
    assert open_blob(MATERIAL, b64decode(GOLDEN), CONTEXT) == b"attack at dawn"
    assert len(blob) == 68 + 14


@given(st.binary(max_size=64), st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3))
def test_opens_what_was_sealed_and_begins_with_the_prefix(plaintext: bytes, context: dict[str, str]) -> None:
    blob = seal_blob(MATERIAL, KEY_ID, VERSION_ID, plaintext, serialise(context), NONCE)
    assert open_blob(bytearray(MATERIAL), memoryview(blob), serialise(context)) == plaintext
    assert encode_text(blob).startswith("vlt1")
    assert find_text(encode_text(blob)) == blob


def test_a_kept_cipher_gives_the_same() -> None:
    cipher = BlobCipher(MATERIAL, KEY_ID, VERSION_ID)
    blob = cipher.seal(bytearray(b"text"), CONTEXT, NONCE)
    assert blob == blob_by_hand(b"text", CONTEXT)
    assert cipher.open(blob, CONTEXT) == b"text"


def test_the_longest_text_is_4096_bytes() -> None:
    blob = seal_blob(MATERIAL, KEY_ID, VERSION_ID, b"x" * 4096, b"", NONCE)
    assert len(blob) == BLOB_LIMIT == BLOB_OVERHEAD + 4096
    assert open_blob(MATERIAL, blob, b"") == b"x" * 4096
    with pytest.raises(TextTooLong) as caught:
        seal_blob(MATERIAL, KEY_ID, VERSION_ID, b"x" * 4097, b"", NONCE)
    assert caught.value.facts == {"size": 4097, "limit": 4096}


def test_says_which_key_it_needs() -> None:
    header = parse_blob(blob_by_hand(b"12345", b""))
    assert (header.key_id, header.version_id, header.plaintext_length) == (KEY_ID, VERSION_ID, 5)


def test_any_changed_byte_fails() -> None:
    blob = blob_by_hand(b"text", CONTEXT)
    for at in range(len(blob)):
        changed = bytearray(blob)
        changed[at] ^= 1
        with pytest.raises((AuthenticationFailed, NotSealed, UnsupportedFormat)) as caught:
            open_blob(MATERIAL, changed, CONTEXT)
        assert type(caught.value) is (NotSealed if at < 3 else UnsupportedFormat if at == 3 else AuthenticationFailed)


def test_another_key_version_material_or_context_fails() -> None:
    blob = blob_by_hand(b"text", CONTEXT)
    other = UUID("99999999-2222-4333-8444-555555555555")
    attempts: list[Callable[[], object]] = [
        lambda: open_blob(bytes(32), blob, CONTEXT),
        lambda: open_blob(MATERIAL, blob, b""),
        lambda: open_blob(MATERIAL, blob, serialise({"purpose": "tesT"})),
        lambda: BlobCipher(MATERIAL, other, VERSION_ID).open(blob, CONTEXT),
        lambda: BlobCipher(MATERIAL, KEY_ID, bytes(8)).open(blob, CONTEXT),
    ]
    for attempt in attempts:
        with pytest.raises(AuthenticationFailed):
            attempt()


@pytest.mark.parametrize(
    ("data", "error", "facts"),
    [
        (b"", NotSealed, {"reason": "other"}),
        (b"\xbe\x5b", NotSealed, {"reason": "other"}),
        (b"\xbe\x5b\x76\x01" + bytes(70), NotSealed, {"reason": "other"}),
        (b"\xbe\x5b\x75", Damaged, {"reason": "cut_short"}),
        (b"\xbe\x5b\x75\x00" + bytes(70), UnsupportedFormat, {"found": "text version 0"}),
        (b"\xbe\x5b\x75\x02", UnsupportedFormat, {"found": "text version 2"}),
        (b"\xbe\x5b\x75\x01" + bytes(63), Damaged, {"reason": "cut_short"}),
        (b"\xbe\x5b\x75\x01" + bytes(64 + 4097), Damaged, {"reason": "length"}),
    ],
)
def test_what_is_no_blob_is_told(data: bytes, error: type[VaultError], facts: dict[str, str]) -> None:
    for parse in (parse_blob, lambda data: open_blob(MATERIAL, data, b"")):
        with pytest.raises(error) as caught:
            parse(data)
        assert caught.value.facts == facts


@given(st.one_of(st.binary(max_size=100), st.binary(max_size=100).map(b"\xbe\x5b\x75\x01".__add__)))
def test_arbitrary_bytes_raise_only_our_errors(data: bytes) -> None:
    with pytest.raises(VaultError):
        open_blob(MATERIAL, data, b"")


def test_wrong_lengths_are_the_callers_bug() -> None:
    for material, version_id in ((bytes(16), VERSION_ID), (MATERIAL, bytes(7))):
        with pytest.raises(ValueError, match="wrong length"):
            BlobCipher(material, KEY_ID, version_id)
    with pytest.raises(ValueError, match="nonce"):
        seal_blob(MATERIAL, KEY_ID, VERSION_ID, b"", b"", bytes(12))
