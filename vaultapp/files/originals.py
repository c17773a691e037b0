"""Removing originals: only what was read back from the sealed copy, and only as it was when it was sealed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Mapping

from vaultapp.core.errors import AuthenticationFailed, SourceChanged, VaultError
from vaultapp.files.archive import Packed
from vaultapp.files.host import host_errors
from vaultapp.files.message import Message
from vaultapp.files.meter import Meter
from vaultapp.files.open import FrameReader, layout_of, open_file, read_header
from vaultapp.files.source import Fingerprint, SourceFile, open_folder
from vaultapp.files.source import open_file as open_source
from vaultapp.files.streams import FileReader
from vaultapp.files.workers import Workers
from vaultapp.formats.message_header import MessageHeader


def remove_file(
    path: bytes, before: Fingerprint, sealed: bytes, message: Message, workers: Workers, meter: Meter
) -> bool:
    """Remove an original whose sealed copy was published durably.

    Args:
        path: The original.
        before: Its fingerprint when it was sealed.
        sealed: The copy; read, opened, and compared with the original byte by byte.
        message: Its key.
        workers: Do the frames.
        meter: Advanced by plaintext bytes.

    Returns:
        False when the original is no longer what was sealed, or may not be removed; it is then left alone.

    Raises:
        AuthenticationFailed, Damaged, HostError: The copy is not good; the original is left alone.
    """
    try:
        original = open_source(path)
    except VaultError:
        return False
    with original:
        if original.fingerprint != before:
            return False
        with open_source(sealed) as copy:
            layout = layout_of(copy, _header_of(copy, message))
            if layout.content_length != before.size:
                raise AuthenticationFailed
            open_file(copy, message, layout, _Comparison(original).take, workers, meter)
        try:
            original.check_unchanged()
            os.unlink(path)
        except (SourceChanged, OSError):
            return False
    return True


def remove_folder(path: bytes, packed: Packed, digest: bytes, sealed: bytes, message: Message, meter: Meter) -> bool:
    """Remove a folder whose archive was published durably; as :func:`remove_file`.

    Args:
        path: The folder.
        packed: With fingerprints; nothing may have been left out.
        digest: SHA-256 of the archive as it was written.
        sealed: The copy; read, opened, and its content's digest compared.
        message: Its key.
        meter: Advanced by plaintext bytes.
    """
    if packed.left_out:
        return False
    found = hashlib.sha256()
    with open_source(sealed) as copy:
        header = _header_of(copy, message)
        for frame in FrameReader(FileReader(copy, header.length), header, message):
            found.update(frame)
            meter.advance(len(frame))
    if found.digest() != digest:
        raise AuthenticationFailed
    try:
        folder = open_folder(path)
    except VaultError:
        return False
    try:
        emptied = _remove_members(folder, b"", packed.fingerprints)
    except OSError:
        emptied = False
    finally:
        os.close(folder)
    if emptied:
        with contextlib.suppress(OSError):
            os.rmdir(path)
            return True
    return False


class _Comparison:
    def __init__(self, original: SourceFile) -> None:
        self._original = original

    def take(self, views: list[memoryview], offset: int) -> None:
        for view in views:
            with host_errors(self._original.path):
                found = os.pread(self._original.descriptor, len(view), offset)
            if found != bytes(view):
                raise AuthenticationFailed
            offset += len(view)


def _remove_members(folder: int, relative: bytes, before: Mapping[bytes, Fingerprint]) -> bool:
    """Remove what is in a folder as it was archived; anything else stays, and so do the folders above it."""
    emptied = True
    for text in os.listdir(folder):
        name = os.fsencode(text)
        inner = os.path.join(relative, name)
        found = os.lstat(name, dir_fd=folder)
        known = before.get(inner)
        if known is None:
            emptied = False
        elif stat.S_ISDIR(found.st_mode):
            below = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
            try:
                empty = known.inode == found.st_ino and _remove_members(below, inner, before)
            finally:
                os.close(below)
            if empty:
                os.rmdir(name, dir_fd=folder)
            emptied = emptied and empty
        elif Fingerprint.of(found) == known:
            os.unlink(name, dir_fd=folder)
        else:
            emptied = False
    return emptied


def _header_of(copy: SourceFile, message: Message) -> MessageHeader:
    """Return the header that is on the disk if it is the one that was written, tag included.

    The key in memory opens the frames behind any header; whoever opens the copy later has only what it holds.

    Raises:
        AuthenticationFailed: Another header.
    """
    _forget_cached(copy)
    found = bytearray(len(message.header))
    if FileReader(copy).fill(memoryview(found)) < len(found) or found != message.header:
        raise AuthenticationFailed
    return read_header(copy)


def _forget_cached(copy: SourceFile) -> None:
    """Have the copy read from the disk where the system can forget what it kept of it."""
    with contextlib.suppress(OSError):
        os.posix_fadvise(copy.descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
