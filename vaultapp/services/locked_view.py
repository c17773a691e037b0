"""What a locked vault says of itself, without opening it."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from vaultapp.core.errors import VaultError
from vaultapp.store.vault_file import LockedVault, read_locked

_Identity = tuple[int, int, int, int]


class LockedView:
    """Reads a vault's header and slots, once for each state of the file. Thread safe, and quick.

    Not to be asked while this process has the vault open: closing another descriptor of a file lets go of the
    process's POSIX locks on it, which are SQLite's.

    Args:
        path: The vault file, which need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen: tuple[_Identity, LockedVault | None] | None = None

    @property
    def exists(self) -> bool:
        """True when something is under the vault's name."""
        return os.path.lexists(self._path)

    def look(self) -> LockedVault | None:
        """Return header and slots; None while there is no file that can be read as a vault."""
        with self._lock:
            try:
                found = os.stat(self._path)
            except OSError:
                return None
            identity = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
            if self._seen is None or self._seen[0] != identity:
                self._seen = identity, self._read()
            return self._seen[1]

    def _read(self) -> LockedVault | None:
        try:
            return read_locked(self._path)
        except VaultError:
            # Unlocking says what is wrong; a status never fails.
            return None
