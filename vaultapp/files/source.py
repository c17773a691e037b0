"""Inputs: regular files that are watched for changes, and folders."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from vaultapp.core.errors import NotAFile, SourceChanged
from vaultapp.files.host import host_error, host_errors, kind_of, shown

# O_NONBLOCK: a pipe put in a file's place must not hold us up. O_NOFOLLOW: links are never followed.
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY
_READ_FOLDER = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_DIRECTORY


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What changes when a file is written to or another takes its place."""

    device: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int

    @classmethod
    def of(cls, found: os.stat_result) -> Fingerprint:
        """Take it from a stat."""
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


class SourceFile:
    """An open regular file that must stay as it is until we are done.

    Args:
        descriptor: Open for reading; owned from now on.
        path: For messages.
        found: Its stat, taken when it was opened.
        name: What must still mean this file afterwards; empty without a name.
        folder: Open folder of the name; None for a path.
    """

    __slots__ = ("_folder", "_name", "descriptor", "fingerprint", "found", "path")

    def __init__(
        self, descriptor: int, path: bytes, found: os.stat_result, name: bytes = b"", folder: int | None = None
    ) -> None:
        self.descriptor = descriptor
        self.path = path
        self._name = name
        self._folder = folder
        self.found = found
        self.fingerprint = Fingerprint.of(found)

    @property
    def size(self) -> int:
        """Bytes, as of when it was opened."""
        return self.fingerprint.size

    @property
    def identity(self) -> tuple[int, int]:
        """Device and inode."""
        return self.fingerprint.device, self.fingerprint.inode

    def read(self, views: Sequence[memoryview], offset: int) -> None:
        """Fill all views from an offset.

        Raises:
            SourceChanged: The file ended before them.
            HostError: The system refused.
        """
        with host_errors(self.path):
            wanted = sum(len(view) for view in views)
            got = os.preadv(self.descriptor, views, offset)
            if got != wanted:
                self._read_rest(views, offset, got)

    def start(self, count: int) -> bytes:
        """Return up to so many bytes from the beginning."""
        return self.piece(count, 0)

    def piece(self, count: int, offset: int) -> bytes:
        """Return up to so many bytes from an offset."""
        with host_errors(self.path):
            return os.pread(self.descriptor, count, offset)

    def check_unchanged(self) -> None:
        """See that nobody wrote to the file, or put another in its place, since it was opened.

        Raises:
            SourceChanged: Size, times or inode are others.
        """
        with host_errors(self.path):
            if Fingerprint.of(os.fstat(self.descriptor)) != self.fingerprint:
                raise SourceChanged(path=shown(self.path))
        if not self._name:
            return
        try:
            named = os.lstat(self._name, dir_fd=self._folder)
        except OSError as exc:
            if exc.errno in (errno.ENOENT, errno.ENOTDIR):
                raise SourceChanged(path=shown(self.path)) from exc
            raise host_error(exc, self.path) from exc
        if (named.st_dev, named.st_ino) != self.identity:
            raise SourceChanged(path=shown(self.path))

    def close(self) -> None:
        """Let go of the file."""
        os.close(self.descriptor)

    def __enter__(self) -> Self:
        """Use it as a block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def _read_rest(self, views: Sequence[memoryview], offset: int, got: int) -> None:
        """Network and FUSE file systems may return less than was asked for."""
        done = 0
        for view in views:
            skip = min(max(got - done, 0), len(view))
            while skip < len(view):
                count = os.preadv(self.descriptor, [view[skip:]], offset + done + skip)
                if count == 0:
                    raise SourceChanged(path=shown(self.path))
                skip += count
            done += len(view)


def open_file(path: bytes) -> SourceFile:
    """Open a regular file; links are not followed.

    Raises:
        NotAFile: A link, folder, device, socket or pipe.
        SourceMissing, AccessDenied, HostError: As they say.
    """
    with host_errors(path):
        # Asked before opening: opening a device or a pipe can have effects.
        _must_be(os.lstat(path).st_mode, stat.S_ISREG, path)
        descriptor = os.open(path, _READ)
    return _opened(descriptor, path, path)


def open_member(folder: int, name: bytes, path: bytes) -> SourceFile:
    """Open a regular file in an open folder, which stays open as long; ``path`` is for messages."""
    with host_errors(path):
        descriptor = os.open(name, _READ, dir_fd=folder)
    return _opened(descriptor, path, name, folder)


def adopt_file(descriptor: int) -> SourceFile:
    """Take a descriptor that a caller passed; the caller's own stays open.

    Raises:
        NotAFile: Not a regular file.
    """
    path = path_of(descriptor)
    with host_errors(path):
        own = os.dup(descriptor)
    return _opened(own, path)


def path_of(descriptor: int) -> bytes:
    """Return the path of a passed descriptor as the kernel tells it; not to be opened by."""
    try:
        return os.readlink(b"/proc/self/fd/%d" % descriptor)
    except OSError:
        return b""


def open_folder(path: bytes, *, writing: bool = False) -> int:
    """Open a folder, and return its descriptor; a link to one is followed only as a destination.

    Raises:
        SourceMissing: There is none of this name, whatever else has it.
        NotFound: The same, of a destination.
        AccessDenied, HostError: As they say.
    """
    with host_errors(path, writing=writing):
        return os.open(path, _READ_FOLDER & ~os.O_NOFOLLOW if writing else _READ_FOLDER)


def open_subfolder(folder: int, name: bytes, path: bytes) -> int:
    """Open a folder in an open one, never through a link."""
    with host_errors(path):
        return os.open(name, _READ_FOLDER, dir_fd=folder)


def is_below(path: bytes, folder: bytes) -> bool:
    """True when a path is a folder's own or lies in it, links resolved."""
    inner, outer = os.path.realpath(path), os.path.realpath(folder)
    return inner == outer or inner.startswith(outer.rstrip(b"/") + b"/")


def _opened(descriptor: int, path: bytes, name: bytes = b"", folder: int | None = None) -> SourceFile:
    try:
        found = os.fstat(descriptor)
        _must_be(found.st_mode, stat.S_ISREG, path)
        return SourceFile(descriptor, path, found, name, folder)
    except BaseException:
        os.close(descriptor)
        raise


def _must_be(mode: int, test: Callable[[int], bool], path: bytes) -> None:
    if not test(mode):
        raise NotAFile(path=shown(path), kind=kind_of(mode))
