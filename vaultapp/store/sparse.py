"""Copying what a file holds on the disk, and not its holes: a copy costs no more room than the file does."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

_CHUNK = 1 << 20
_BLOCK_BYTES = 512


def held_bytes(path: Path) -> int:
    """Return how much of the disk a file takes, which may be far less than its size; 0 when it is not there."""
    try:
        return os.stat(path).st_blocks * _BLOCK_BYTES
    except FileNotFoundError:
        return 0


def copy_data(source: Path, copy: Path) -> None:
    """Copy a file into a new one with the same size and the same bytes.

    Raises:
        OSError: Either file refuses.

    Source:
        lseek(2), SEEK_DATA and SEEK_HOLE; a file system that knows no holes has one piece of data.
    """
    with source.open("rb", buffering=0) as reading, copy.open("xb", buffering=0) as writing:
        size = os.fstat(reading.fileno()).st_size
        for begin, end in _pieces(reading.fileno(), size):
            at = begin
            while at < end and (chunk := os.pread(reading.fileno(), min(_CHUNK, end - at), at)):
                at += os.pwrite(writing.fileno(), chunk, at)
        writing.truncate(size)


def _pieces(descriptor: int, size: int) -> Iterator[tuple[int, int]]:
    end = 0
    while end < size:
        try:
            begin = os.lseek(descriptor, end, os.SEEK_DATA)
        except OSError as exc:
            if exc.errno == errno.ENXIO:
                return
            raise
        end = min(os.lseek(descriptor, begin, os.SEEK_HOLE), size)
        yield begin, end
