"""Files sealed here open with the official AWS Encryption SDK, and what it writes opens here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from uuid import UUID

import aws_encryption_sdk
import pytest
from aws_encryption_sdk.identifiers import (
    AlgorithmSuite,
    CommitmentPolicy,
    EncryptionKeyType,
    WrappingAlgorithm,
)
from aws_encryption_sdk.key_providers.base import MasterKeyProvider
from aws_encryption_sdk.key_providers.kms import KMSMasterKey
from aws_encryption_sdk.key_providers.raw import (
    RawMasterKey,
    RawMasterKeyProvider,
    WrappingKey,
)
from botocore.client import BaseClient  # type: ignore[import-untyped]

from tests.file_room import FileRoom
from vaultapp.contracts.files import FileState, Place
from vaultapp.contracts.keys import NewKey
from vaultapp.formats.encryption_context import serialise
from vaultapp.formats.message_header import parse_header
from vaultapp.formats.recipients import key_arn
from vaultapp.formats.text_blob import open_blob, parse_blob, seal_blob
from vaultapp.services.key_ring import Ring

COMMITTING = AlgorithmSuite.AES_256_GCM_HKDF_SHA512_COMMIT_KEY
SIGNING = AlgorithmSuite.AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384
CONTEXT = {"purpose": "test", "\U0001f511": "\U0001f5dd astral", "\uffee": "last of the plane", "empty": ""}
SMALL, LARGE = 4096, 1024 * 1024

SHAPES = [
    *((size, SMALL) for size in (0, 1, SMALL - 1, SMALL, SMALL + 1, 3 * SMALL)),
    *((size, LARGE) for size in (0, LARGE - 1, LARGE, LARGE + 1, 3 * LARGE, 10_000_000)),
]


@pytest.fixture(scope="session")
def client() -> aws_encryption_sdk.EncryptionSDKClient:
    return aws_encryption_sdk.EncryptionSDKClient(commitment_policy=CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)


def wrapping_key(material: bytes) -> WrappingKey:
    return WrappingKey(
        wrapping_algorithm=WrappingAlgorithm.AES_256_GCM_IV12_TAG16_NO_PADDING,
        wrapping_key=material,
        wrapping_key_type=EncryptionKeyType.SYMMETRIC,
    )


def exported(room: FileRoom, key: str = "Personal") -> MasterKeyProvider:
    """Return the official raw keyring of an exported key."""
    found = room.keys.export(key)
    wrapping = wrapping_key(bytes(found.material))
    return RawMasterKey(provider_id=found.key_namespace, key_id=found.key_name, wrapping_key=wrapping)


class ExportedKeys(RawMasterKeyProvider):  # type: ignore[misc]
    """Several exported keys at once."""

    provider_id = "vaultapp"

    def hold(self, materials: dict[bytes, bytes]) -> MasterKeyProvider:
        self._materials = materials
        for name in materials:
            self.add_master_key(name)
        return self

    def _get_raw_key(self, key_id: bytes) -> WrappingKey:
        return wrapping_key(self._materials[key_id])


class VaultKms(BaseClient):  # type: ignore[misc]
    """What boto3's KMS client would be, answered by a vault's keys."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self.calls: list[str] = []

    def generate_data_key(
        self, *, KeyId: str, NumberOfBytes: int, EncryptionContext: Any = None, **_: Any
    ) -> dict[str, Any]:
        plaintext = os.urandom(NumberOfBytes)
        sealed = self.encrypt(KeyId=KeyId, Plaintext=plaintext, EncryptionContext=EncryptionContext)
        self.calls[-1] = "GenerateDataKey"
        return sealed | {"Plaintext": plaintext}

    def encrypt(self, *, KeyId: str, Plaintext: bytes, EncryptionContext: Any = None, **_: Any) -> dict[str, Any]:
        self.calls.append("Encrypt")
        key = self._ring.primary(KeyId.rpartition("/")[2], 0)
        context = serialise(EncryptionContext or {})
        blob = seal_blob(key.material, key.key_id, key.version_id, Plaintext, context, os.urandom(24))
        return {"CiphertextBlob": blob, "KeyId": KeyId}

    def decrypt(self, *, CiphertextBlob: bytes, EncryptionContext: Any = None, **_: Any) -> dict[str, Any]:
        self.calls.append("Decrypt")
        head = parse_blob(CiphertextBlob)
        key = self._ring.find(head.key_id, head.version_id)
        assert key is not None
        plaintext = open_blob(key.material, CiphertextBlob, serialise(EncryptionContext or {}))
        return {"Plaintext": plaintext, "KeyId": key_arn(head.key_id)}


