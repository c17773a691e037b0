"""A folder whose disk becomes full or read-only while programs work there, and well again."""

from __future__ import annotations

import errno
import functools
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Protocol

_CHUNK = 1 << 14


class Place(Protocol):
    """What a test does to a disk.

    Attributes:
        folder: Where the disk is.
        environment: Variables for the programs that work there.
    """

    folder: Path
    environment: dict[str, str]

    def fail(self, error: int) -> None:
        """Be full (ENOSPC) or read-only (EROFS) from now on."""

    def heal(self) -> None:
        """Take writes again."""

    def close(self) -> None:
        """Leave an ordinary folder."""


class MountedPlace:
    """A small file system of its own in memory; takes root.

    It becomes read-only only while nobody has a file there open for writing.
    """

    def __init__(self, folder: Path, user: int) -> None:
        self.folder = folder
        self.environment: dict[str, str] = {}
        self._filler = folder / "filler"
        self._mount("-t", "tmpfs", "-o", f"size=1m,mode=0700,uid={user},gid={user}", "tmpfs")

    def fail(self, error: int) -> None:
        if error == errno.EROFS:
            self._mount("-o", "remount,ro")
            return
        with self._filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(_CHUNK))

    def heal(self) -> None:
        self._mount("-o", "remount,rw")
        self._filler.unlink(missing_ok=True)

    def close(self) -> None:
        subprocess.run(["umount", self.folder], check=True)

    def _mount(self, *arguments: str) -> None:
        subprocess.run(["mount", *arguments, self.folder], check=True)


class PretendedPlace:
    """An ordinary folder whose programs are told by a preloaded library that its disk fails."""

    def __init__(self, folder: Path, user: int, library: Path) -> None:
        self.folder = folder
        beside = folder.parent
        # The test's own folder is closed to other users.
        copy = shutil.copy(library, beside / "failing_disk.so")
        os.chmod(copy, 0o755)  # noqa: S103 - a library for everybody to load
        self._asked = beside / "asked"
        self.environment = {
            "LD_PRELOAD": str(copy),
            "FAILING_DISK_UNDER": str(folder),
            "FAILING_DISK_ASKED": str(self._asked),
        }

    def fail(self, error: int) -> None:
        self._asked.write_text(str(error))

    def heal(self) -> None:
        self._asked.unlink()

    def close(self) -> None:
        self._asked.unlink(missing_ok=True)


@functools.cache
def may_mount() -> bool:
    """Tell if this process may mount file systems."""
    if os.getuid() != 0:
        return False
    with tempfile.TemporaryDirectory() as folder:
        tried = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, check=False)
        if tried.returncode == 0:
            subprocess.run(["umount", folder], check=True)
    return tried.returncode == 0
