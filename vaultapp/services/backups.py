"""Copies of the vault: rolling ones, one where the person wants it, and those that something left beside it."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from vaultapp.contracts.vault import BackupRecord
from vaultapp.core.clock import MICROS, Clock
from vaultapp.core.errors import HostError, InvalidValue, NotFound, TargetExists, VaultError, VaultExists
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.services.recorder import Recorder
from vaultapp.store.backup import RollingBackups
from vaultapp.store.vault_file import OpenVault, read_locked

COPY = "copy"
CONFLICT = "conflict"
REPLACED = "replaced"
_REPLACED_MARK = ".replaced-"
_LOOK_AT = 100
_NANOS_A_MICRO = 1000


class Backups:
    """The copies of one vault.

    Args:
        path: The vault file.
        places: Backups lie in its data folder.
        vault_id: Names their folder.
        clock: Source of time.
    """

    def __init__(self, path: Path, places: Places, vault_id: UUID, clock: Clock) -> None:
        self._path = path
        self._vault_id = vault_id
        self._clock = clock
        self._rolling = RollingBackups(folder_of(places, vault_id), clock)

    def make_due(self, vault: OpenVault, recorder: Recorder, work: WorkContext[None]) -> BackupRecord | None:
        """Make the rolling copy that is due; None when none is.

        Raises:
            VaultTampered, VaultDamaged: The vault or the copy is not sound; older copies stay.
            HostError, OperationCancelled: Nothing new is left.
        """
        return self.make(vault, recorder, work) if self._rolling.due() else None

    def make(
        self, vault: OpenVault, recorder: Recorder, work: WorkContext[None], target: Path | None = None
    ) -> BackupRecord:
        """Make a verified copy now: a rolling one, or at a path, or under a name of its own in a folder.

        Raises:
            TargetExists: Something is at the path.
            InvalidValue, NotFound: The path is not absolute, or its folder is not there.
            VaultTampered, VaultDamaged: The vault or the copy is not sound; older copies stay.
            HostError, OperationCancelled: Nothing new is left.
        """
        made = self._rolling.make(vault, work) if target is None else self._copy(vault, work, target)
        # The copy is there. On a full disk, or of a vault that was replaced, it is what is wanted most.
        with suppress(HostError):
            recorder.use("vault.backup", "vault", kind=made.kind)
        return made

    def rolling(self) -> tuple[BackupRecord, ...]:
        """Return the daily and weekly copies, newest first."""
        return self._rolling.all()

    def all(self) -> tuple[BackupRecord, ...]:
        """Return the copies, newest first: rolling ones, what a restore replaced, what a sync program left beside."""
        found = [*self._rolling.all(), *self._beside()]
        return tuple(sorted(found, key=lambda record: record.made, reverse=True))

    def _copy(self, vault: OpenVault, work: WorkContext[None], target: Path) -> BackupRecord:
        if not target.is_absolute():
            raise InvalidValue(field="target", reason="not_absolute")
        if not target.parent.is_dir():
            raise NotFound(kind="folder", name=str(target.parent))
        now = self._clock.now()
        if target.is_dir():
            stamp = datetime.fromtimestamp(now // MICROS, UTC).strftime("%Y%m%dT%H%M%SZ")
            target /= f"{self._path.stem}-{stamp}.vault"
        try:
            vault.backup_to(target, work)
        except VaultExists as exc:
            raise TargetExists(path=str(target)) from exc
        return BackupRecord(os.fsencode(target), now, target.stat().st_size, COPY)

    def _beside(self) -> list[BackupRecord]:
        """Return other files of this vault's id in its folder, as Syncthing, Dropbox and others name conflicts.

        All of them keep the stem at the beginning and the suffix at the end.
        """
        folder, stem, suffix = self._path.parent, self._path.stem, self._path.suffix
        try:
            own = os.stat(self._path)
            names = sorted(name for name in os.listdir(folder) if name.startswith(stem) and name.endswith(suffix))
        except OSError:
            return []
        found = []
        for name in names[:_LOOK_AT]:
            path = folder / name
            try:
                seen = os.lstat(path)
                # Never the vault itself, under whatever name: looking at it would let its locks go.
                if not stat.S_ISREG(seen.st_mode) or (seen.st_dev, seen.st_ino) == (own.st_dev, own.st_ino):
                    continue
                if read_locked(path).header.vault_id != self._vault_id:
                    continue
            except (OSError, VaultError):
                continue
            kind = REPLACED if name.startswith(stem + _REPLACED_MARK) else CONFLICT
            found.append(BackupRecord(os.fsencode(path), seen.st_mtime_ns // _NANOS_A_MICRO, seen.st_size, kind))
        return found


def folder_of(places: Places, vault_id: UUID) -> Path:
    """Return where the rolling copies of a vault lie."""
    return places.data / "backups" / str(vault_id)


def names_of_vaults(places: Places) -> dict[UUID, str]:
    """Return the names of the vaults in the data folder that can be read; none of them may be open in this process."""
    found: dict[UUID, str] = {}
    with suppress(OSError):
        for path in sorted(places.data.glob("*.vault"))[:_LOOK_AT]:
            # What a restore replaced and what a sync program left have the vault's id too; its own name is shorter.
            with suppress(OSError, VaultError):
                known = read_locked(path).header.vault_id
                found[known] = min(found.get(known, path.stem), path.stem, key=len)
    return found


def kept_vaults(places: Places) -> tuple[UUID, ...]:
    """Return the ids of the vaults whose copies are kept."""
    found = []
    with suppress(OSError):
        for name in sorted(os.listdir(places.data / "backups")):
            with suppress(ValueError):
                found.append(UUID(name))
    return tuple(found)
