"""The official SDK reads what is written here, and what it writes is read here."""

from __future__ import annotations

import io
from collections.abc import Iterator
from uuid import UUID

import aws_encryption_sdk  # type: ignore[import-untyped]
import pytest
from aws_encryption_sdk.identifiers import (  # type: ignore[import-untyped]
    AlgorithmSuite,
    CommitmentPolicy,
    ContentAADString,
    ContentType,
    EncryptionKeyType,
    WrappingAlgorithm,
)
from aws_encryption_sdk.internal.formatting.deserialize import (  # type: ignore[import-untyped]
    deserialize_header,
    deserialize_header_auth,
)
from aws_encryption_sdk.internal.formatting.encryption_context import (  # type: ignore[import-untyped]
    assemble_content_aad,
)
from aws_encryption_sdk.key_providers.raw import RawMasterKey, WrappingKey  # type: ignore[import-untyped]
from cryptography.exceptions import InvalidTag

from vaultapp.crypto.aead import AesGcm
from vaultapp.crypto.asymmetric import EcdsaP384Verifier
from vaultapp.formats.encryption_context import serialise
from vaultapp.formats.message_footer import FOOTER_LIMIT, footer_length, parse_signature
from vaultapp.formats.message_frames import (
    FINAL_HEAD,
    FINAL_HEAD_BYTES,
    FINAL_MARK,
    REGULAR_HEAD,
    REGULAR_HEAD_BYTES,
    FrameLayout,
    check_final_head,
    check_regular_head,
    frame_aad,
    frame_iv,
)
from vaultapp.formats.message_header import Suite, build_header, parse_header, verify_header
from vaultapp.formats.recipients import (
    RAW_PROVIDER,
    RecipientKind,
    key_name,
    kms_edk,
    parse_recipient,
    raw_aes_edk,
    unwrap,
)

MATERIAL = bytes(range(32))
KEY_ID = UUID("11111111-2222-4333-8444-555555555555")
VERSION_ID = bytes.fromhex("0123456789abcdef")
MESSAGE_ID = bytes(range(0x20, 0x40))
DATA_KEY = bytes(range(0x80, 0xA0))
CONTEXT = {"purpose": "test", "\U0001f511": "astral", "\uffee": "last of the plane"}
FRAME_LENGTH = 128


@pytest.fixture
def client() -> aws_encryption_sdk.EncryptionSDKClient:
    return aws_encryption_sdk.EncryptionSDKClient(commitment_policy=CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)


def sdk_key(material: bytes = MATERIAL) -> RawMasterKey:
    wrapping = WrappingKey(
        wrapping_algorithm=WrappingAlgorithm.AES_256_GCM_IV12_TAG16_NO_PADDING,
        wrapping_key=material,
        wrapping_key_type=EncryptionKeyType.SYMMETRIC,
    )
    return RawMasterKey(provider_id=RAW_PROVIDER, key_id=key_name(KEY_ID, VERSION_ID), wrapping_key=wrapping)


def sealed(content: bytes, *, empty_final: bool = False, context: dict[str, str] | None = None) -> bytes:
    aad = serialise(CONTEXT if context is None else context)
    edks = (
        raw_aes_edk(MATERIAL, KEY_ID, VERSION_ID, DATA_KEY, aad, bytes(12)),
        kms_edk(MATERIAL, KEY_ID, VERSION_ID, DATA_KEY, aad, bytes(24)),
    )
    header, keys = build_header(
        message_id=MESSAGE_ID, context_bytes=aad, edks=edks, frame_length=FRAME_LENGTH, data_key=DATA_KEY
    )
    cipher = AesGcm(keys.encryption_key)
    layout = FrameLayout(len(header), FRAME_LENGTH, len(content), empty_final)
    message = bytearray(header)
    for number in range(1, layout.frames + 1):
        length, final = layout.length_of(number), number == layout.frames
        assert len(message) == layout.offset_of(number)
        message += FINAL_HEAD.pack(FINAL_MARK, number, number, length) if final else REGULAR_HEAD.pack(number, number)
        plaintext = content[(number - 1) * FRAME_LENGTH :][:length]
        message += cipher.seal(frame_iv(number), plaintext, frame_aad(MESSAGE_ID, number, length, final=final))
    assert len(message) == layout.total
    return bytes(message)


