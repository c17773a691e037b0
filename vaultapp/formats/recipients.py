"""Who can open a message: the data key wrapped for vault keys and for passphrases, and reading who is named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from struct import Struct
from uuid import UUID

from vaultapp.core.errors import AuthenticationFailed, Damaged, DataError, OutOfBounds, UnsupportedFormat
from vaultapp.crypto.aead import NONCE_BYTES, TAG_BYTES, AesGcm, Buffer
from vaultapp.crypto.kdf import SALT_BYTES, Argon2Parameters, argon2id, check_bounds
from vaultapp.formats.message_header import DATA_KEY_BYTES, EncryptedDataKey
from vaultapp.formats.text_blob import BlobCipher, parse_blob

RAW_PROVIDER = "vaultapp"
KMS_PROVIDER = "aws-kms"
PASSPHRASE_PROVIDER = "vaultapp-passphrase"  # noqa: S105 - a provider's name

KEYS_LIMIT = 15
"""Vault keys a message: each takes two of the 32 recipients."""
PASSPHRASE_TRIES = 4
"""Passphrase recipients of one message that are tried: each costs an Argon2id derivation."""
PASSPHRASE_MEMORY_CEILING_KIB = 1024 * 1024
"""1 GiB: a message comes from anybody, and its parameters are obeyed before anything is verified."""
PASSPHRASE_WORK_CEILING_KIB = 16 * 1024 * 1024
"""Memory x passes of a message's passphrase recipients, in sum over those that are tried: 16 GiB."""

_ARN_PREFIX = "arn:aws:kms:local:000000000000:key/"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_KEY_NAME = re.compile(rf"({_UUID})/([0-9a-f]{{16}})".encode())
_ARN = re.compile(rf"{_ARN_PREFIX}({_UUID})".encode())

_RAW_TAIL = Struct(f">II{NONCE_BYTES}s")
_TAG_BITS = TAG_BYTES * 8

_PASSPHRASE_VERSION = 1
_PASSPHRASE_INFO = Struct(f">BIIB{SALT_BYTES}s{NONCE_BYTES}s")
_WRAPPED_BYTES = DATA_KEY_BYTES + TAG_BYTES


class RecipientKind(StrEnum):
    """What a recipient is opened with."""

    KEY = "key"
    KMS = "kms"
    PASSPHRASE = "passphrase"  # noqa: S105 - a kind, not a secret
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RecipientName:
    """A recipient as the header names it; nothing here is verified.

    Attributes:
        kind: KMS is the same vault key as KEY, for the official SDK's KMS keyring; OTHER is opened elsewhere.
        provider: The provider id.
        name: The provider's name of the recipient as text, for people; may be cut or hold replacement characters.
        key_id: The vault key, for KEY and KMS.
        version_id: 8 bytes, for KEY and KMS.
        parameters: For PASSPHRASE; None where they are malformed or out of bounds, which
            :func:`passphrase_wrapping_key` says.
    """

    kind: RecipientKind
    provider: str
    name: str
    key_id: UUID | None = None
    version_id: bytes | None = None
    parameters: Argon2Parameters | None = None


def key_name(key_id: UUID, version_id: bytes) -> str:
    """Return the name by which the official SDK's raw keyring knows a key version: always 53 characters."""
    return f"{key_id}/{version_id.hex()}"


def key_arn(key_id: UUID) -> str:
    """Return the name by which the official SDK's KMS keyring knows a key."""
    return f"{_ARN_PREFIX}{key_id}"


def raw_aes_edk(
    material: Buffer | AesGcm, key_id: UUID, version_id: bytes, data_key: Buffer, wrap_aad: bytes, iv: bytes
) -> EncryptedDataKey:
    """Wrap a data key under a vault key for raw AES keyrings.

    Layout of the provider info, big endian: key name 53 bytes ‖ u32 tag length in bits (128) ‖ u32 IV length in
    bytes (12) ‖ IV. The ciphertext is 32 bytes ‖ tag.

    Args:
        material: 32 bytes, or the cipher made of them, kept for many wraps.
        key_id: The key's id.
        version_id: 8 bytes.
        data_key: 32 bytes.
        wrap_aad: The sorted serialised context.
        iv: 12 random bytes; the wraps of one version are counted.

    Source:
        AWS Encryption SDK, raw AES keyring.
    """
    cipher = material if isinstance(material, AesGcm) else AesGcm(material)
    info = key_name(key_id, version_id).encode() + _RAW_TAIL.pack(_TAG_BITS, NONCE_BYTES, iv)
    return EncryptedDataKey(RAW_PROVIDER, info, cipher.seal(iv, _checked(data_key), wrap_aad))


