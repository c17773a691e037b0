"""One agent a vault: locks that survive an exec and go with the process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from vaultapp.core.errors import HostError, VaultBusy
from vaultapp.core.places import Places, private_folder


class VaultLocks:
    """Two lock files: one for the vault's path, which guards the socket, one for the file itself.

    The file is known by device and inode, so that a second name of it is the same vault. SQLite's own lock
    falls at an exec; flock on an inherited descriptor does not.

    Args:
        places: Where lock files lie.
        vault: The vault's path; the file need not exist yet.
        inherited: Descriptors of locks that an earlier incarnation of this process holds.
    """

    def __init__(self, places: Places, vault: Path, inherited: Sequence[int] = ()) -> None:
        self._places = places
        self._vault = vault
        self._held: dict[tuple[int, int], int] = {}
        for descriptor in inherited:
            found = os.fstat(descriptor)
            os.set_inheritable(descriptor, False)
            self._held[found.st_dev, found.st_ino] = descriptor

    @property
    def descriptors(self) -> tuple[int, ...]:
        """What the next incarnation must inherit."""
        return tuple(self._held.values())

    def hold(self) -> None:
        """Take both locks, the file's only if it exists; those that are held stay so.

        Raises:
            VaultBusy: Another agent has the path or the file.
        """
        private_folder(self._places.runtime)
        self._take(self._places.socket_of(self._vault).with_suffix(".lock"))
        with suppress(FileNotFoundError):
            found = self._vault.stat()
            self._take(self._places.lock_of(found.st_dev, found.st_ino))

    def release(self) -> None:
        """Let go of everything. The files stay: removing them would race with the next holder."""
        for descriptor in self._held.values():
            os.close(descriptor)
        self._held.clear()

    def _take(self, path: Path) -> None:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as exc:
            raise HostError(reason=exc.strerror or "lock", path=str(path)) from exc
        found = os.fstat(descriptor)
        if (found.st_dev, found.st_ino) in self._held:
            os.close(descriptor)
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            os.close(descriptor)
            raise VaultBusy(path=str(self._vault)) from exc
        self._held[found.st_dev, found.st_ino] = descriptor