def opened(message: bytes) -> tuple[bytes, FrameLayout]:
    header = parse_header(message)
    name = parse_recipient(header.edks[0])
    assert (name.kind, name.key_id, name.version_id) == (RecipientKind.KEY, KEY_ID, VERSION_ID)
    keys = verify_header(header, unwrap(MATERIAL, name, header.edks[0], header.wrap_aad))
    footer = footer_length(message[-FOOTER_LIMIT:]) if header.public_key is not None else 0
    layout = FrameLayout.of_total(header.length, header.frame_length, len(message), footer)
    if header.public_key is not None:
        verifier = EcdsaP384Verifier(header.public_key)
        verifier.update(message[:-footer])
        verifier.verify(parse_signature(message[-footer:]))
    return b"".join(frames(message, layout, header.message_id, AesGcm(keys.encryption_key))), layout


def frames(message: bytes, layout: FrameLayout, message_id: bytes, cipher: AesGcm) -> Iterator[bytes]:
    for number in range(1, layout.frames + 1):
        at, length, final = layout.offset_of(number), layout.length_of(number), number == layout.frames
        body = at + (FINAL_HEAD_BYTES if final else REGULAR_HEAD_BYTES)
        if final:
            assert check_final_head(message[at:body], number, layout.frame_length) == length
        else:
            check_regular_head(message[at:body], number)
        aad = frame_aad(message_id, number, length, final=final)
        yield cipher.open(frame_iv(number), message[body : body + length + 16], aad)


CONTENTS = [b"", b"x", b"x" * 127, bytes(128), bytes(range(256)), b"y" * 300]


@pytest.mark.parametrize("content", CONTENTS, ids=len)
def test_the_sdk_opens_what_is_sealed_here(client: aws_encryption_sdk.EncryptionSDKClient, content: bytes) -> None:
    plaintext, header = client.decrypt(source=sealed(content), key_provider=sdk_key())
    assert plaintext == content
    assert header.encryption_context == CONTEXT
    assert header.algorithm is AlgorithmSuite.AES_256_GCM_HKDF_SHA512_COMMIT_KEY


def test_the_sdk_opens_an_empty_final_frame_and_no_context(client: aws_encryption_sdk.EncryptionSDKClient) -> None:
    message = sealed(bytes(256), empty_final=True, context={})
    assert client.decrypt(source=message, key_provider=sdk_key())[0] == bytes(256)
    assert opened(message)[0] == bytes(256)


def test_the_sdk_refuses_another_key(client: aws_encryption_sdk.EncryptionSDKClient) -> None:
    with pytest.raises(InvalidTag):
        client.decrypt(source=sealed(b"x"), key_provider=sdk_key(bytes(32)))


def test_the_sdks_parser_reads_the_same_fields() -> None:
    message = sealed(b"content")
    ours = parse_header(message)
    stream = io.BytesIO(message)
    theirs, raw = deserialize_header(stream)
    auth = deserialize_header_auth(version=theirs.version, stream=stream, algorithm=theirs.algorithm, verifier=None)
    assert raw == ours.body
    assert auth.tag == ours.tag
    assert stream.tell() == ours.length
    assert theirs.message_id == ours.message_id
    assert theirs.encryption_context == ours.context
    assert theirs.content_type is ContentType.FRAMED_DATA
    assert theirs.frame_length == ours.frame_length
    assert theirs.commitment_key == ours.commitment
    assert {
        (edk.key_provider.provider_id, edk.key_provider.key_info, edk.encrypted_data_key)
        for edk in theirs.encrypted_data_keys
    } == {(edk.provider_id, edk.provider_info, edk.ciphertext) for edk in ours.edks}


@pytest.mark.parametrize("final", [False, True])
def test_the_sdk_builds_the_same_associated_data(final: bool) -> None:
    label = ContentAADString.FINAL_FRAME_STRING_ID if final else ContentAADString.FRAME_STRING_ID
    assert frame_aad(MESSAGE_ID, 7, 99, final=final) == assemble_content_aad(MESSAGE_ID, label, 7, 99)


@pytest.mark.parametrize(
    ("algorithm", "suite"),
    [
        (AlgorithmSuite.AES_256_GCM_HKDF_SHA512_COMMIT_KEY, Suite.COMMITTING),
        (AlgorithmSuite.AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384, Suite.SIGNING),
    ],
)
@pytest.mark.parametrize("content", CONTENTS, ids=len)
def test_what_the_sdk_seals_is_opened_here(
    client: aws_encryption_sdk.EncryptionSDKClient, content: bytes, algorithm: AlgorithmSuite, suite: Suite
) -> None:
    message, _ = client.encrypt(
        source=content,
        key_provider=sdk_key(),
        algorithm=algorithm,
        encryption_context=CONTEXT,
        frame_length=FRAME_LENGTH,
    )
    assert parse_header(message).suite is suite
    plaintext, layout = opened(message)
    assert plaintext == content
    assert layout.empty_final is (len(content) > 0 and len(content) % FRAME_LENGTH == 0)
