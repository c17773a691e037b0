"""Copies of a vault: the rolling ones, and putting one back."""

from __future__ import annotations

import os
import re
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vaultapp.contracts.vault import BackupRecord
from vaultapp.core.clock import DAY, MICROS, Clock
from vaultapp.core.errors import HostError, VaultError, VaultTampered
from vaultapp.core.places import private_folder
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import Random
from vaultapp.store.database import VaultDatabase, converted
from vaultapp.store.journal import check_journal, journal_of
from vaultapp.store.new_file import new_file, sync
from vaultapp.store.vault_file import OpenVault

DAILY = "daily"
WEEKLY = "weekly"
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-(daily|weekly)\.vault")


def _made(name: str) -> int | None:
    """Return the time in a copy's name, in microseconds UTC; None for what is no copy."""
    matched = _NAME.fullmatch(name)
    try:
        if matched is not None:
            return int(datetime.strptime(matched[1], _STAMP).replace(tzinfo=UTC).timestamp()) * MICROS
    except ValueError:
        pass
    return None


@dataclass(frozen=True, slots=True)
class Rolling:
    """How many copies are kept of each kind, and how old the newest may grow before another is due."""

    kind: str
    kept: int
    every: int


# A copy a little early is better than one a day late because the machine was started five minutes sooner.
_HOUR = DAY // 24
ROLLINGS = (Rolling(WEEKLY, 4, 7 * DAY - _HOUR), Rolling(DAILY, 5, DAY - _HOUR))


class RollingBackups:
    """The copies in one vault's backup folder, ``<UTC>-daily.vault`` and ``<UTC>-weekly.vault``.

    Args:
        folder: ``backups/<vault id>`` in the data folder; made when the first copy is.
        clock: Source of time.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def all(self) -> tuple[BackupRecord, ...]:
        """Return the copies, newest first. Other files in the folder are left out.

        Raises:
            AccessDenied, HostError: The folder cannot be read.
        """
        found = []
        with converted(self._folder):
            for path in self._folder.iterdir() if self._folder.is_dir() else ():
                made = _made(path.name)
                if made is None:
                    continue
                # One that goes meanwhile is none.
                with suppress(FileNotFoundError):
                    seen = path.stat()
                    if stat.S_ISREG(seen.st_mode):
                        found.append(BackupRecord(bytes(path), made, seen.st_size, path.stem.rpartition("-")[2]))
        return tuple(sorted(found, key=lambda record: record.made, reverse=True))

    def due(self) -> str | None:
        """Return the kind of copy that is due now, or None."""
        now = self._clock.now()
        newest: dict[str, int] = {}
        for record in self.all():
            # A copy from the future tells of a clock that was wrong, not of a copy that is new.
            if not self._from_future(record):
                newest.setdefault(record.kind, record.made)
        for rolling in ROLLINGS:
            made = newest.get(rolling.kind)
            if made is None or now - made >= rolling.every:
                return rolling.kind
        return None

    def make(self, vault: OpenVault, work: WorkContext[None]) -> BackupRecord:
        """Make and verify a copy of the kind that is due, else a daily one, then drop what is beyond the number kept.

        Raises:
            VaultTampered, VaultDamaged: The vault or its copy is not sound; older copies stay.
            SpaceMissing, ReadOnly, AccessDenied, HostError, OperationCancelled: Nothing new is left.
        """
        kind = self.due() or DAILY
        private_folder(self._folder)
        made = self._clock.now() // MICROS
        # Several in a second: names go on from the newest, so that a new copy is never the oldest.
        for record in self.all():
            if record.kind == kind and not self._from_future(record):
                made = max(made, record.made // MICROS + 1)
                break
        path = self._path(made, kind)
        vault.backup_to(path, work)
        self._drop(kind)
        with converted(path):
            return BackupRecord(bytes(path), made * MICROS, path.stat().st_size, kind)

    def _path(self, seconds: int, kind: str) -> Path:
        return self._folder / f"{datetime.fromtimestamp(seconds, UTC).strftime(_STAMP)}-{kind}.vault"

    def _from_future(self, record: BackupRecord) -> bool:
        return record.made > self._clock.now() + DAY

    def _drop(self, kind: str) -> None:
        kept = next(rolling.kept for rolling in ROLLINGS if rolling.kind == kind)
        # A copy from the future was made when the clock was wrong: it goes before those with a time to trust.
        found = sorted((record for record in self.all() if record.kind == kind), key=self._from_future)
        for record in found[kept:]:
            path = Path(record.path.decode(errors="surrogateescape"))
            with converted(path):
                path.unlink(missing_ok=True)


def restore(source: Path, target: Path, clock: Clock, random: Random) -> Path | None:
    """Put a copy in the vault's place. The caller has verified it, and closed the vault.

    What is replaced stays beside it as ``<stem>.replaced-<UTC>.vault``; a change that it had under way is undone
    in it first. At no moment is there no vault under the name.

    Returns:
        Where the replaced file is kept; None when there was none.

    Raises:
        SpaceMissing, ReadOnly, AccessDenied, HostError: The old vault stays.
    """
    stamp = datetime.fromtimestamp(clock.now() // MICROS, UTC).strftime(_STAMP)
    target = Path(os.path.realpath(target))
    staged = target.with_name(f".{target.name}.{random.bytes(4).hex()}.restored")
    try:
        with new_file(staged, random) as part, converted(source):
            shutil.copyfile(source, part)
        kept = _free_name(target, stamp, random)
        replaced = target.exists()
        if replaced:
            _keep(target, kept, random)
        with converted(target):
            _clear_journal(target, kept)
            staged.rename(target)
            sync(target.parent)
    finally:
        with suppress(OSError):
            staged.unlink(missing_ok=True)
    return kept if replaced else None


def _free_name(target: Path, stamp: str, random: Random) -> Path:
    kept = target.with_name(f"{target.stem}.replaced-{stamp}.vault")
    while kept.exists():
        kept = kept.with_name(f"{kept.stem}-{random.bytes(2).hex()}.vault")
    return kept


def _keep(target: Path, kept: Path, random: Random) -> None:
    try:
        # Rolls a journal back, which must not be played into the file that comes here.
        VaultDatabase(target).close()
    except VaultError as exc:
        if isinstance(exc, HostError):
            raise
    with new_file(kept, random) as part, converted(target):
        shutil.copyfile(target, part)


def _clear_journal(target: Path, kept: Path) -> None:
    """Move a journal away that would be played into the file that comes here, be there still a vault of its or not.

    It goes with the vault that is replaced; one that is not the vault's own, where nothing plays it back.
    """
    journal = journal_of(target)
    if os.path.lexists(journal):
        try:
            check_journal(target)
            aside = journal_of(kept)
        except VaultTampered:
            aside = kept.with_name(f"{kept.name}-journal.refused")
        journal.rename(aside)
