"""Two ways to look at a folder: what happened to its names meanwhile, and all that is in it now."""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from pathlib import Path
from types import TracebackType
from typing import Self

_LIBC = ctypes.CDLL(None, use_errno=True)
_CREATE, _DELETE, _MOVED_FROM, _MOVED_TO, _OVERFLOW = 0x100, 0x200, 0x40, 0x80, 0x4000
_WORDS = {_CREATE: "created", _DELETE: "deleted", _MOVED_FROM: "moved from", _MOVED_TO: "moved to"}
_EVENT = struct.Struct("iIII")

Seen = dict[str, tuple[object, ...]]


class WatchedFolder:
    """Has the kernel write down every name that comes into a folder or goes (inotify(7))."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = _LIBC.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        assert self._descriptor >= 0
        watch = _LIBC.inotify_add_watch(self._descriptor, os.fsencode(folder), sum(_WORDS))
        assert watch >= 0, os.strerror(ctypes.get_errno())

    def told(self) -> list[tuple[str, str]]:
        """Return what happened since the last call, in order: a word and a name."""
        found: list[tuple[str, str]] = []
        while True:
            try:
                data = os.read(self._descriptor, 1 << 20)
            except BlockingIOError:
                return found
            while data:
                _, mask, _, length = _EVENT.unpack_from(data)
                assert not mask & _OVERFLOW, "the kernel has lost events"
                name = data[_EVENT.size : _EVENT.size + length].rstrip(b"\0")
                found += [(word, os.fsdecode(name)) for bit, word in _WORDS.items() if mask & bit]
                data = data[_EVENT.size + length :]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._descriptor)


def snapshot(*folders: Path) -> Seen:
    """Return all that can be told of everything in these folders; of the folders themselves no times.

    Access times are left out, and of files that are not regular the content.
    """
    found: Seen = {}
    for top in folders:
        for path in (top, *sorted(top.rglob("*"))):
            told = path.lstat()
            fixed: tuple[object, ...] = (told.st_ino, oct(told.st_mode), told.st_uid)
            if path != top:
                fixed += (told.st_nlink, told.st_size, told.st_mtime_ns, told.st_ctime_ns)
            if stat.S_ISLNK(told.st_mode):
                fixed += (os.readlink(path),)
            elif stat.S_ISREG(told.st_mode):
                fixed += (path.read_bytes(),)
            found[str(path)] = fixed
    return found
