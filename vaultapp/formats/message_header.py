"""Message headers of the AWS Encryption SDK, version 2."""

from __future__ import annotations

import hmac
import re
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass, field
from struct import Struct

from vaultapp.core.errors import (
    AuthenticationFailed,
    Damaged,
    NotSealed,
    OutOfBounds,
    UnsupportedFormat,
    VaultError,
)
from vaultapp.crypto.aead import NONCE_BYTES, TAG_BYTES, AesGcm, Buffer
from vaultapp.crypto.asymmetric import POINT_BYTES
from vaultapp.crypto.hkdf import hkdf_expand, hkdf_extract
from vaultapp.formats.encryption_context import CONTEXT_LIMIT, PUBLIC_KEY, parse, serialise
from vaultapp.formats.message_suite import VERSION, Suite, suite_of

__all__ = [
    "EncryptedDataKey",
    "HeaderIncomplete",
    "MessageHeader",
    "MessageKeys",
    "Suite",
    "build_header",
    "derive_keys",
    "parse_header",
    "verify_header",
]

MESSAGE_ID_BYTES = 32
DATA_KEY_BYTES = 32
COMMITMENT_BYTES = 32

HEADER_LIMIT = 1024 * 1024
EDK_LIMIT = 32
FRAME_LENGTH_LIMIT = 64 * 1024 * 1024

_UNFRAMED = 1
_FRAMED = 2

_U16 = Struct(">H")
_FIXED = Struct(">BH32sH")
_TAIL = Struct(">BI32s")
_SUITE_BYTES = 3
_ZERO_IV = bytes(NONCE_BYTES)

_POINT_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")


class HeaderIncomplete(Exception):
    """More bytes are needed to read the header.

    Attributes:
        needed: Bytes from the message's begin without which reading cannot go on; at most 1 MiB.
            The whole header may take more, so ask again.
        got: Bytes that there were.
    """

    def __init__(self, needed: int, got: int) -> None:
        super().__init__(needed)
        self.needed = needed
        self.got = got

    def at_end(self) -> VaultError:
        """Return the error for a message that has no more bytes."""
        if self.needed > _SUITE_BYTES:
            return Damaged(reason="cut_short")
        return NotSealed(reason="other" if self.got else "empty")


@dataclass(frozen=True, slots=True)
class EncryptedDataKey:
    """The data key as one recipient can open it.

    Attributes:
        provider_id: Names the kind of recipient.
        provider_info: Names the recipient, in the provider's own layout.
        ciphertext: The wrapped data key.
    """

    provider_id: str
    provider_info: bytes
    ciphertext: bytes

    def serialise(self) -> bytes:
        """Return u16 length ‖ bytes of each of the three."""
        provider = self.provider_id.encode()
        return b"".join(
            (
                _U16.pack(len(provider)),
                provider,
                _U16.pack(len(self.provider_info)),
                self.provider_info,
                _U16.pack(len(self.ciphertext)),
                self.ciphertext,
            )
        )


@dataclass(frozen=True, slots=True)
class MessageHeader:
    """A header as it was received; nothing is authenticated before :func:`verify_header`.

    Attributes:
        context_bytes: As received, perhaps unsorted.
        wrap_aad: The context in sorted form, which every wrap authenticates.
        frame_length: Bytes of plaintext a frame, 1 … 64 MiB.
        body: All before the tag, which it authenticates.
        public_key: Compressed point of the signature's key; None without signature.
    """

    suite: Suite
    message_id: bytes
    context: dict[str, str]
    context_bytes: bytes
    wrap_aad: bytes
    edks: tuple[EncryptedDataKey, ...]
    frame_length: int
    commitment: bytes
    body: bytes
    tag: bytes
    public_key: bytes | None

    @property
    def length(self) -> int:
        """Bytes of the header with its tag."""
        return len(self.body) + TAG_BYTES


