"""Frames of a message's body: where they lie, and the bytes around each ciphertext.

For speed the pieces are structs that pack into buffers made once: nothing here allocates per frame when the
``pack_into`` methods of the constants are used directly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from struct import Struct

from vaultapp.core.errors import Damaged, OutOfBounds
from vaultapp.crypto.aead import TAG_BYTES, Buffer

MAX_SEQUENCE = 2**32 - 1
FINAL_MARK = 0xFFFFFFFF

REGULAR_HEAD = Struct(">I8xI")
"""``pack_into(buffer, offset, number, number)``: u32 number ‖ IV of 8 zero bytes and u32 number."""
FINAL_HEAD = Struct(">II8xII")
"""``pack_into(buffer, offset, FINAL_MARK, number, number, length)``: FFFFFFFF ‖ u32 number ‖ IV ‖ u32 length."""

REGULAR_HEAD_BYTES = REGULAR_HEAD.size
FINAL_HEAD_BYTES = FINAL_HEAD.size
REGULAR_OVERHEAD = REGULAR_HEAD_BYTES + TAG_BYTES
FINAL_OVERHEAD = FINAL_HEAD_BYTES + TAG_BYTES

_IV = Struct(">8xI")
_AAD_TAIL = Struct(">IQ")

_MESSAGE_ID_BYTES = 32
_REGULAR_LABEL = b"AWSKMSEncryptionClient Frame"
_FINAL_LABEL = b"AWSKMSEncryptionClient Final Frame"
_SEQUENCE_AT = _MESSAGE_ID_BYTES + len(_REGULAR_LABEL)
_U32 = Struct(">I")
_write_sequence = _U32.pack_into


def frame_aad(message_id: bytes, sequence: int, plaintext_len: int, *, final: bool) -> bytes:
    """Build the additional authenticated data of one frame.

    The sequence number and the final marker are what stop an attacker from dropping, reordering or cutting
    frames, so nothing here is optional.

    Layout, big endian::

        message id      32 bytes
        content label   28 or 34 bytes ASCII
        sequence        4 bytes unsigned, 1 for the first frame
        content length  8 bytes unsigned, plaintext bytes in this frame

    Args:
        message_id: 32 bytes, as in the message header.
        sequence: 1 … 2**32-1.
        plaintext_len: Bytes of plaintext in this frame; 0 is legal only in the final frame.
        final: True for the last frame.

    Returns:
        72 bytes, or 78 bytes for the final frame.

    Raises:
        ValueError: An argument is out of range; a caller's bug, not bad data.

    Source:
        AWS Encryption SDK developer guide, "Body additional authenticated data (AAD) reference".
    """
    if len(message_id) != _MESSAGE_ID_BYTES:
        raise ValueError(f"a message id of {len(message_id)} bytes")
    if not 1 <= sequence <= MAX_SEQUENCE:
        raise ValueError(f"sequence out of range: {sequence}")
    if plaintext_len < 0 or (plaintext_len == 0 and not final):
        raise ValueError(f"plaintext length out of range: {plaintext_len}")
    return message_id + (_FINAL_LABEL if final else _REGULAR_LABEL) + _AAD_TAIL.pack(sequence, plaintext_len)


def frame_iv(sequence: int) -> bytes:
    """Return a frame's IV: 8 zero bytes and its number."""
    return _IV.pack(sequence)


class FrameAad:
    """The associated data of a message's regular frames in one buffer that is written again for each; one a worker.

    Args:
        message_id: 32 bytes.
        frame_length: Bytes of plaintext in each regular frame.
    """

    __slots__ = ("_buffer",)

    def __init__(self, message_id: bytes, frame_length: int) -> None:
        self._buffer = bytearray(frame_aad(message_id, 1, frame_length, final=False))

    def of(self, sequence: int) -> bytearray:
        """Return the 72 bytes of one frame; they are valid until the next call."""
        _write_sequence(self._buffer, _SEQUENCE_AT, sequence)
        return self._buffer


def check_regular_head(head: Buffer, sequence: int) -> None:
    """Check the 16 bytes before a regular frame's ciphertext.

    Raises:
        Damaged: Another frame's number, an IV that is not the number's, or a final frame too early.
    """
    if head != REGULAR_HEAD.pack(sequence, sequence):
        raise Damaged(reason="frame_header")


