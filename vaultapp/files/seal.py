"""Sealing: a content into the frames of a message."""

from __future__ import annotations

from typing import Protocol

from vaultapp.core.errors import InvalidValue
from vaultapp.crypto.aead import TAG_BYTES, AesGcm
from vaultapp.files.buffers import IN_PLACE_FROM, Lane, anonymous, frames_per_task
from vaultapp.files.message import Message
from vaultapp.files.meter import Meter
from vaultapp.files.source import SourceFile
from vaultapp.files.streams import Reader, Writer, write_at
from vaultapp.files.workers import Task, Workers
from vaultapp.formats.message_frames import (
    FINAL_HEAD,
    FINAL_HEAD_BYTES,
    FINAL_MARK,
    MAX_SEQUENCE,
    REGULAR_HEAD,
    REGULAR_HEAD_BYTES,
    FrameAad,
    frame_aad,
    frame_iv,
)


class Digest(Protocol):
    """What hashlib makes."""

    def update(self, data: memoryview, /) -> None:
        """Take the next bytes."""

    def digest(self) -> bytes:
        """Return the digest of all bytes so far."""


def seal_small(message: Message, content: memoryview | bytes) -> list[bytes]:
    """Seal a content that fits one frame; return the pieces of the whole file."""
    size = len(content)
    if size > message.frame_length:
        raise ValueError(f"{size} bytes in a frame of {message.frame_length}")
    cipher = AesGcm(message.encryption_key)
    body = cipher.seal(frame_iv(1), content, frame_aad(message.message_id, 1, size, final=True))
    return [message.header, FINAL_HEAD.pack(FINAL_MARK, 1, 1, size), body]


def seal_file(
    source: SourceFile, message: Message, descriptor: int, path: bytes, workers: Workers, meter: Meter
) -> int:
    """Seal a regular file into another by several threads.

    Args:
        source: Read at computed positions.
        message: Header and key.
        descriptor: Takes the whole message from offset 0.
        path: Of the output, for messages.
        workers: Do the frames.
        meter: Advanced by plaintext bytes.

    Returns:
        Bytes of the message.

    Raises:
        SourceChanged, SpaceMissing, HostError, OperationCancelled: The output then holds nothing to be used.
    """
    layout = message.layout_of(source.size)
    write_at(descriptor, memoryview(message.header), 0, path)
    frame_length, frames = message.frame_length, layout.frames
    per_task = min(frames_per_task(frame_length), frames)

    def make() -> Task:
        lane = Lane(frame_length, per_task)
        cipher = AesGcm(message.encryption_key)
        aad = FrameAad(message.message_id, frame_length)
        pack, stride = REGULAR_HEAD.pack_into, lane.stride

        def task(number: int) -> int:
            first = number * per_task
            regular = min(per_task, layout.regular - first)
            final = regular < per_task and first + regular == layout.regular
            views = lane.plains[:regular]
            if final:
                head, body, plain = lane.final(regular, layout.final_length)
                views = [*views, plain]
            source.read(views, first * frame_length)
            for slot in range(regular):
                sequence = first + slot + 1
                pack(lane.sealed, slot * stride, sequence, sequence)
                cipher.encrypt_into(lane.ivs[slot], lane.plains[slot], aad.of(sequence), lane.bodies[slot])
            end = regular * stride
            if final:
                FINAL_HEAD.pack_into(head, 0, FINAL_MARK, frames, frames, layout.final_length)
                last = frame_aad(message.message_id, frames, layout.final_length, final=True)
                cipher.encrypt_into(frame_iv(frames), plain, last, body)
                end += FINAL_HEAD_BYTES + len(body)
            write_at(descriptor, lane.sealed[:end], layout.offset_of(first + 1), path)
            return regular * frame_length + (layout.final_length if final else 0)

        return task

    workers.run(-(-frames // per_task), make, meter, limit=1 if frame_length >= IN_PLACE_FROM else None)
    return layout.total


class FrameWriter:
    """Seals a content that comes in order and whose length is not known before its end.

    One byte more than a frame is held, so that a content that fills its last frame ends with a full final one.

    Args:
        message: Header and key; the header is written at once.
        out: Takes the message.
        meter: Advanced by plaintext bytes.
        digest: Fed with the content, for a later comparison.
    """

    def __init__(self, message: Message, out: Writer, meter: Meter, digest: Digest | None = None) -> None:
        self._message = message
        self._out = out
        self._meter = meter
        self._digest = digest
        self._cipher = AesGcm(message.encryption_key)
        self._aad = FrameAad(message.message_id, message.frame_length)
        self._sequence = 1
        self._used = 0
        length = message.frame_length
        # Room for the final head before, and for the byte too many (in the tag's place) behind.
        self._sealed = anonymous(FINAL_HEAD_BYTES + length + TAG_BYTES)
        held = self._sealed[FINAL_HEAD_BYTES:] if length >= IN_PLACE_FROM else anonymous(length + 1)
        self._held = held[: length + 1]
        self.size = len(message.header)
        out.write(message.header)

    def room(self) -> memoryview:
        """Return where the next bytes of the content go; never empty."""
        return self._held[self._used :]

    def added(self, count: int) -> None:
        """Say how many bytes were put there."""
        self._used += count
        if self._used == len(self._held):
            self._regular()
        self._meter.advance(count)

    def write(self, data: memoryview | bytes) -> None:
        """Add bytes by copying them."""
        done = 0
        while done < len(data):
            room = self.room()
            count = min(len(room), len(data) - done)
            room[:count] = data[done : done + count]
            self.added(count)
            done += count

    def read_from(self, reader: Reader) -> None:
        """Add all that a reader gives."""
        while True:
            room = self.room()
            count = reader.fill(room)
            if count:
                self.added(count)
            if count < len(room):
                return

    def finish(self) -> int:
        """Write the final frame, and return the bytes of the message."""
        length, sequence = self._used, self._sequence
        head = self._sealed[:FINAL_HEAD_BYTES]
        body = self._sealed[FINAL_HEAD_BYTES : FINAL_HEAD_BYTES + length + TAG_BYTES]
        FINAL_HEAD.pack_into(head, 0, FINAL_MARK, sequence, sequence, length)
        aad = frame_aad(self._message.message_id, sequence, length, final=True)
        self._feed(length)
        self._cipher.encrypt_into(frame_iv(sequence), self._held[:length], aad, body)
        self._send(self._sealed[: FINAL_HEAD_BYTES + len(body)])
        return self.size

    def _regular(self) -> None:
        sequence, length = self._sequence, self._message.frame_length
        if sequence >= MAX_SEQUENCE:
            raise InvalidValue(field="frame_length", reason="too_many_frames")
        following = self._held[length]
        start = FINAL_HEAD_BYTES - REGULAR_HEAD_BYTES
        REGULAR_HEAD.pack_into(self._sealed, start, sequence, sequence)
        body = self._sealed[FINAL_HEAD_BYTES : FINAL_HEAD_BYTES + length + TAG_BYTES]
        self._feed(length)
        self._cipher.encrypt_into(frame_iv(sequence), self._held[:length], self._aad.of(sequence), body)
        self._send(self._sealed[start:])
        self._held[0] = following
        self._used = 1
        self._sequence += 1

    def _feed(self, length: int) -> None:
        if self._digest is not None:
            self._digest.update(self._held[:length])

    def _send(self, data: memoryview) -> None:
        self._out.write(data)
        self.size += len(data)
