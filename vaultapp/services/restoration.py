"""Put a copy of a vault in the vault's place, once it is proven to be whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from vaultapp.contracts.activity import Actor
from vaultapp.contracts.vault import RestoreReport
from vaultapp.core.clock import Clock
from vaultapp.core.errors import InvalidValue, SourceIsTarget, SourceMissing, VaultMissing
from vaultapp.core.places import Places, private_folder
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import Random
from vaultapp.crypto.secret import wipe
from vaultapp.services.key_store import KeyStore
from vaultapp.services.recorder import Recorder
from vaultapp.store.backup import restore
from vaultapp.store.database import converted
from vaultapp.store.header import check_file
from vaultapp.store.journal import copy_journal
from vaultapp.store.vault_file import LockedVault, OpenVault, read_locked

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Prepared:
    """A private copy that was read whole and made ready to be the vault."""

    path: Path
    root_key: bytearray = field(repr=False)


class Restoration:
    """Restores the vault of one path.

    Args:
        path: Where the vault is, or will be.
        places: Where the remembered epoch lies.
        clock: Source of time.
        random: Source of names and nonces.
    """

    def __init__(self, path: Path, places: Places, clock: Clock, random: Random) -> None:
        self._path = path
        self._places = places
        self._clock = clock
        self._random = random

    @contextmanager
    def prepared(
        self, source: Path, open_slot: Callable[[LockedVault], bytearray], actor: Actor, work: WorkContext[None]
    ) -> Iterator[Prepared]:
        """Copy the source, check the copy whole, and give it; the source is only read. Progress is in bytes.

        What is checked is what is put in place: the source may change meanwhile, the private copy may not.

        Args:
            source: The file to restore.
            open_slot: Returns the root key.
            actor: Who restores.
            work: Watched and stopped.

        Raises:
            InvalidValue, SourceMissing, SourceIsTarget, NotAFile: The source.
            VaultDamaged, VaultTampered, VaultTooNew, OutOfBounds: It is not sound.
            HostError, OperationCancelled: Nothing is left of the copy.
        """
        self._check_source(source)
        if not self._path.parent.exists():
            private_folder(self._path.parent)
        with (
            converted(self._path),
            # Beside the vault, because there must be room for it there anyway; mkdtemp(3) makes it 0700.
            tempfile.TemporaryDirectory(prefix=f".{self._path.stem}-", suffix=".part", dir=self._path.parent) as folder,
        ):
            copy = Path(folder) / "copy.vault"
            _copied(source, copy, work)
            root_key = open_slot(read_locked(copy))
            try:
                self._check_and_mark(copy, root_key, actor, work)
                yield Prepared(copy, root_key)
            finally:
                wipe(root_key)

    def put_in_place(self, prepared: Prepared) -> RestoreReport:
        """Make the copy the vault; nobody may have the vault open. What it replaces is kept beside it.

        The restored epoch, lower than what was seen before, is what is remembered from now on: the person chose it.

        Raises:
            HostError: The old vault stays.
        """
        kept = restore(prepared.path, self._path, self._clock, self._random)
        vault = self._opened(self._path, prepared.root_key, state_folder=self._places.state)
        try:
            vault.remember()
            return RestoreReport(os.fsencode(self._path), None if kept is None else os.fsencode(kept), vault.epoch)
        finally:
            vault.close()

    def _check_source(self, source: Path) -> None:
        if not source.is_absolute():
            raise InvalidValue(field="source", reason="not_absolute")
        try:
            check_file(source)
        except VaultMissing:
            raise SourceMissing(path=str(source)) from None
        if self._path.exists() and os.path.samefile(source, self._path):
            raise SourceIsTarget(path=str(source))

    def _check_and_mark(self, copy: Path, root_key: bytearray, actor: Actor, work: WorkContext[None]) -> None:
        vault = self._opened(copy, root_key, state_folder=None)
        try:
            vault.check(work)
            vault.activity.check(work)
            with vault.transaction() as transaction:
                KeyStore(vault, self._clock, self._random).raise_reserved(transaction)
                entry = Recorder(vault, actor, self._clock).entry("vault.restore", "vault", self._path.stem)
                transaction.record(entry)
        finally:
            vault.close()

    def _opened(self, path: Path, root_key: bytearray, state_folder: Path | None) -> OpenVault:
        return OpenVault(
            path,
            root_key,
            state_folder=state_folder,
            clock=self._clock,
            random=self._random,
            accept_older=True,
            checked_at_opening=0,
        )


def _copied(source: Path, copy: Path, work: WorkContext[None]) -> None:
    """Copy a vault, with the journal of a change that was cut off, if there is one."""
    with open(source, "rb") as reading, open(copy, "xb") as writing:
        total = os.fstat(reading.fileno()).st_size
        done = 0
        while chunk := reading.read(_CHUNK):
            writing.write(chunk)
            done += len(chunk)
            work.checkpoint(done, total)
    copy_journal(source, copy)
