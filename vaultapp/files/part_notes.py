"""Notes of unfinished outputs that have a name, so that a kill leaves nothing for longer than to the next start."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vaultapp.crypto.random import Random
from vaultapp.files.host import host_errors

_FOLDER = "parts"
_MADE = b"+"
_GONE = b"-"
_PART = b".part"


class PartNotes:
    """Writes down each part before it is made, and strikes it out when it is gone. Thread safe.

    One file a process, locked while the process lives: what a file of a dead process names is removed by
    :meth:`sweep`, what a living one works on is left alone.

    Args:
        state_folder: Notes go to ``parts`` below it; made when the first note is.
        random: Names this process's file.
    """

    def __init__(self, state_folder: Path, random: Random) -> None:
        self._folder = state_folder / _FOLDER
        self._name = random.bytes(8).hex()
        self._lock = threading.Lock()
        self._open: set[bytes] = set()
        self._file: int | None = None

    def add(self, paths: Iterable[bytes]) -> None:
        """Note absolute paths that are about to be made; on the disk when this returns.

        Raises:
            SpaceMissing, ReadOnly, AccessDenied, HostError: They must not be made.
        """
        with self._lock, host_errors(os.fsencode(self._folder), writing=True):
            added = list(paths)
            file = self._file_opened()
            os.write(file, b"".join(_MADE + path + b"\0" for path in added))
            os.fdatasync(file)
            self._open.update(added)

    def strike(self, paths: Iterable[bytes]) -> None:
        """Strike out paths that are gone or have their final name."""
        with self._lock:
            self._open.difference_update(gone := list(paths))
            if self._file is None:
                return
            # What cannot be struck out is looked for at the next start, and is not there.
            with contextlib.suppress(OSError):
                if self._open:
                    os.write(self._file, b"".join(_GONE + path + b"\0" for path in gone))
                else:
                    os.ftruncate(self._file, 0)

    def sweep(self) -> int:
        """Remove what processes that are gone have left; return how many parts. For the start of an agent."""
        removed = 0
        try:
            names = os.listdir(self._folder)
        except OSError:
            return 0
        for name in names:
            if name == self._name or name.startswith("."):
                continue
            with contextlib.suppress(OSError):
                removed += self._sweep_file(self._folder / name)
        return removed

    def close(self) -> None:
        """Remove this process's own notes when nothing is under way."""
        with self._lock, contextlib.suppress(OSError):
            if self._file is not None:
                if not self._open:
                    os.unlink(self._folder / self._name)
                os.close(self._file)
                self._file = None

    def _file_opened(self) -> int:
        if self._file is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
            # Locked before it has its name, so that no sweep takes it for a dead process's.
            hidden = self._folder / f".{self._name}"
            file = os.open(hidden, flags, 0o600)
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.rename(hidden, self._folder / self._name)
            self._file = file
        return self._file

    def _sweep_file(self, path: Path) -> int:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left: dict[bytes, None] = {}
            # The last note of a killed process may be cut short; its part was then not made yet.
            for note in Path(path).read_bytes().split(b"\0")[:-1]:
                if note[:1] == _MADE:
                    left[note[1:]] = None
                else:
                    left.pop(note[1:], None)
            removed = sum(_removed(part) for part in left)
            os.unlink(path)
            return removed
        finally:
            os.close(file)


def remove_tree(path: bytes) -> None:
    """Remove a folder and all below it, or a file or link; links are not followed.

    Folders without the right to write get it; nothing above is changed.
    """
    top = os.fsdecode(path)

    def again(_call: object, failed: Any, _error: object) -> None:
        # Text: that is what rmtree works with.
        if failed == top:
            return
        with contextlib.suppress(OSError):
            os.chmod(os.path.dirname(failed), 0o700)
            if not os.path.islink(failed) and os.path.isdir(failed):
                os.chmod(failed, 0o700)
                shutil.rmtree(failed, ignore_errors=True)
            else:
                os.unlink(failed)

    with contextlib.suppress(OSError):
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            os.unlink(path)
            return
        os.chmod(path, 0o700)
    shutil.rmtree(top, onerror=again)


def _removed(part: bytes) -> bool:
    name = os.path.basename(part)
    if not (os.path.isabs(part) and name.startswith(b".") and name.endswith(_PART)):
        return False
    try:
        found = os.lstat(part)
    except OSError:
        return False
    if stat.S_ISDIR(found.st_mode):
        remove_tree(part)
    else:
        os.unlink(part)
    return True