def kms_edk(
    material: Buffer | BlobCipher, key_id: UUID, version_id: bytes, data_key: Buffer, wrap_aad: bytes, nonce: bytes
) -> EncryptedDataKey:
    """Wrap a data key under a vault key for KMS keyrings: the text blob of the data key with the message's context.

    Args:
        material: 32 bytes, or the blob's cipher made of them, kept for many wraps.
        key_id: The key's id.
        version_id: 8 bytes.
        data_key: 32 bytes.
        wrap_aad: The sorted serialised context.
        nonce: 24 random bytes.
    """
    cipher = material if isinstance(material, BlobCipher) else BlobCipher(material, key_id, version_id)
    blob = cipher.seal(_checked(data_key), wrap_aad, nonce)
    return EncryptedDataKey(KMS_PROVIDER, key_arn(key_id).encode(), blob)


def passphrase_info(parameters: Argon2Parameters, iv: bytes) -> bytes:
    """Return a passphrase recipient's provider info.

    Layout, big endian: 01 ‖ u32 memory in KiB ‖ u32 passes ‖ u8 lanes ‖ salt 16 bytes ‖ IV 12 bytes; 38 bytes.

    Raises:
        OutOfBounds: As for :func:`parse_passphrase_info`: what cannot be read must not be written.
    """
    check_bounds(parameters, PASSPHRASE_MEMORY_CEILING_KIB)
    check_passphrase_work([parameters])
    if len(iv) != NONCE_BYTES:
        raise ValueError(f"an IV of {len(iv)} bytes")
    return _PASSPHRASE_INFO.pack(
        _PASSPHRASE_VERSION, parameters.memory_kib, parameters.passes, parameters.lanes, parameters.salt, iv
    )


def parse_passphrase_info(info: bytes) -> tuple[Argon2Parameters, bytes]:
    """Read parameters and IV of a passphrase recipient.

    Raises:
        UnsupportedFormat: Another version of the layout.
        Damaged: Another length.
        OutOfBounds: Under 64 MiB or one pass, over 1 GiB, 16 GiB x passes or the other ceilings.
    """
    if info[:1] and info[0] != _PASSPHRASE_VERSION:
        raise UnsupportedFormat(found=f"passphrase version {info[0]}")
    if len(info) != _PASSPHRASE_INFO.size:
        raise Damaged(reason="recipients")
    _, memory_kib, passes, lanes, salt, iv = _PASSPHRASE_INFO.unpack(info)
    parameters = Argon2Parameters(memory_kib, passes, lanes, salt)
    check_bounds(parameters, PASSPHRASE_MEMORY_CEILING_KIB)
    check_passphrase_work([parameters])
    return parameters, iv


def check_passphrase_work(tried: Iterable[Argon2Parameters]) -> None:
    """Refuse passphrase recipients of one message that together cost too much to be honest.

    Raises:
        OutOfBounds: Over 16 GiB x passes.
    """
    work = sum(one.memory_kib * one.passes for one in tried)
    if work > PASSPHRASE_WORK_CEILING_KIB:
        raise OutOfBounds(field="kdf_work", value=work, limit=PASSPHRASE_WORK_CEILING_KIB)


def passphrase_wrapping_key(passphrase: bytearray | bytes, info: bytes) -> bytearray:
    """Derive the 32-byte key that a passphrase recipient's data key is wrapped with: Argon2id, nothing else.

    It takes about a second. One derivation serves a batch: the same parameters and salt, a fresh IV each.

    Args:
        passphrase: As :func:`vaultapp.crypto.kdf.passphrase_bytes` returns it.
        info: The provider info.

    Raises:
        UnsupportedFormat, Damaged, OutOfBounds: As for :func:`parse_passphrase_info`; before memory is taken.
        MemoryMissing: The machine has not that much memory to give.
    """
    parameters, _ = parse_passphrase_info(info)
    return argon2id(passphrase, parameters, PASSPHRASE_MEMORY_CEILING_KIB)


def passphrase_edk(wrapping_key: Buffer, info: bytes, data_key: Buffer, wrap_aad: bytes) -> EncryptedDataKey:
    """Wrap a data key for whoever knows a passphrase.

    Args:
        wrapping_key: From :func:`passphrase_wrapping_key`.
        info: From :func:`passphrase_info`, with an IV of its own for each message.
        data_key: 32 bytes.
        wrap_aad: The sorted serialised context.
    """
    _, iv = parse_passphrase_info(info)
    ciphertext = AesGcm(wrapping_key).seal(iv, _checked(data_key), wrap_aad)
    return EncryptedDataKey(PASSPHRASE_PROVIDER, info, ciphertext)


def parse_recipient(edk: EncryptedDataKey) -> RecipientName:
    """Tell who a recipient is. Never fails: what is unknown or malformed is OTHER, and is skipped by who opens."""
    if edk.provider_id == RAW_PROVIDER:
        found = _KEY_NAME.fullmatch(edk.provider_info[: -_RAW_TAIL.size])
        if found is not None and _raw_iv(edk) is not None:
            key_id, version_id = UUID(found[1].decode()), bytes.fromhex(found[2].decode())
            return RecipientName(RecipientKind.KEY, edk.provider_id, found[0].decode(), key_id, version_id)
    elif edk.provider_id == KMS_PROVIDER:
        name = _kms_name(edk)
        if name is not None:
            return name
    elif edk.provider_id == PASSPHRASE_PROVIDER:
        return RecipientName(RecipientKind.PASSPHRASE, edk.provider_id, "", parameters=_readable(edk.provider_info))
    return RecipientName(RecipientKind.OTHER, edk.provider_id, edk.provider_info.decode("utf-8", "replace"))


