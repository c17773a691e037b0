"""Bytes that come or go in order: pipes, terminals, sockets, and files read from front to back."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import select
import stat
from typing import Protocol

from vaultapp.core.errors import HostError
from vaultapp.files.host import host_error, host_errors
from vaultapp.files.meter import Meter
from vaultapp.files.source import SourceFile

_WAIT_MS = 100
_PIPE_BYTES = 1024 * 1024
# POLLOUT promises room for so much; a longer write to a pipe that nobody reads would not come back.
_SURE_BYTES = select.PIPE_BUF


class Reader(Protocol):
    """Gives bytes in order. A pipe, and a file, are the two implementations."""

    def fill(self, view: memoryview) -> int:
        """Fill the view as far as there are bytes; return how many. Less than its length is the end."""


class Writer(Protocol):
    """Takes bytes in order."""

    def write(self, data: memoryview | bytes) -> None:
        """Take all of it."""


class FileReader:
    """Reads a regular file from an offset on."""

    def __init__(self, source: SourceFile, offset: int = 0) -> None:
        self._source = source
        self._at = offset

    def fill(self, view: memoryview) -> int:
        """Fill the view as far as the file was long when it was opened."""
        count = max(0, min(len(view), self._source.size - self._at))
        if count:
            self._source.read([view[:count]], self._at)
            self._at += count
        return count


class StreamReader:
    """Reads a descriptor that cannot be positioned; a cancel is noticed while waiting.

    Args:
        descriptor: Belongs to the caller.
        meter: Asked for a cancel.
    """

    def __init__(self, descriptor: int, meter: Meter) -> None:
        self._meter = meter
        self._unread = b""
        self._descriptor, self._own = _reopened(descriptor, os.O_RDONLY)
        self._poll = select.poll()
        self._poll.register(self._descriptor, select.POLLIN)

    def fill(self, view: memoryview) -> int:
        """Read until the view is full or the writer is gone."""
        done = min(len(self._unread), len(view))
        if done:
            view[:done] = self._unread[:done]
            self._unread = self._unread[done:]
        with host_errors(b""):
            while done < len(view):
                if not self._poll.poll(_WAIT_MS):
                    self._meter.advance(0)
                    continue
                try:
                    count = os.readv(self._descriptor, [view[done:]])
                except BlockingIOError:
                    continue
                if count == 0:
                    break
                done += count
                self._meter.moved()
        return done

    def unread(self, data: bytes) -> None:
        """Give bytes back, to be read next."""
        self._unread = data + self._unread

    def close(self) -> None:
        """Let go of what was opened here."""
        if self._own:
            os.close(self._descriptor)


class StreamWriter:
    """Writes to a descriptor of the caller's; a cancel is noticed while waiting.

    Args:
        descriptor: Belongs to the caller.
        meter: Asked for a cancel.
    """

    def __init__(self, descriptor: int, meter: Meter) -> None:
        self._meter = meter
        self._descriptor, self._own = _reopened(descriptor, os.O_WRONLY)
        found = os.fstat(self._descriptor).st_mode
        self._waits = not stat.S_ISREG(found)
        self._piece = _SURE_BYTES if self._waits and not self._own else _PIPE_BYTES
        self._poll = select.poll()
        if self._waits:
            self._poll.register(self._descriptor, select.POLLOUT)
        self.size = 0

    def write(self, data: memoryview | bytes) -> None:
        """Write all of it.

        Raises:
            HostError: The reader is gone (reason ``closed``), or the system refused.
        """
        view, done = memoryview(data), 0
        while done < len(view):
            if self._waits and not self._poll.poll(_WAIT_MS):
                self._meter.advance(0)
                continue
            try:
                done += os.write(self._descriptor, view[done : done + self._piece])
                self._meter.moved()
            except BlockingIOError:
                continue
            except OSError as exc:
                if exc.errno == errno.EPIPE:
                    raise HostError(reason="closed") from exc
                raise host_error(exc, b"", writing=True) from exc
        self.size += done

    def close(self) -> None:
        """Let go of what was opened here."""
        if self._own:
            os.close(self._descriptor)


class FileWriter:
    """Writes a regular file from its beginning."""

    def __init__(self, descriptor: int, path: bytes) -> None:
        self._descriptor = descriptor
        self._path = path
        self.size = 0

    def write(self, data: memoryview | bytes) -> None:
        """Write all of it behind what was written before."""
        write_at(self._descriptor, memoryview(data), self.size, self._path)
        self.size += len(data)


def write_at(descriptor: int, view: memoryview, offset: int, path: bytes) -> None:
    """Write a whole view at an offset.

    Raises:
        SpaceMissing, ReadOnly, HostError: As they say.
    """
    with host_errors(path, writing=True):
        done = os.pwrite(descriptor, view, offset)
        while done < len(view):
            done += os.pwrite(descriptor, view[done:], offset + done)


def write_all_at(descriptor: int, views: list[memoryview], offset: int, path: bytes) -> None:
    """Write several views, one behind the other, at an offset."""
    with host_errors(path, writing=True):
        done = os.pwritev(descriptor, views, offset)
    if done == sum(len(view) for view in views):
        return
    for view in views:
        write_at(descriptor, view, offset, path)
        offset += len(view)


def _reopened(descriptor: int, access: int) -> tuple[int, bool]:
    """Open a pipe once more without blocking: the flag on the caller's own would reach other programs."""
    if stat.S_ISFIFO(os.fstat(descriptor).st_mode):
        with contextlib.suppress(OSError):
            own = os.open(f"/proc/self/fd/{descriptor}", access | os.O_NONBLOCK | os.O_CLOEXEC)
            with contextlib.suppress(OSError):
                fcntl.fcntl(own, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
            return own, True
    return descriptor, False
