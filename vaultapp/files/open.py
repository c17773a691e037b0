"""Opening: the frames of a message into its content, every byte verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from vaultapp.core.errors import Damaged, DataError
from vaultapp.crypto.aead import AesGcm, Buffer
from vaultapp.crypto.asymmetric import EcdsaP384Verifier
from vaultapp.files.buffers import IN_PLACE_FROM, Lane, anonymous, frames_per_task
from vaultapp.files.message import Message
from vaultapp.files.meter import Meter
from vaultapp.files.source import SourceFile
from vaultapp.files.streams import Reader, write_all_at
from vaultapp.files.workers import Task, Workers
from vaultapp.formats.message_footer import FOOTER_LIMIT, parse_signature
from vaultapp.formats.message_frames import (
    FINAL_HEAD_BYTES,
    FINAL_MARK,
    FINAL_OVERHEAD,
    REGULAR_HEAD,
    REGULAR_HEAD_BYTES,
    REGULAR_OVERHEAD,
    FrameAad,
    FrameLayout,
    check_final_head,
    check_regular_head,
    frame_aad,
    frame_iv,
)
from vaultapp.formats.message_header import HEADER_LIMIT, HeaderIncomplete, MessageHeader, parse_header

FIRST_READ = 4096
_MARK = FINAL_MARK.to_bytes(4, "big")

# Takes verified plaintext: views one behind the other, and their offset in the content. Called by the workers.
Sink = Callable[[list[memoryview], int], None]


class RereadableReader(Reader, Protocol):
    """A reader that takes bytes back."""

    def unread(self, data: bytes) -> None:
        """Give bytes back, to be read next."""


def read_header(source: SourceFile) -> MessageHeader:
    """Read the header of a regular file.

    Raises:
        NotSealed, UnsupportedFormat, Damaged, OutOfBounds: See :func:`parse_header`.
    """
    size = min(FIRST_READ, source.size)
    while True:
        try:
            return parse_header(source.start(size))
        except HeaderIncomplete as exc:
            if size == source.size:
                raise exc.at_end() from None
            size = min(source.size, HEADER_LIMIT, max(exc.needed, 2 * size))


def pull_header(reader: RereadableReader) -> MessageHeader:
    """Read the header from the front of a stream; what follows it is read next."""
    start = bytearray()
    while True:
        more = anonymous(max(FIRST_READ, len(start)))
        count = reader.fill(more)
        start += more[:count]
        try:
            header = parse_header(bytes(start))
        except HeaderIncomplete as exc:
            if count < len(more):
                raise exc.at_end() from None
            continue
        reader.unread(bytes(start[header.length :]))
        return header


def layout_of(source: SourceFile, header: MessageHeader) -> FrameLayout:
    """Tell truncation and trailing bytes from the file's length and its final frame's head, before any work.

    Raises:
        Damaged: The length fits no message of this header, or the final frame is not where it must be.
    """
    try:
        layout = FrameLayout.of_total(header.length, header.frame_length, source.size)
        check_final(source.piece(FINAL_HEAD_BYTES, layout.offset_of(layout.frames)), layout)
    except Damaged as exc:
        raise Damaged(reason=_what_is_wrong(source, header) or str(exc.facts["reason"])) from None
    return layout


def open_small(data: memoryview, message: Message, layout: FrameLayout) -> bytes:
    """Return the content of a message of one frame that was read whole.

    Raises:
        AuthenticationFailed, Damaged: Nothing of it is to be used.
    """
    at = layout.header_length + FINAL_HEAD_BYTES
    check_final(data[layout.header_length : at], layout)
    aad = frame_aad(message.message_id, 1, layout.final_length, final=True)
    return AesGcm(message.encryption_key).open(frame_iv(1), data[at:], aad)


def open_file(
    source: SourceFile, message: Message, layout: FrameLayout, sink: Sink, workers: Workers, meter: Meter
) -> None:
    """Open the frames of a regular file by several threads.

    What the sink was given is to be used only when this returned.

    Args:
        source: Read at computed positions.
        message: Verified header and key.
        layout: From :func:`layout_of`.
        sink: Takes plaintext.
        workers: Do the frames.
        meter: Advanced by plaintext bytes.

    Raises:
        AuthenticationFailed, Damaged, SourceChanged, HostError, OperationCancelled: As they say.
    """
    frame_length, frames = message.frame_length, layout.frames
    per_task = min(frames_per_task(frame_length), frames)

    def make() -> Task:
        lane = Lane(frame_length, per_task)
        cipher = AesGcm(message.encryption_key)
        aad = FrameAad(message.message_id, frame_length)
        stride = lane.stride

        def task(number: int) -> int:
            first = number * per_task
            regular = min(per_task, layout.regular - first)
            final = regular < per_task and first + regular == layout.regular
            end = regular * stride + (FINAL_OVERHEAD + layout.final_length if final else 0)
            source.read([lane.sealed[:end]], layout.offset_of(first + 1))
            views = lane.plains[:regular]
            if final:
                head, body, plain = lane.final(regular, layout.final_length)
                check_final(head, layout)
                last = frame_aad(message.message_id, frames, layout.final_length, final=True)
                views = [*views, plain]
            for slot in range(regular):
                sequence = first + slot + 1
                check_regular_head(lane.heads[slot], sequence)
                cipher.decrypt_into(lane.ivs[slot], lane.bodies[slot], aad.of(sequence), lane.plains[slot])
            if final:
                cipher.decrypt_into(frame_iv(frames), body, last, plain)
            sink(views, first * frame_length)
            return regular * frame_length + (layout.final_length if final else 0)

        return task

    workers.run(-(-frames // per_task), make, meter, limit=1 if frame_length >= IN_PLACE_FROM else None)


def write_to(descriptor: int, path: bytes) -> Sink:
    """Return a sink that writes a file."""

    def sink(views: list[memoryview], offset: int) -> None:
        write_all_at(descriptor, views, offset, path)

    return sink


def discard(_views: list[memoryview], _offset: int) -> None:
    """Take plaintext and forget it: a sink for verifying alone."""


class FrameReader:
    """The content of a message that is read from front to back, frame by frame.

    Args:
        reader: Stands behind the header.
        header: Verified.
        message: Its key.

    Raises:
        AuthenticationFailed, Damaged: While iterating; what came before was verified frame by frame,
            the whole is only when the iteration has ended.
    """

    def __init__(self, reader: Reader, header: MessageHeader, message: Message) -> None:
        self._reader = reader
        self._message = message
        self._cipher = AesGcm(message.encryption_key)
        self._aad = FrameAad(message.message_id, message.frame_length)
        self._verifier = EcdsaP384Verifier(header.public_key) if header.public_key is not None else None
        if self._verifier is not None:
            self._verifier.update(message.header)
        length = message.frame_length
        self._lane = Lane(length, 1)
        self._stride = self._lane.stride

    def __iter__(self) -> Iterator[memoryview]:
        """Yield the plaintext of each frame; it is valid until the next one is asked for."""
        lane, sequence = self._lane, 1
        while True:
            got = self._reader.fill(lane.sealed[: self._stride])
            if lane.sealed[:4] == _MARK:
                yield self._final(sequence, got)
                return
            if got < self._stride:
                raise Damaged(reason="cut_short")
            check_regular_head(lane.heads[0], sequence)
            if self._verifier is not None:
                self._verifier.update(lane.sealed[: self._stride])
            self._cipher.decrypt_into(lane.ivs[0], lane.bodies[0], self._aad.of(sequence), lane.plains[0])
            yield lane.plains[0]
            sequence += 1

    def _final(self, sequence: int, got: int) -> memoryview:
        """Open the final frame, with the signature and the end of the stream checked first."""
        lane = self._lane
        if got < FINAL_HEAD_BYTES:
            got += self._reader.fill(lane.sealed[got:FINAL_HEAD_BYTES])
        if got < FINAL_HEAD_BYTES:
            raise Damaged(reason="cut_short")
        length = check_final_head(lane.sealed[:FINAL_HEAD_BYTES], sequence, self._message.frame_length)
        end = FINAL_OVERHEAD + length
        if got < end:
            got += self._reader.fill(lane.sealed[got:end])
        if got < end:
            raise Damaged(reason="cut_short")
        self._check_end(end, got)
        _, body, plain = lane.final(0, length)
        aad = frame_aad(self._message.message_id, sequence, length, final=True)
        self._cipher.decrypt_into(frame_iv(sequence), body, aad, plain)
        return plain

    def _check_end(self, end: int, got: int) -> None:
        more = anonymous(FOOTER_LIMIT + 1)
        behind = bytes(self._lane.sealed[end:got]) + bytes(more[: self._reader.fill(more)])
        if self._verifier is None:
            if behind:
                raise Damaged(reason="trailing")
            return
        self._verifier.update(self._lane.sealed[:end])
        self._verifier.verify(parse_signature(behind))


def check_final(head: Buffer, layout: FrameLayout) -> None:
    """Check that the final frame is where the file's length has it, and as long.

    Raises:
        Damaged, OutOfBounds: It is not.
    """
    if len(head) != FINAL_HEAD_BYTES:
        raise Damaged(reason="cut_short")
    if check_final_head(head, layout.frames, layout.frame_length) != layout.final_length:
        raise Damaged(reason="length")


def _what_is_wrong(source: SourceFile, header: MessageHeader) -> str:
    """Tell a file that was cut short from one with something behind it, for people; empty when it is neither."""
    stride = header.frame_length + REGULAR_OVERHEAD
    last = (source.size - header.length) // stride + 1
    for number in range(max(1, last - 1), last + 1):
        at = header.length + (number - 1) * stride
        head = source.piece(FINAL_HEAD_BYTES, at)
        if head[:REGULAR_HEAD_BYTES] == REGULAR_HEAD.pack(number, number):
            continue
        try:
            length = check_final_head(head.ljust(FINAL_HEAD_BYTES, b"\0"), number, header.frame_length)
        except DataError:
            return "cut_short" if len(head) < FINAL_HEAD_BYTES else ""
        return "trailing" if at + FINAL_OVERHEAD + length < source.size else "cut_short"
    return "cut_short"
