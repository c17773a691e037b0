"""The one way to change a vault: rows, row sum, epoch and activity move on together, in the file and in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

import sqlite_utils

from vaultapp.core.clock import Clock
from vaultapp.core.errors import HostError, VaultError, VaultTampered
from vaultapp.crypto.random import Random
from vaultapp.store.activity import Retention, Trimmer
from vaultapp.store.chain import Chain
from vaultapp.store.database import VaultDatabase, converted, converting_sqlite
from vaultapp.store.epoch import EpochSealer, EpochState
from vaultapp.store.sealing import RowSealer, Subkeys
from vaultapp.store.transaction import Transaction


class Commits:
    """Holds the state that the epoch row vouches for, and never lets it differ from the file's.

    Args:
        database: The vault file; its schema is known to be ours.
        subkeys: Of the vault.
        vault_id: Of the vault.
        clock: For the log's retention.
        random: Source of nonces.
        retention: How much of the log is kept.

    Raises:
        VaultTampered: The epoch row is missing, or not this vault's.
    """

    def __init__(
        self,
        database: VaultDatabase,
        subkeys: Subkeys,
        vault_id: UUID,
        clock: Clock,
        random: Random,
        retention: Retention,
    ) -> None:
        self._database = database
        self.sealer = RowSealer(subkeys, vault_id, random)
        self.chain = Chain(subkeys, vault_id, random)
        self._epochs = EpochSealer(subkeys.epoch, vault_id, random)
        self._trimmer = Trimmer(self.chain, clock, retention)
        self._uncertain = False
        self._state = self._read()

    @property
    def state(self) -> EpochState:
        """The committed state."""
        return self._state

    def check_epoch(self) -> None:
        """Compare the epoch row in the file with the committed state.

        Raises:
            VaultTampered: It is missing, not this vault's, or of another state.
        """
        with self._database.holding():
            if self._read() != self._state:
                raise VaultTampered(reason="epoch")

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Change the vault, all or nothing.

        Raises:
            VaultReplaced, SpaceMissing, ReadOnly, HostError: The old state stays, in the file and in memory.
        """
        with self._database.holding():
            db = self._begin()
            try:
                with converting_sqlite(self._database.path):
                    transaction = Transaction(db, self.sealer, self.chain, self._state)
                    yield transaction
                    self._trimmer.trim(transaction, self._state, self._database)
                    after = replace(transaction.state, epoch=self._state.epoch + 1)
                    self._write(db, after)
                    self._database.look_beneath()
            except BaseException:
                self._undo()
                raise
            self._commit(after)

    def _begin(self) -> sqlite_utils.Database:
        if self._uncertain:
            raise HostError(reason="uncertain", path=str(self._database.path))
        return self._database.begin()

    def _write(self, db: sqlite_utils.Database, state: EpochState) -> None:
        if not self._database.in_transaction:
            raise HostError(reason="transaction", path=str(self._database.path))
        db.execute("UPDATE epoch SET sealed = ? WHERE id = 1", (self._epochs.seal(state),))

    def _undo(self) -> None:
        try:
            self._database.roll_back()
        except VaultError:
            self._uncertain = True

    def _commit(self, after: EpochState) -> None:
        try:
            self._database.commit()
        except VaultError as error:
            self._settle(after, error)
        else:
            self._state = after

    def _settle(self, after: EpochState, error: VaultError) -> None:
        """Find out what a failed commit left, because a commit can fail after it happened.

        The journal is emptied first and synced second: if only that sync fails, the file has the change. Then one
        more commit tells whether the disk takes writes again; if not, nothing is written until the vault is opened
        anew, when SQLite decides by the journal that is really there.
        """
        try:
            self._database.roll_back()
            found = self._read()
            self._database.look_again()
        except VaultError:
            self._uncertain = True
            raise error from None
        if found.epoch == self._state.epoch:
            raise error
        self._state = found
        again = replace(after, epoch=after.epoch + 1)
        try:
            db = self._database.begin()
            with converted(self._database.path):
                self._write(db, again)
            self._database.commit()
        except VaultError:
            self._uncertain = True
            raise error from None
        self._state = again

    def _read(self) -> EpochState:
        with self._database.reading() as conn:
            row: sqlite3.Row | tuple[bytes] | None = conn.execute("SELECT sealed FROM epoch").fetchone()
        if row is None:
            raise VaultTampered(reason="epoch")
        return self._epochs.open(row[0])