def check_final_head(head: Buffer, sequence: int, frame_length: int) -> int:
    """Check the 24 bytes before the final frame's ciphertext and return its plaintext length.

    Raises:
        Damaged: Not the final frame's head, number or IV.
        OutOfBounds: Longer than a frame; said before anything is allocated.
    """
    if len(head) != FINAL_HEAD_BYTES:
        raise Damaged(reason="frame_header")
    (length,) = _U32.unpack_from(head, FINAL_HEAD_BYTES - _U32.size)
    if head != FINAL_HEAD.pack(FINAL_MARK, sequence, sequence, length):
        raise Damaged(reason="frame_header")
    if length > frame_length:
        raise OutOfBounds(field="final_length", value=length, limit=frame_length)
    return int(length)


@dataclass(frozen=True, slots=True)
class FrameLayout:
    """Where each frame of a message lies: a pure computation, so ranges are read without the rest.

    Attributes:
        header_length: Bytes of the header with its tag.
        frame_length: Bytes of plaintext in each frame but the final one.
        content_length: Bytes of plaintext.
        empty_final: The content fills its last frame and an empty final frame follows (other writers do that);
            here a full final frame is written.
        frames: Number of frames with the final one; at least 1.
        regular: Number of regular frames, which is all but the final one.
        final_length: Bytes of plaintext in the final frame.

    Raises:
        ValueError: A length out of range, or more than 2**32-1 frames.
    """

    header_length: int
    frame_length: int
    content_length: int
    empty_final: bool = False
    frames: int = field(init=False)
    regular: int = field(init=False)
    final_length: int = field(init=False)

    def __post_init__(self) -> None:
        if self.header_length < 0 or self.frame_length < 1 or self.content_length < 0:
            raise ValueError("lengths out of range")
        if self.empty_final and (self.content_length == 0 or self.content_length % self.frame_length):
            raise ValueError("an empty final frame follows full frames only")
        frames = max(1, -(-self.content_length // self.frame_length) + self.empty_final)
        if frames > MAX_SEQUENCE:
            raise ValueError(f"{frames} frames")
        object.__setattr__(self, "frames", frames)
        object.__setattr__(self, "regular", frames - 1)
        object.__setattr__(self, "final_length", self.content_length - (frames - 1) * self.frame_length)

    @classmethod
    def of_content(cls, header_length: int, frame_length: int, content_length: int) -> FrameLayout:
        """Lay out a content as it is written here.

        Raises:
            ValueError: More than 2**32-1 frames.
        """
        return cls(header_length, frame_length, content_length)

    @classmethod
    def of_total(cls, header_length: int, frame_length: int, total: int, footer: int = 0) -> FrameLayout:
        """Find the layout of a message by its length alone, whichever way it ends.

        Args:
            header_length: Bytes of the header with its tag.
            frame_length: From the header.
            total: Bytes of the whole message.
            footer: Bytes of the signature footer; none without a signature.

        Raises:
            Damaged: No message has this length: it was cut, or bytes follow it.
            OutOfBounds: More than 2**32-1 frames.
        """
        rest = total - header_length - footer - FINAL_OVERHEAD
        if rest < 0:
            raise Damaged(reason="cut_short")
        regular, final_length = divmod(rest, frame_length + REGULAR_OVERHEAD)
        if final_length > frame_length:
            raise Damaged(reason="length")
        if regular >= MAX_SEQUENCE:
            raise OutOfBounds(field="frames", value=regular + 1, limit=MAX_SEQUENCE)
        return cls(
            header_length,
            frame_length,
            regular * frame_length + final_length,
            empty_final=regular > 0 and final_length == 0,
        )

    @property
    def total(self) -> int:
        """Bytes of header and frames; a signature footer is not counted."""
        return self.offset_of(self.frames) + FINAL_OVERHEAD + self.final_length

    def offset_of(self, number: int) -> int:
        """Return where in the message frame ``number`` begins, 1 for the first."""
        return self.header_length + (number - 1) * (self.frame_length + REGULAR_OVERHEAD)

    def length_of(self, number: int) -> int:
        """Return the bytes of plaintext in frame ``number``."""
        return self.final_length if number == self.frames else self.frame_length
