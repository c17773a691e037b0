"""Bringing a file under its name: whole, private, and never over something."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vaultapp.core.errors import VaultExists
from vaultapp.crypto.random import Random
from vaultapp.store.database import converted

_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_NO_LINKS_HERE = PermissionError


@contextmanager
def new_file(path: Path, random: Random) -> Iterator[Path]:
    """Give an empty file, 0600, beside ``path``; when the block ends well it is synced and gets the name.

    Raises:
        VaultExists: Something has the name.
        SpaceMissing, ReadOnly, AccessDenied, HostError: Nothing is left.
    """
    if os.path.lexists(path):
        raise VaultExists(path=str(path))
    part = path.with_name(f".{path.name}.{random.bytes(4).hex()}.part")
    with converted(path):
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    try:
        yield part
        with converted(path):
            sync(part)
            _publish(part, path)
            sync(path.parent)
    finally:
        for left in (part, part.with_name(part.name + "-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Bring a file's or a folder's content to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _publish(part: Path, path: Path) -> None:
    try:
        os.link(part, path)
    except FileExistsError:
        raise VaultExists(path=str(path)) from None
    except _NO_LINKS_HERE:
        # FAT and exFAT, as on sticks, know no hard links; renameat2(2) does not replace either.
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.renameat2(_AT_FDCWD, os.fsencode(part), _AT_FDCWD, os.fsencode(path), _RENAME_NOREPLACE):
            code = ctypes.get_errno()
            if os.path.lexists(path):
                raise VaultExists(path=str(path)) from None
            raise OSError(code, os.strerror(code)) from None