def unwrap_raw_aes(material: Buffer | AesGcm, edk: EncryptedDataKey, wrap_aad: bytes) -> bytes:
    """Return the 32-byte data key of a KEY recipient.

    Raises:
        AuthenticationFailed: Another key or context, or changed.
    """
    iv = _raw_iv(edk)
    if iv is None:
        raise AuthenticationFailed
    cipher = material if isinstance(material, AesGcm) else AesGcm(material)
    return _unwrapped(cipher.open(iv, edk.ciphertext, wrap_aad))


def unwrap_kms(
    material: Buffer | BlobCipher, key_id: UUID, version_id: bytes, edk: EncryptedDataKey, wrap_aad: bytes
) -> bytes:
    """Return the 32-byte data key of a KMS recipient; ids as :func:`parse_recipient` gave them.

    Raises:
        AuthenticationFailed: Another key or context, or changed.
    """
    cipher = material if isinstance(material, BlobCipher) else BlobCipher(material, key_id, version_id)
    try:
        return _unwrapped(cipher.open(edk.ciphertext, wrap_aad))
    except DataError:
        raise AuthenticationFailed from None


def unwrap_passphrase(wrapping_key: Buffer, edk: EncryptedDataKey, wrap_aad: bytes) -> bytes:
    """Return the 32-byte data key of a PASSPHRASE recipient.

    Raises:
        AuthenticationFailed: Another passphrase or context, or changed.
    """
    try:
        _, iv = parse_passphrase_info(edk.provider_info)
    except DataError:
        raise AuthenticationFailed from None
    return _unwrapped(AesGcm(wrapping_key).open(iv, edk.ciphertext, wrap_aad))


def unwrap(material: Buffer, name: RecipientName, edk: EncryptedDataKey, wrap_aad: bytes) -> bytes:
    """Return the data key of a KEY or KMS recipient with the material of the version that it names.

    Raises:
        AuthenticationFailed: Another key or context, or changed.
    """
    if name.kind is RecipientKind.KEY:
        return unwrap_raw_aes(material, edk, wrap_aad)
    if name.kind is RecipientKind.KMS and name.key_id is not None and name.version_id is not None:
        return unwrap_kms(material, name.key_id, name.version_id, edk, wrap_aad)
    raise ValueError(f"a recipient of kind {name.kind}")


def _kms_name(edk: EncryptedDataKey) -> RecipientName | None:
    """Name a recipient under our own ARN; an ARN of a remote account, or a blob of another key, is none of ours."""
    found = _ARN.fullmatch(edk.provider_info)
    if found is None:
        return None
    try:
        blob = parse_blob(edk.ciphertext)
    except DataError:
        return None
    key_id = UUID(found[1].decode())
    if blob.key_id != key_id or blob.plaintext_length != DATA_KEY_BYTES:
        return None
    return RecipientName(RecipientKind.KMS, edk.provider_id, found[0].decode(), key_id, blob.version_id)


def _readable(info: bytes) -> Argon2Parameters | None:
    try:
        return parse_passphrase_info(info)[0]
    except DataError:
        return None


def _raw_iv(edk: EncryptedDataKey) -> bytes | None:
    """Return the IV, read from the end because a key name may hold anything."""
    if len(edk.provider_info) < _RAW_TAIL.size or len(edk.ciphertext) != _WRAPPED_BYTES:
        return None
    tag_bits, iv_bytes, iv = _RAW_TAIL.unpack_from(edk.provider_info, len(edk.provider_info) - _RAW_TAIL.size)
    return bytes(iv) if (tag_bits, iv_bytes) == (_TAG_BITS, NONCE_BYTES) else None


def _checked(data_key: Buffer) -> Buffer:
    if len(data_key) != DATA_KEY_BYTES:
        raise ValueError(f"a data key of {len(data_key)} bytes")
    return data_key


def _unwrapped(data_key: bytes) -> bytes:
    if len(data_key) != DATA_KEY_BYTES:
        raise AuthenticationFailed
    return data_key


__all__ = [
    "KEYS_LIMIT",
    "PASSPHRASE_MEMORY_CEILING_KIB",
    "PASSPHRASE_TRIES",
    "PASSPHRASE_WORK_CEILING_KIB",
    "RAW_PROVIDER",
    "RecipientKind",
    "RecipientName",
    "check_passphrase_work",
    "key_arn",
    "key_name",
    "kms_edk",
    "parse_passphrase_info",
    "parse_recipient",
    "passphrase_edk",
    "passphrase_info",
    "passphrase_wrapping_key",
    "raw_aes_edk",
    "unwrap",
    "unwrap_kms",
    "unwrap_passphrase",
    "unwrap_raw_aes",
]