def kms(room: FileRoom, key_id: UUID) -> tuple[MasterKeyProvider, VaultKms]:
    """Return the official KMS key under our ARN."""
    answering = VaultKms(room.ring)
    return KMSMasterKey(key_id=key_arn(key_id), client=answering), answering


@pytest.mark.parametrize(("size", "frame_length"), SHAPES)
@pytest.mark.parametrize("context", [{}, CONTEXT], ids=["no context", "context"])
def test_the_sdk_opens_what_is_sealed_here(
    room: FileRoom,
    desk: Path,
    client: aws_encryption_sdk.EncryptionSDKClient,
    size: int,
    frame_length: int,
    context: dict[str, str],
) -> None:
    content = os.urandom(size)
    (desk / "a").write_bytes(content)
    assert room.seal(desk / "a", context=context, frame_length=frame_length).done == 1
    with (desk / "a.sealed").open("rb") as source:
        plaintext, header = client.decrypt(source=source, key_provider=exported(room))
    assert plaintext == content
    assert header.encryption_context == context
    assert header.algorithm is COMMITTING


@pytest.mark.parametrize(("size", "frame_length"), SHAPES)
@pytest.mark.parametrize("suite", [COMMITTING, SIGNING], ids=["0478", "0578"])
def test_what_the_sdk_seals_is_opened_here(
    room: FileRoom,
    desk: Path,
    client: aws_encryption_sdk.EncryptionSDKClient,
    size: int,
    frame_length: int,
    suite: AlgorithmSuite,
) -> None:
    """With its empty final frame wherever the content fills its last frame."""
    content = os.urandom(size)
    message, _ = client.encrypt(
        source=content,
        key_provider=exported(room),
        algorithm=suite,
        encryption_context=CONTEXT if size % 2 else {},
        frame_length=frame_length,
    )
    (desk / "a.sealed").write_bytes(message)
    assert room.open(desk / "a.sealed").done == 1
    assert (desk / "a").read_bytes() == content
    found = room.service.inspect(Place(os.fsencode(desk / "a.sealed")), room.work())
    assert (found.complete, found.signed, found.content_length) == (True, suite is SIGNING, size)


def test_any_of_three_keys_opens_both_ways(
    room: FileRoom, desk: Path, client: aws_encryption_sdk.EncryptionSDKClient
) -> None:
    names = ("Personal", "Work", "Family")
    for name in names[1:]:
        room.keys.create(NewKey(name))
    (desk / "a").write_bytes(b"for three")
    room.seal(desk / "a", keys=names, context=CONTEXT)
    for name in names:
        with (desk / "a.sealed").open("rb") as source:
            assert client.decrypt(source=source, key_provider=exported(room, name))[0] == b"for three"
    found = [room.keys.export(name) for name in names]
    provider = ExportedKeys().hold({one.key_name.encode(): bytes(one.material) for one in found})
    message, _ = client.encrypt(source=b"back", key_provider=provider, algorithm=SIGNING, encryption_context=CONTEXT)
    (desk / "b.sealed").write_bytes(message)
    assert len(parse_header(message).edks) == 3
    room.keys.delete("Personal", 7)
    room.open(desk / "b.sealed")
    assert room.refusal() == ("key_pending_deletion", {"key": "Personal"})
    room.keys.undelete("Personal")
    room.keys.enable("Personal")
    assert room.open(desk / "b.sealed").done == 1
    assert (desk / "b").read_bytes() == b"back"


@pytest.mark.parametrize("suite", [COMMITTING, SIGNING], ids=["0478", "0578"])
@pytest.mark.parametrize("context", [{}, CONTEXT], ids=["no context", "context"])
def test_the_kms_keyring_works_on_the_same_files(
    room: FileRoom,
    desk: Path,
    client: aws_encryption_sdk.EncryptionSDKClient,
    suite: AlgorithmSuite,
    context: dict[str, str],
) -> None:
    (desk / "a").write_bytes(b"by service")
    room.seal(desk / "a", context=context)
    provider, answering = kms(room, room.personal.key_id)
    with (desk / "a.sealed").open("rb") as source:
        assert client.decrypt(source=source, key_provider=provider)[0] == b"by service"
    assert answering.calls == ["Decrypt"]
    message, _ = client.encrypt(
        source=b"written by it", key_provider=provider, algorithm=suite, encryption_context=context
    )
    assert answering.calls[1:] == ["GenerateDataKey"]
    (desk / "b.sealed").write_bytes(message)
    assert room.open(desk / "b.sealed").done == 1
    assert (desk / "b").read_bytes() == b"written by it"
    assert room.outcome().keys == ("Personal",)


