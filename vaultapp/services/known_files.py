"""Which sealed files are known to need a key, and which of them an older version of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import UUID

from vaultapp.contracts.keys import OlderFiles
from vaultapp.services.descriptions import KNOWN_FILE, KnownFile, decode
from vaultapp.store.vault_file import OpenVault

PAGE_FILES = 5000
# A page crosses the wire in one frame of 8 MiB, and a path may be long.
PAGE_BYTES = 4 * 1024 * 1024


class KnownFiles:
    """Reads what sealing, opening and re-wrapping wrote down.

    Args:
        vault: The open vault.
    """

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault

    def count(self, key_id: UUID, primary: bytes) -> tuple[int, int]:
        """Return how many files need a key, and how many of them a version of it that is not the primary."""
        known = older = 0
        for _, version in self._of(key_id):
            known += 1
            older += version not in (b"", primary)
        return known, older

    def older(self, key_id: UUID, primary: bytes, offset: int) -> OlderFiles:
        """Return the files that need another version than the primary, and are where they were.

        Args:
            key_id: The key.
            primary: Its primary version.
            offset: How many to leave out at the start, also those that are gone.
        """
        paths: list[bytes] = []
        size = gone = looked = total = 0
        full = False
        for path, version in self._of(key_id):
            if version in (b"", primary):
                continue
            total += 1
            full = full or looked == PAGE_FILES or size + len(path) > PAGE_BYTES
            if full or total <= offset:
                continue
            looked += 1
            if os.path.lexists(path):
                paths.append(path)
                size += len(path)
            else:
                gone += 1
        return OlderFiles(tuple(paths), gone, offset + looked, total)

    def _of(self, key_id: UUID) -> Iterator[tuple[bytes, bytes]]:
        for record in self._vault.records.of_kind(KNOWN_FILE):
            file = decode(KnownFile, record.description)
            if key_id in file.keys:
                at = file.keys.index(key_id)
                yield file.path, file.versions[at] if at < len(file.versions) else b""