@dataclass(frozen=True, slots=True)
class MessageKeys:
    """What a data key gives for one message."""

    encryption_key: bytes = field(repr=False)
    commitment: bytes


def derive_keys(suite: Suite, data_key: Buffer, message_id: bytes) -> MessageKeys:
    """Derive the key of the frames and the commitment to it.

    PRK = HKDF-Extract-SHA512(salt = message id, data key); key = Expand(PRK, suite ‖ "DERIVEKEY", 32);
    commitment = Expand(PRK, "COMMITKEY", 32), without the suite.

    Source:
        AWS Encryption SDK algorithms reference; format.md point 4 of the project's design.
    """
    prk = hkdf_extract(message_id, bytes(data_key))
    return MessageKeys(
        encryption_key=hkdf_expand(prk, _U16.pack(suite) + b"DERIVEKEY", 32),
        commitment=hkdf_expand(prk, b"COMMITKEY", COMMITMENT_BYTES),
    )


def build_header(
    *,
    message_id: bytes,
    context_bytes: bytes,
    edks: Sequence[EncryptedDataKey],
    frame_length: int,
    data_key: Buffer,
) -> tuple[bytes, MessageKeys]:
    """Write a header of suite 0x0478.

    Layout, big endian::

        version         1 byte, 02
        suite           2 bytes, 0478
        message id     32 bytes
        context         u16 length ‖ context as received or serialised
        data keys       u16 count ‖ each: u16 length ‖ provider id, u16 length ‖ provider info, u16 length ‖ ciphertext
        content type    1 byte, 02: framed
        frame length    u32
        commitment     32 bytes
        tag            16 bytes: AES-256-GCM, zero IV, no plaintext, all before it as associated data

    There is no IV, no reserved field and no IV length: those are version 1.

    Returns:
        The header with its tag, and the keys of the message.

    Raises:
        OutOfBounds: More than 32 recipients, or more than 1 MiB in all.
        ValueError: Another argument out of range; a caller's bug.

    Source:
        AWS Encryption SDK message format reference, "Header structure", version 2.
    """
    if len(message_id) != MESSAGE_ID_BYTES or len(data_key) != DATA_KEY_BYTES or len(context_bytes) > CONTEXT_LIMIT:
        raise ValueError("message id, data key or context of a wrong length")
    if not 1 <= frame_length <= FRAME_LENGTH_LIMIT:
        raise ValueError(f"frames of {frame_length} bytes")
    if not edks:
        raise ValueError("a message for nobody")
    if len(edks) > EDK_LIMIT:
        raise OutOfBounds(field="recipients", value=len(edks), limit=EDK_LIMIT)
    keys = derive_keys(Suite.COMMITTING, data_key, message_id)
    body = b"".join(
        (
            _FIXED.pack(VERSION, Suite.COMMITTING, message_id, len(context_bytes)),
            context_bytes,
            _U16.pack(len(edks)),
            *[edk.serialise() for edk in edks],
            _TAIL.pack(_FRAMED, frame_length, keys.commitment),
        )
    )
    if len(body) + TAG_BYTES > HEADER_LIMIT:
        raise OutOfBounds(field="header", value=len(body) + TAG_BYTES, limit=HEADER_LIMIT)
    return body + AesGcm(keys.encryption_key).seal(_ZERO_IV, b"", body), keys


def verify_header(header: MessageHeader, data_key: Buffer) -> MessageKeys:
    """Check that this data key made the header; the commitment is compared first, in constant time.

    Raises:
        AuthenticationFailed: Another data key, or a changed header.
    """
    keys = derive_keys(header.suite, data_key, header.message_id)
    if not hmac.compare_digest(keys.commitment, header.commitment):
        raise AuthenticationFailed
    AesGcm(keys.encryption_key).open(_ZERO_IV, header.tag, header.body)
    return keys


