"""Reused buffers: sealed frames side by side, and their plaintext."""

from __future__ import annotations

import mmap

from vaultapp.formats.message_frames import FINAL_HEAD_BYTES, FINAL_OVERHEAD, REGULAR_HEAD_BYTES, REGULAR_OVERHEAD

TASK_BYTES = 512 * 1024
# From here on a frame is worked on in place, by one worker: two buffers of 64 MiB would be too much memory.
IN_PLACE_FROM = 4 * 1024 * 1024
_FRAMES_PER_TASK = 256
_IV_AT = 4


def anonymous(size: int) -> memoryview:
    """Return page-aligned zeroed memory, which goes back to the system with its last view."""
    return memoryview(mmap.mmap(-1, max(1, size)))


def frames_per_task(frame_length: int) -> int:
    """Return how many frames make about 512 KiB, which keeps both buffers in the second-level cache."""
    return max(1, min(_FRAMES_PER_TASK, TASK_BYTES // frame_length))


class Lane:
    """The two buffers of one worker and their slices, made once.

    Args:
        frame_length: Plaintext bytes of a regular frame.
        frames: Frames that fit.
    """

    __slots__ = ("_plain", "bodies", "frame_length", "heads", "ivs", "plains", "sealed", "stride")

    def __init__(self, frame_length: int, frames: int) -> None:
        self.frame_length = frame_length
        self.stride = stride = frame_length + REGULAR_OVERHEAD
        self.sealed = sealed = anonymous((frames - 1) * stride + FINAL_OVERHEAD + frame_length)
        self._plain = None if frame_length >= IN_PLACE_FROM else anonymous(frames * frame_length)
        starts = [number * stride for number in range(frames)]
        self.heads = [sealed[at : at + REGULAR_HEAD_BYTES] for at in starts]
        self.ivs = [head[_IV_AT:] for head in self.heads]
        self.bodies = [sealed[at + REGULAR_HEAD_BYTES : at + stride] for at in starts]
        if self._plain is None:
            self.plains = [body[:frame_length] for body in self.bodies]
        else:
            self.plains = [self._plain[at : at + frame_length] for at in range(0, frames * frame_length, frame_length)]

    def final(self, slot: int, length: int) -> tuple[memoryview, memoryview, memoryview]:
        """Return head, ciphertext with tag, and plaintext of a final frame in a slot."""
        at = slot * self.stride
        body_at = at + FINAL_HEAD_BYTES
        body = self.sealed[body_at : at + FINAL_OVERHEAD + length]
        plain = body[:length] if self._plain is None else self.plains[slot][:length]
        return self.sealed[at:body_at], body, plain
