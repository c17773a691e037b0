from __future__ import annotations

import hmac
from base64 import b64encode
from struct import pack
from unittest.mock import patch

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from vaultapp.core.errors import AuthenticationFailed, Damaged, NotSealed, OutOfBounds, UnsupportedFormat, VaultError
from vaultapp.formats import message_header
from vaultapp.formats.encryption_context import serialise
from vaultapp.formats.message_header import (
    EncryptedDataKey,
    HeaderIncomplete,
    MessageHeader,
    Suite,
    build_header,
    derive_keys,
    parse_header,
    verify_header,
)

MESSAGE_ID = bytes(range(0x20, 0x40))
DATA_KEY = bytes(range(0x80, 0xA0))
CONTEXT = serialise({"purpose": "test", "\U0001f511": "astral", "\uffee": "plane"})
EDK = EncryptedDataKey("vaultapp", b"name of the key", b"wrapped data key")
OTHER_EDK = EncryptedDataKey("anbieter-ü", b"", b"\x00" * 300)
POINT = b"\x02" + bytes(range(48))
PUBLIC_KEY = {"aws-crypto-public-key": b64encode(POINT).decode()}


def field(data: bytes) -> bytes:
    return pack(">H", len(data)) + data


def header_by_hand(
    *,
    suite: int = 0x0478,
    context: bytes = CONTEXT,
    edks: tuple[EncryptedDataKey, ...] = (EDK, OTHER_EDK),
    count: int | None = None,
    content_type: int = 2,
    frame_length: int = 262_144,
    commitment: bytes | None = None,
    data_key: bytes = DATA_KEY,
) -> bytes:
    prk = hmac.digest(MESSAGE_ID, data_key, "sha512")
    key = hmac.digest(prk, pack(">H", suite) + b"DERIVEKEY" + b"\x01", "sha512")[:32]
    committed = hmac.digest(prk, b"COMMITKEY" + b"\x01", "sha512")[:32]
    body = b"\x02" + pack(">H", suite) + MESSAGE_ID + field(context)
    body += pack(">H", len(edks) if count is None else count)
    for edk in edks:
        body += field(edk.provider_id.encode()) + field(edk.provider_info) + field(edk.ciphertext)
    body += bytes([content_type]) + pack(">I", frame_length) + (committed if commitment is None else commitment)
    return body + AESGCM(key).encrypt(bytes(12), b"", body)


def built(**changes: object) -> tuple[bytes, object]:
    arguments: dict[str, object] = {
        "message_id": MESSAGE_ID,
        "context_bytes": CONTEXT,
        "edks": (EDK, OTHER_EDK),
        "frame_length": 262_144,
        "data_key": DATA_KEY,
    }
    return build_header(**(arguments | changes))  # type: ignore[arg-type]


def raised(data: bytes) -> VaultError:
    with pytest.raises(VaultError) as caught:
        parse_header(data)
    return caught.value


def test_layout_is_frozen() -> None:
    header, keys = built()
    assert header == header_by_hand()
    assert keys == derive_keys(Suite.COMMITTING, DATA_KEY, MESSAGE_ID)


def test_without_context_and_recipients_data_it_takes_92_bytes() -> None:
    empty = EncryptedDataKey("", b"", b"")
    header, _ = built(context_bytes=b"", edks=(empty,))
    assert len(header) == 92 + len(empty.serialise()) == 98
    assert header[35:39] == b"\x00\x00\x00\x01"


def test_keys_are_derived_as_specified() -> None:
    prk = hmac.digest(MESSAGE_ID, DATA_KEY, "sha512")
    for suite in Suite:
        keys = derive_keys(suite, bytearray(DATA_KEY), MESSAGE_ID)
        assert keys.encryption_key == hmac.digest(prk, pack(">H", suite) + b"DERIVEKEY\x01", "sha512")[:32]
        assert keys.commitment == hmac.digest(prk, b"COMMITKEY\x01", "sha512")[:32]
    assert derive_keys(Suite.COMMITTING, DATA_KEY, MESSAGE_ID).encryption_key != (
        derive_keys(Suite.SIGNING, DATA_KEY, MESSAGE_ID).encryption_key
    )


def test_keys_are_not_shown() -> None:
    assert "encryption_key" not in repr(derive_keys(Suite.COMMITTING, DATA_KEY, MESSAGE_ID))


def test_reads_every_field_and_nothing_behind() -> None:
    data = header_by_hand()
    header = parse_header(memoryview(data + b"frames"))
    assert header == MessageHeader(
        suite=Suite.COMMITTING,
        message_id=MESSAGE_ID,
        context={"purpose": "test", "\U0001f511": "astral", "\uffee": "plane"},
        context_bytes=CONTEXT,
        wrap_aad=CONTEXT,
        edks=(EDK, OTHER_EDK),
        frame_length=262_144,
        commitment=derive_keys(Suite.COMMITTING, DATA_KEY, MESSAGE_ID).commitment,
        body=data[:-16],
        tag=data[-16:],
        public_key=None,
    )
    assert header.length == len(data)
    assert verify_header(header, DATA_KEY) == derive_keys(Suite.COMMITTING, DATA_KEY, MESSAGE_ID)