def parse_header(data: Buffer) -> MessageHeader:
    """Read a header from the begin of a message; bytes after it are not looked at.

    Nothing is allocated that the caps do not allow: 1 MiB of header, 32 recipients, frames of 64 MiB.

    Raises:
        HeaderIncomplete: More bytes are needed.
        NotSealed: These bytes do not begin a message.
        UnsupportedFormat: Version 1, another suite, or a body without frames.
        Damaged: Malformed.
        OutOfBounds: Over a cap, or frames of no length.
    """
    reader = _Reader(memoryview(data))
    suite = suite_of(reader.peek(_SUITE_BYTES))
    _, _, message_id, context_length = _FIXED.unpack(reader.take(_FIXED.size))
    context_bytes = bytes(reader.take(context_length))
    context = parse(context_bytes)
    edks = _parse_edks(reader)
    content_type, frame_length, commitment = _TAIL.unpack(reader.take(_TAIL.size))
    if content_type == _UNFRAMED:
        raise UnsupportedFormat(found="unframed body")
    if content_type != _FRAMED:
        raise Damaged(reason="content_type")
    if not 1 <= frame_length <= FRAME_LENGTH_LIMIT:
        limit = FRAME_LENGTH_LIMIT if frame_length else 1
        raise OutOfBounds(field="frame_length", value=frame_length, limit=limit)
    body_length = reader.at
    tag = bytes(reader.take(TAG_BYTES))
    return MessageHeader(
        suite=suite,
        message_id=message_id,
        context=context,
        context_bytes=context_bytes,
        wrap_aad=serialise(context),
        edks=edks,
        frame_length=frame_length,
        commitment=commitment,
        body=bytes(reader.data[:body_length]),
        tag=tag,
        public_key=_public_key(suite, context),
    )


class _Reader:
    """Takes stretches from the begin of a message, within the header's cap."""

    __slots__ = ("at", "data")

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> memoryview:
        """Return the next bytes and go on behind them."""
        end = self._end(count)
        stretch = self.data[self.at : end]
        self.at = end
        return stretch

    def peek(self, count: int) -> memoryview:
        """Return all that is left, which is at least so many bytes, and stay."""
        self._end(count)
        return self.data[self.at :]

    def _end(self, count: int) -> int:
        end = self.at + count
        if end > HEADER_LIMIT:
            raise OutOfBounds(field="header", value=end, limit=HEADER_LIMIT)
        if end > len(self.data):
            raise HeaderIncomplete(end, len(self.data))
        return end

    def take_field(self) -> bytes:
        """Return the next u16 length ‖ bytes."""
        (length,) = _U16.unpack(self.take(_U16.size))
        return bytes(self.take(length))


def _parse_edks(reader: _Reader) -> tuple[EncryptedDataKey, ...]:
    (count,) = _U16.unpack(reader.take(_U16.size))
    if count == 0:
        raise Damaged(reason="recipients")
    if count > EDK_LIMIT:
        raise OutOfBounds(field="recipients", value=count, limit=EDK_LIMIT)
    edks = []
    for _ in range(count):
        provider, info, ciphertext = reader.take_field(), reader.take_field(), reader.take_field()
        try:
            edks.append(EncryptedDataKey(provider.decode(), info, ciphertext))
        except UnicodeDecodeError:
            raise Damaged(reason="recipients") from None
    return tuple(edks)


def _public_key(suite: Suite, context: dict[str, str]) -> bytes | None:
    """Return the signature's key; its presence and the suite must agree, or one of them was changed."""
    text = context.get(PUBLIC_KEY)
    if suite is Suite.COMMITTING and text is None:
        return None
    if suite is Suite.COMMITTING or text is None or not _POINT_BASE64.fullmatch(text):
        raise Damaged(reason="public_key")
    try:
        point = b64decode(text, validate=True)
    except ValueError:
        raise Damaged(reason="public_key") from None
    if len(point) != POINT_BYTES:
        raise Damaged(reason="public_key")
    return point
