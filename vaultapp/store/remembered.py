"""What is remembered of a vault outside its file, so that an older copy of the whole file is noticed."""

from __future__ import annotations

import hmac
import os
import threading
from pathlib import Path
from uuid import UUID

import msgspec
from msgspec import Struct

from vaultapp.core.places import private_folder
from vaultapp.formats.canonical import canonical
from vaultapp.store.database import converted
from vaultapp.store.epoch import EpochState


class Remembered(Struct, frozen=True):
    """The newest state that this user has seen of a vault."""

    epoch: int
    head: bytes
    length: int
    mac: bytes = b""


def remembered_file(folder: Path, vault_id: UUID) -> Path:
    """Return where the state of a vault is remembered in the user's state folder."""
    return folder / f"{vault_id}.epoch"


class RememberedEpoch:
    """A small authenticated file in the user's state folder, so that an older copy of the whole vault is noticed.

    It guards a vault that lies elsewhere (a stick, a synced folder), not against who can write this folder.

    Args:
        folder: The user's state folder.
        key: The vault's key for it.
        vault_id: Names the file.
    """

    def __init__(self, folder: Path, key: bytes, vault_id: UUID) -> None:
        self._path = remembered_file(folder, vault_id)
        self._key = key
        self._vault_id = vault_id
        # Two writers would rename each other's part away.
        self._writing = threading.Lock()

    def read(self) -> Remembered | None:
        """Return what is remembered; None when there is nothing, or nothing that this vault wrote."""
        try:
            found = msgspec.msgpack.decode(self._path.read_bytes(), type=Remembered)
            return found if hmac.compare_digest(found.mac, self._mac(found)) else None
        except (OSError, msgspec.MsgspecError, RecursionError, ValueError):
            return None

    def write(self, state: EpochState) -> None:
        """Remember a state, by rename.

        Raises:
            HostError: The folder cannot be written.
        """
        private_folder(self._path.parent)
        found = Remembered(state.epoch, state.head, state.length)
        data = msgspec.msgpack.encode(msgspec.structs.replace(found, mac=self._mac(found)))
        part = self._path.with_suffix(f".epoch.{os.getpid()}")
        with self._writing, converted(self._path):
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            try:
                with open(descriptor, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                part.rename(self._path)
            except OSError:
                part.unlink(missing_ok=True)
                raise

    def _mac(self, found: Remembered) -> bytes:
        parts = canonical("remembered", self._vault_id.bytes, found.epoch, found.head, found.length)
        return hmac.digest(self._key, parts, "sha256")