def test_a_rewrapped_file_opens_with_the_new_version_alone(
    room: FileRoom, desk: Path, client: aws_encryption_sdk.EncryptionSDKClient
) -> None:
    (desk / "a").write_bytes(bytes(100_000))
    room.seal(desk / "a", context=CONTEXT)
    room.keys.rotate("Personal")
    room.rewrap(desk / "a.sealed")
    with (desk / "a.sealed").open("rb") as source:
        assert client.decrypt(source=source, key_provider=exported(room))[0] == bytes(100_000)


def signed(room: FileRoom, client: aws_encryption_sdk.EncryptionSDKClient, content: bytes, frame_length: int) -> bytes:
    message, _ = client.encrypt(
        source=content, key_provider=exported(room), algorithm=SIGNING, encryption_context={}, frame_length=frame_length
    )
    return bytes(message)


def test_every_flipped_bit_and_truncation_of_a_signed_file_publishes_nothing(
    room: FileRoom, desk: Path, client: aws_encryption_sdk.EncryptionSDKClient
) -> None:
    data = signed(room, client, b"x" * 300, 128)
    wrong = [data[:length] for length in range(len(data))] + [data + b"\0"]
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        wrong.append(bytes(changed))
    out = desk / "out"
    out.mkdir()
    paths = []
    for number, changed_data in enumerate(wrong):
        paths.append(desk / f"{number}.sealed")
        paths[-1].write_bytes(changed_data)
    report = room.open(*paths, folder=out)
    done = [room.outcome(index) for index in range(len(paths)) if room.outcome(index).state is FileState.DONE]
    assert done == []
    assert report.failed == len(wrong)
    assert os.listdir(out) == []


def test_a_signature_of_another_message_publishes_nothing(
    room: FileRoom, desk: Path, client: aws_encryption_sdk.EncryptionSDKClient
) -> None:
    one, other = (signed(room, client, b"x" * 300, 128) for _ in range(2))
    footer = 2 + 103
    assert int.from_bytes(one[-footer : -footer + 2], "big") == 103
    (desk / "a.sealed").write_bytes(one[:-footer] + other[-footer:])
    room.open(desk / "a.sealed")
    assert room.refusal()[0] == "authentication_failed"
    assert os.listdir(desk) == ["a.sealed"]


def test_a_signed_file_goes_to_standard_output_only_when_verified_and_never_comes_from_a_pipe(
    room: FileRoom, desk: Path, client: aws_encryption_sdk.EncryptionSDKClient
) -> None:
    data = signed(room, client, os.urandom(10_000), 1024)
    target = os.open(desk / "out", os.O_RDWR | os.O_CREAT)
    (desk / "a.sealed").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    room.open(desk / "a.sealed", output=Place(descriptor=0), descriptors=(target,))
    assert room.outcome().state is FileState.FAILED
    assert os.fstat(target).st_size == 0
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    room.open(Place(descriptor=0), output=Place(descriptor=1), descriptors=(reading, target))
    os.close(reading)
    assert room.refusal()[0] == "unsupported_format"
    assert os.fstat(target).st_size == 0
    (desk / "a.sealed").write_bytes(data)
    assert room.open(desk / "a.sealed", output=Place(descriptor=0), descriptors=(target,)).done == 1
    assert os.fstat(target).st_size == 10_000
    os.close(target)


def test_a_signed_file_is_not_rewrapped(
    room: FileRoom, desk: Path, client: aws_encryption_sdk.EncryptionSDKClient
) -> None:
    (desk / "a.sealed").write_bytes(signed(room, client, b"x", 128))
    room.keys.rotate("Personal")
    room.rewrap(desk / "a.sealed")
    assert room.refusal()[0] == "unsupported_format"


@pytest.mark.parametrize("suite", [AlgorithmSuite.AES_256_GCM_IV12_TAG16_HKDF_SHA256])
def test_older_suites_are_named(room: FileRoom, desk: Path, suite: AlgorithmSuite) -> None:
    older = aws_encryption_sdk.EncryptionSDKClient(commitment_policy=CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT)
    message, _ = older.encrypt(source=b"x", key_provider=exported(room), algorithm=suite)
    (desk / "a.sealed").write_bytes(message)
    room.open(desk / "a.sealed")
    assert room.refusal()[0] == "unsupported_format"