def test_an_unsorted_context_is_authenticated_as_received_and_wrapped_sorted() -> None:
    unsorted = b"\x00\x02" + field(b"b") + field(b"2") + field(b"a") + field(b"1")
    header = parse_header(header_by_hand(context=unsorted))
    assert header.context_bytes == unsorted
    assert header.wrap_aad == serialise({"a": "1", "b": "2"})
    verify_header(header, DATA_KEY)


def test_a_signed_message_names_its_key() -> None:
    header = parse_header(header_by_hand(suite=0x0578, context=serialise(PUBLIC_KEY)))
    assert (header.suite, header.public_key) == (Suite.SIGNING, POINT)
    verify_header(header, DATA_KEY)


@pytest.mark.parametrize(
    ("suite", "context"),
    [
        (0x0478, PUBLIC_KEY),
        (0x0578, {}),
        (0x0578, {"purpose": "test"}),
        (0x0578, {"aws-crypto-public-key": ""}),
        (0x0578, {"aws-crypto-public-key": "not base64!"}),
        (0x0578, {"aws-crypto-public-key": b64encode(POINT).decode() + "\n"}),
        (0x0578, {"aws-crypto-public-key": b64encode(POINT).decode()[:-1]}),
        (0x0578, {"aws-crypto-public-key": b64encode(POINT[:-1]).decode()}),
        (0x0578, {"aws-crypto-public-key": "é"}),
    ],
)
def test_a_public_key_and_its_suite_must_agree(suite: int, context: dict[str, str]) -> None:
    error = raised(header_by_hand(suite=suite, context=serialise(context)))
    assert (type(error), error.facts) == (Damaged, {"reason": "public_key"})


def test_every_changed_byte_is_noticed() -> None:
    data = header_by_hand()
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1
        with pytest.raises((VaultError, HeaderIncomplete)):
            verify_header(parse_header(changed), DATA_KEY)


def test_another_data_key_fails_by_the_commitment_before_the_tag() -> None:
    header = parse_header(header_by_hand())
    with patch.object(message_header, "AesGcm") as cipher, pytest.raises(AuthenticationFailed):
        verify_header(header, bytes(32))
    cipher.assert_not_called()


def test_a_forged_commitment_is_refused_although_the_tag_fits() -> None:
    with pytest.raises(AuthenticationFailed) as forged:
        verify_header(parse_header(header_by_hand(commitment=bytes(32))), DATA_KEY)
    data = bytearray(header_by_hand())
    data[-1] ^= 1
    with pytest.raises(AuthenticationFailed) as wrong_tag:
        verify_header(parse_header(data), DATA_KEY)
    assert forged.value.facts == wrong_tag.value.facts == {}


def test_each_cut_asks_for_more_and_never_for_too_much() -> None:
    data = header_by_hand()
    for length in range(len(data)):
        with pytest.raises(HeaderIncomplete) as caught:
            parse_header(data[:length])
        assert length < caught.value.needed <= len(data)


def test_reading_by_what_is_asked_for_ends() -> None:
    data = header_by_hand() + bytes(1000)
    have = rounds = 0
    while True:
        rounds += 1
        try:
            assert parse_header(data[:have]).length == len(header_by_hand())
            break
        except HeaderIncomplete as incomplete:
            have = incomplete.needed
    assert rounds < 30


def test_a_message_that_ends_within_its_header_is_cut_short_and_a_tiny_file_no_message() -> None:
    data = header_by_hand()
    for length, error in ((0, NotSealed), (2, NotSealed), (3, Damaged), (len(data) - 1, Damaged)):
        with pytest.raises(HeaderIncomplete) as caught:
            parse_header(data[:length])
        assert type(told := caught.value.at_end()) is error
        if error is NotSealed:
            assert told.facts == {"reason": "other" if length else "empty"}


