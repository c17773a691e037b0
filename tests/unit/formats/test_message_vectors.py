"""Golden messages: every release reads them, and writes those of its own suite again byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from vaultapp.core.errors import AuthenticationFailed, Damaged, DataError, VaultError
from vaultapp.crypto.aead import AesGcm
from vaultapp.crypto.asymmetric import EcdsaP384Verifier
from vaultapp.crypto.kdf import passphrase_bytes
from vaultapp.formats.encryption_context import serialise
from vaultapp.formats.message_footer import FOOTER_LIMIT, footer_length, parse_signature
from vaultapp.formats.message_frames import (
    FINAL_HEAD_BYTES,
    REGULAR_HEAD_BYTES,
    FrameLayout,
    check_final_head,
    check_regular_head,
    frame_aad,
    frame_iv,
)
from vaultapp.formats.message_header import HeaderIncomplete, MessageHeader, build_header, parse_header, verify_header
from vaultapp.formats.recipients import (
    RecipientKind,
    kms_edk,
    parse_passphrase_info,
    parse_recipient,
    passphrase_edk,
    passphrase_wrapping_key,
    raw_aes_edk,
    unwrap,
    unwrap_passphrase,
)

GOLDEN = json.loads((Path(__file__).parents[2] / "vectors" / "messages.json").read_text())
VECTORS: list[dict[str, Any]] = GOLDEN["vectors"]
OURS = [vector for vector in VECTORS if vector["writer"] == "vaultapp"]
MATERIAL = bytes.fromhex(GOLDEN["material"])
KEY_ID = UUID(GOLDEN["key_id"])
VERSION_ID = bytes.fromhex(GOLDEN["version_id"])
PASSPHRASE = passphrase_bytes(bytearray(GOLDEN["passphrase"].encode()), from_file=False)


def data_keys(header: MessageHeader) -> list[bytes]:
    """Unwrap the data key of every recipient."""
    found = []
    for edk in header.edks:
        name = parse_recipient(edk)
        if name.kind is RecipientKind.PASSPHRASE:
            key = passphrase_wrapping_key(PASSPHRASE, edk.provider_info)
            found.append(unwrap_passphrase(key, edk, header.wrap_aad))
        else:
            assert (name.key_id, name.version_id) == (KEY_ID, VERSION_ID)
            found.append(unwrap(MATERIAL, name, edk, header.wrap_aad))
    return found


def content_of(message: bytes, data_key: bytes) -> bytes:
    try:
        header = parse_header(message)
    except HeaderIncomplete as incomplete:
        raise incomplete.at_end() from None
    cipher = AesGcm(verify_header(header, data_key).encryption_key)
    footer = 0
    if header.public_key is not None:
        footer = footer_length(message[-FOOTER_LIMIT:])
        verifier = EcdsaP384Verifier(header.public_key)
        verifier.update(message[:-footer])
        verifier.verify(parse_signature(message[-footer:]))
    layout = FrameLayout.of_total(header.length, header.frame_length, len(message), footer)
    content = b""
    for number in range(1, layout.frames + 1):
        at, length, final = layout.offset_of(number), layout.length_of(number), number == layout.frames
        body = at + (FINAL_HEAD_BYTES if final else REGULAR_HEAD_BYTES)
        if final:
            if check_final_head(message[at:body], number, layout.frame_length) != length:
                raise Damaged(reason="length")
        else:
            check_regular_head(message[at:body], number)
        aad = frame_aad(header.message_id, number, length, final=final)
        content += cipher.open(frame_iv(number), message[body : body + length + 16], aad)
    return content


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_every_recipient_opens_the_golden_messages(vector: dict[str, Any]) -> None:
    message = bytes.fromhex(vector["message"])
    header = parse_header(message)
    assert header.context == vector["context"]
    assert header.frame_length == vector["frame_length"]
    keys = data_keys(header)
    assert len(set(keys)) == 1
    assert content_of(message, keys[0]) == bytes.fromhex(vector["content"])


@pytest.mark.parametrize("vector", OURS, ids=lambda vector: vector["name"])
def test_golden_headers_are_written_again_byte_for_byte(vector: dict[str, Any]) -> None:
    message = bytes.fromhex(vector["message"])
    golden = parse_header(message)
    data_key, aad = data_keys(golden)[0], serialise(vector["context"])
    edks = []
    for edk in golden.edks:
        kind = parse_recipient(edk).kind
        if kind is RecipientKind.KEY:
            edks.append(raw_aes_edk(MATERIAL, KEY_ID, VERSION_ID, data_key, aad, edk.provider_info[-12:]))
        elif kind is RecipientKind.KMS:
            edks.append(kms_edk(MATERIAL, KEY_ID, VERSION_ID, data_key, aad, edk.ciphertext[28:52]))
        else:
            parse_passphrase_info(edk.provider_info)
            key = passphrase_wrapping_key(PASSPHRASE, edk.provider_info)
            edks.append(passphrase_edk(key, edk.provider_info, data_key, aad))
    header, _ = build_header(
        message_id=golden.message_id,
        context_bytes=aad,
        edks=edks,
        frame_length=vector["frame_length"],
        data_key=data_key,
    )
    assert header == message[: golden.length]


@pytest.mark.parametrize(
    "vector", [v for v in VECTORS if v["name"] in ("key, several frames", "signing suite")], ids=lambda v: v["name"]
)
def test_no_changed_byte_no_cut_and_no_byte_more_passes(vector: dict[str, Any]) -> None:
    message = bytes.fromhex(vector["message"])
    data_key = data_keys(parse_header(message))[0]
    # Recipients are not looked at here: the header's tag alone must hold them.
    for at in range(len(message)):
        changed = bytearray(message)
        changed[at] ^= 0x01
        with pytest.raises(VaultError):
            content_of(bytes(changed), data_key)
    for data in (message[:-1], message + b"\x00", message[: len(message) // 2]):
        with pytest.raises(DataError):
            content_of(data, data_key)
    for frame_at in (1, 2):
        stride = vector["frame_length"] + 32
        begin = parse_header(message).length + (frame_at - 1) * stride
        with pytest.raises(DataError):
            content_of(message[:begin] + message[begin + stride :], data_key)


def test_the_wrong_passphrase_says_one_thing() -> None:
    message = bytes.fromhex(next(v for v in OURS if v["name"] == "passphrase alone")["message"])
    header = parse_header(message)
    key = passphrase_wrapping_key(b"password", header.edks[0].provider_info)
    with pytest.raises(AuthenticationFailed):
        unwrap_passphrase(key, header.edks[0], header.wrap_aad)
