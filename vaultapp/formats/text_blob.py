"""The blob: up to 4,096 bytes under a vault key, as bytes and as the text that begins with ``vlt1``."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from uuid import UUID

from vaultapp.contracts.text import TEXT_LIMIT
from vaultapp.core.errors import AuthenticationFailed, Damaged, NotSealed, TextTooLong, UnsupportedFormat
from vaultapp.crypto.aead import TAG_BYTES, Buffer
from vaultapp.crypto.hkdf import hkdf
from vaultapp.crypto.xaes import XAES_NONCE_BYTES, XaesGcm
from vaultapp.formats.text_armour import find_armoured

VERSION_ID_BYTES = 8
MATERIAL_BYTES = 32

# Chosen so that base64 of any blob begins with "vlt1".
MAGIC = b"\xbe\x5b\x75"
_VERSION = 1
_KEY_AT = 4
_VERSION_ID_AT = _KEY_AT + 16
_BOUND_BYTES = _VERSION_ID_AT + VERSION_ID_BYTES
_CIPHERTEXT_AT = _BOUND_BYTES + XAES_NONCE_BYTES

BLOB_OVERHEAD = _CIPHERTEXT_AT + TAG_BYTES
BLOB_LIMIT = BLOB_OVERHEAD + TEXT_LIMIT


@dataclass(frozen=True, slots=True)
class BlobHeader:
    """What a blob says of itself in clear; nothing is authenticated before it is opened.

    Attributes:
        plaintext_length: Bytes.
    """

    key_id: UUID
    version_id: bytes
    plaintext_length: int


class BlobCipher:
    """The blob's cipher of one key version; kept, it makes repeated calls cheap.

    The XAES key is HKDF-SHA512(material, salt = key id, info = ``vaultapp/1/text`` ‖ version id), because the
    material itself serves as an AES-GCM key of file wraps, and one key never serves two ciphers.

    Args:
        material: 32 bytes.
        key_id: The key's id.
        version_id: 8 bytes.
    """

    __slots__ = ("_head", "_xaes")

    def __init__(self, material: Buffer, key_id: UUID, version_id: bytes) -> None:
        if len(material) != MATERIAL_BYTES or len(version_id) != VERSION_ID_BYTES:
            raise ValueError("material or version id of a wrong length")
        self._head = b"".join((MAGIC, bytes((_VERSION,)), key_id.bytes, version_id))
        self._xaes = XaesGcm(hkdf(bytes(material), salt=key_id.bytes, info=b"vaultapp/1/text" + version_id))

    def seal(self, plaintext: Buffer, context_bytes: bytes, nonce: bytes) -> bytes:
        """Return the blob of a plaintext.

        Layout::

            magic         BE 5B 75
            format        01
            key id        16 bytes
            version id     8 bytes
            nonce         24 bytes, random
            ciphertext    as long as the plaintext
            tag           16 bytes: XAES-256-GCM, associated data the first 28 bytes ‖ serialised context

        Raises:
            TextTooLong: More than 4,096 bytes.
        """
        if len(plaintext) > TEXT_LIMIT:
            raise TextTooLong(size=len(plaintext), limit=TEXT_LIMIT)
        return self._head + nonce + self._xaes.seal(nonce, plaintext, self._head + context_bytes)

    def open(self, data: Buffer, context_bytes: bytes) -> bytes:
        """Return the plaintext of a blob.

        Raises:
            AuthenticationFailed: Another key, version or context, or a changed blob.
            Damaged, NotSealed, UnsupportedFormat: As for :func:`parse_blob`.
        """
        parse_blob(data)
        raw = bytes(data)
        if not raw.startswith(self._head):
            raise AuthenticationFailed
        return self._xaes.open(raw[_BOUND_BYTES:_CIPHERTEXT_AT], raw[_CIPHERTEXT_AT:], self._head + context_bytes)


def seal_blob(
    material: Buffer, key_id: UUID, version_id: bytes, plaintext: Buffer, context_bytes: bytes, nonce: bytes
) -> bytes:
    """Seal once; see :class:`BlobCipher`."""
    return BlobCipher(material, key_id, version_id).seal(plaintext, context_bytes, nonce)


def open_blob(material: Buffer, data: Buffer, context_bytes: bytes) -> bytes:
    """Open once, with the material of the version that the blob names; see :class:`BlobCipher`."""
    header = parse_blob(data)
    return BlobCipher(material, header.key_id, header.version_id).open(data, context_bytes)


def parse_blob(data: Buffer) -> BlobHeader:
    """Read which key a blob needs.

    Raises:
        NotSealed: Not a blob.
        UnsupportedFormat: A blob of another version.
        Damaged: Cut short, or longer than any blob.
    """
    if data[:3] != MAGIC:
        raise NotSealed(reason="other")
    if len(data) <= len(MAGIC):
        raise Damaged(reason="cut_short")
    if data[3] != _VERSION:
        raise UnsupportedFormat(found=f"text version {data[3]}")
    if len(data) < BLOB_OVERHEAD:
        raise Damaged(reason="cut_short")
    if len(data) > BLOB_LIMIT:
        raise Damaged(reason="length")
    return BlobHeader(
        key_id=UUID(bytes=bytes(data[_KEY_AT:_VERSION_ID_AT])),
        version_id=bytes(data[_VERSION_ID_AT:_BOUND_BYTES]),
        plaintext_length=len(data) - BLOB_OVERHEAD,
    )


def encode_text(blob: bytes) -> str:
    """Return the blob as standard base64 with padding; it begins with ``vlt1``."""
    return b64encode(blob).decode("ascii")


def find_text(text: str) -> bytes:
    """Find the first blob in a text: surroundings, line breaks and quotes are tolerated, url-safe base64 too.

    Raises:
        NotSealed: There is none, or the text is too long to be searched.
        Damaged: One begins but is cut short.
    """
    return find_armoured(text, BLOB_OVERHEAD, BLOB_LIMIT)


__all__ = [
    "BLOB_LIMIT",
    "BLOB_OVERHEAD",
    "BlobCipher",
    "BlobHeader",
    "encode_text",
    "find_text",
    "open_blob",
    "parse_blob",
    "seal_blob",
]