@pytest.mark.parametrize(
    ("data", "error", "facts"),
    [
        (b"AgR4" + b"A" * 100, NotSealed, {"reason": "base64"}),
        (b"AYADeA" + b"A" * 100, NotSealed, {"reason": "base64"}),
        (b"plain text", NotSealed, {"reason": "other"}),
        (b"\x01\x80\x03\x78" + bytes(200), UnsupportedFormat, {"found": "message version 1"}),
        (header_by_hand(suite=0x0378), UnsupportedFormat, {"found": "suite 0x0378"}),
        (header_by_hand(content_type=1, frame_length=0), UnsupportedFormat, {"found": "unframed body"}),
        (header_by_hand(content_type=3), Damaged, {"reason": "content_type"}),
        (header_by_hand(content_type=0), Damaged, {"reason": "content_type"}),
        (header_by_hand(frame_length=0), OutOfBounds, {"field": "frame_length", "value": 0, "limit": 1}),
        (
            header_by_hand(frame_length=64 * 1024 * 1024 + 1),
            OutOfBounds,
            {"field": "frame_length", "value": 64 * 1024 * 1024 + 1, "limit": 64 * 1024 * 1024},
        ),
        (header_by_hand(edks=()), Damaged, {"reason": "recipients"}),
        (header_by_hand(count=33), OutOfBounds, {"field": "recipients", "value": 33, "limit": 32}),
        (header_by_hand(count=65_535), OutOfBounds, {"field": "recipients", "value": 65_535, "limit": 32}),
        (header_by_hand(context=b"\x00\x00"), Damaged, {"reason": "context"}),
        (header_by_hand(context=CONTEXT + b"\x00"), Damaged, {"reason": "context"}),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, error: type[VaultError], facts: dict[str, object]) -> None:
    found = raised(data)
    assert (type(found), found.facts) == (error, facts)


def test_a_provider_id_that_is_not_utf8_is_damage() -> None:
    data = header_by_hand().replace(field(b"vaultapp"), field(b"vault\xffpp"))
    assert raised(data).facts == {"reason": "recipients"}


@pytest.mark.parametrize("frame_length", [1, 4096, 64 * 1024 * 1024])
def test_any_frame_length_within_the_cap_is_read(frame_length: int) -> None:
    assert parse_header(header_by_hand(frame_length=frame_length)).frame_length == frame_length


def test_the_cap_of_a_mebibyte_is_said_before_the_bytes_are_there() -> None:
    large = EncryptedDataKey("p" * 65_535, b"i" * 65_535, b"c" * 65_535)
    assert len(header_by_hand(edks=(large,) * 5)) < 1 << 20
    assert parse_header(header_by_hand(edks=(large,) * 5)).edks == (large,) * 5
    error = raised(header_by_hand(edks=(large,) * 6)[: 1 << 20])
    assert type(error) is OutOfBounds
    assert (error.facts["field"], error.facts["limit"]) == ("header", 1 << 20)
    with pytest.raises(OutOfBounds) as caught:
        built(edks=(large,) * 6)
    assert caught.value.facts["field"] == "header"


def test_thirty_two_recipients_are_the_most() -> None:
    header, _ = built(edks=(EDK,) * 32)
    assert parse_header(header).edks == (EDK,) * 32
    with pytest.raises(OutOfBounds) as caught:
        built(edks=(EDK,) * 33)
    assert caught.value.facts == {"field": "recipients", "value": 33, "limit": 32}


@pytest.mark.parametrize(
    "changes",
    [
        {"message_id": bytes(16)},
        {"data_key": bytes(16)},
        {"edks": ()},
        {"frame_length": 0},
        {"frame_length": 64 * 1024 * 1024 + 1},
        {"context_bytes": bytes(65_536)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_building_what_could_not_be_read_is_the_callers_bug(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"wrong length|frames of|nobody"):
        built(**changes)


@given(
    st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4),
    st.lists(st.tuples(st.text(max_size=8), st.binary(max_size=9), st.binary(max_size=9)), min_size=1, max_size=5),
    st.integers(1, 64 * 1024 * 1024),
    st.binary(min_size=32, max_size=32),
)
def test_reads_what_was_built(
    context: dict[str, str], edks: list[tuple[str, bytes, bytes]], frame_length: int, data_key: bytes
) -> None:
    context.pop("aws-crypto-public-key", None)
    recipients = tuple(EncryptedDataKey(*edk) for edk in edks)
    data, keys = built(context_bytes=serialise(context), edks=recipients, frame_length=frame_length, data_key=data_key)
    header = parse_header(data)
    assert (header.context, header.edks, header.frame_length) == (context, recipients, frame_length)
    assert verify_header(header, data_key) == keys


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=300).map((b"\x02\x04\x78" + MESSAGE_ID).__add__)))
def test_arbitrary_bytes_raise_only_our_errors(data: bytes) -> None:
    with pytest.raises((VaultError, HeaderIncomplete)):
        verify_header(parse_header(data), DATA_KEY)


@given(st.integers(0, len(header_by_hand()) - 1), st.binary(min_size=1, max_size=4))
def test_overwritten_bytes_raise_only_our_errors(at: int, with_bytes: bytes) -> None:
    data = bytearray(header_by_hand())
    data[at : at + len(with_bytes)] = with_bytes
    try:
        verify_header(parse_header(data), DATA_KEY)
    except (VaultError, HeaderIncomplete):
        return
    assert data[: len(header_by_hand())] == header_by_hand()
