"""Changes to a vault: rows, row sum, epoch and activity in one SQLite transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import Any
from uuid import UUID

import msgspec
import sqlite_utils

from vaultapp.contracts.activity import Entry
from vaultapp.core.errors import HostError, LastSlot, NotFound
from vaultapp.store.chain import Chain
from vaultapp.store.epoch import Checkpoint, EpochState
from vaultapp.store.header import SlotRow, VaultHeader
from vaultapp.store.sealing import Row, RowSealer


class Keep(Enum):
    """Says that a secret stays as it is."""

    KEEP = "keep"


KEEP = Keep.KEEP


class Transaction:
    """One open transaction; used by one thread, inside :meth:`OpenVault.transaction`.

    Args:
        db: The connection, in a transaction.
        sealer: Seals cells and tags rows.
        chain: Seals activity entries.
        state: The committed state that this transaction starts from; ``self.state`` moves on with each change.
    """

    def __init__(
        self,
        db: sqlite_utils.Database,
        sealer: RowSealer,
        chain: Chain,
        state: EpochState,
    ) -> None:
        self._db = db
        self._sealer = sealer
        self._chain = chain
        self.state = state

    def insert(self, row_id: UUID, kind: str, parent: UUID | None, description: bytes, secret: bytes | None) -> None:
        """Add a record. Revisions begin at 1.

        Raises:
            ValueError: The id is taken, or the parent is not there; a caller's bug.
        """
        above = None if parent is None else parent.bytes
        row = self._sealed(row_id.bytes, kind, above, 1, description, secret)
        self._write(
            "INSERT INTO records (id, kind, parent, revision, description, secret) VALUES (?, ?, ?, ?, ?, ?)", row
        )
        self.state = self.state.moved(added=self._sealer.record_tag(row), rows=1)

    def update(self, row_id: UUID, description: bytes, secret: bytes | Keep | None = KEEP) -> None:
        """Replace a record's description, and its secret if one is given. Both cells are sealed anew.

        Raises:
            NotFound: No such record.
        """
        old = self._row(row_id)
        _, kind, parent, revision, _, cell = old
        if isinstance(secret, Keep):
            secret = None if cell is None else self._sealer.open(row_id.bytes, kind, parent, "secret", revision, cell)
        new = self._sealed(row_id.bytes, kind, parent, revision + 1, description, secret)
        self._write(
            "UPDATE records SET revision = ?, description = ?, secret = ? WHERE id = ?", (*new[3:], row_id.bytes)
        )
        self.state = self.state.moved(added=self._sealer.record_tag(new), removed=self._sealer.record_tag(old))

    def delete(self, row_id: UUID) -> None:
        """Remove a record that has nothing below it.

        Raises:
            NotFound: No such record.
        """
        old = self._row(row_id)
        self._write("DELETE FROM records WHERE id = ?", (row_id.bytes,))
        self.state = self.state.moved(removed=self._sealer.record_tag(old), rows=-1)

    def record(self, entry: Entry) -> None:
        """Append an activity entry, committed with the change that it tells of."""
        sequence = self.state.length + 1
        sealed, link = self._chain.seal(msgspec.structs.replace(entry, sequence=sequence), self.state.head)
        self._write("INSERT INTO activity (sequence, sealed, link) VALUES (?, ?, ?)", (sequence, sealed, link))
        self.state = replace(self.state, head=link, length=sequence)

    def trim(self, first: Checkpoint) -> None:
        """Drop the activity entries before a checkpoint."""
        self._write("DELETE FROM activity WHERE sequence < ?", (first.sequence,))
        self.state = replace(self.state, first=first)

    def put_header(self, header: VaultHeader) -> None:
        """Write the header of a vault that is being made."""
        row = (header.vault_id.bytes, header.created, header.format)
        self._write("INSERT INTO header (id, vault_id, created, format) VALUES (1, ?, ?, ?)", row)
        self.state = self.state.moved(added=self._sealer.row_tag("header", *row))

    def put_slot(self, slot: SlotRow) -> None:
        """Add a key slot."""
        row = (slot.slot_id.bytes, slot.parameters, slot.wrapped)
        self._write("INSERT INTO slots (id, parameters, wrapped) VALUES (?, ?, ?)", row)
        self.state = self.state.moved(added=self._sealer.row_tag("slots", *row))

    def remove_slot(self, slot_id: UUID) -> None:
        """Remove a key slot.

        Raises:
            NotFound: No such slot.
            LastSlot: It is the only one.
        """
        row = self._db.execute("SELECT id, parameters, wrapped FROM slots WHERE id = ?", (slot_id.bytes,)).fetchone()
        if row is None:
            raise NotFound(kind="slot", name=str(slot_id))
        if self._db.execute("SELECT count(*) FROM slots").fetchone() == (1,):
            raise LastSlot
        self._write("DELETE FROM slots WHERE id = ?", (slot_id.bytes,))
        self.state = self.state.moved(removed=self._sealer.row_tag("slots", *row))

    def take_step(self, step: Callable[[sqlite_utils.Database], None], version: int) -> None:
        """Change the schema by a migration's step, which leads to a version."""
        step(self._db)
        self._write(f"PRAGMA user_version = {version}", ())

    def _write(self, sql: str, values: tuple[Any, ...]) -> None:
        # Some failures make SQLite undo the whole transaction; what followed would be on its own.
        if not self._db.conn.in_transaction:
            raise HostError(reason="transaction")
        self._db.execute(sql, values)

    def _row(self, row_id: UUID) -> Row:
        row: Row | None = self._db.execute(
            "SELECT id, kind, parent, revision, description, secret FROM records WHERE id = ?", (row_id.bytes,)
        ).fetchone()
        if row is None:
            raise NotFound(kind="record", name=str(row_id))
        return row

    def _sealed(
        self, row_id: bytes, kind: str, parent: bytes | None, revision: int, description: bytes, secret: bytes | None
    ) -> Row:
        seal = self._sealer.seal
        cell = None if secret is None else seal(row_id, kind, parent, "secret", revision, secret)
        return row_id, kind, parent, revision, seal(row_id, kind, parent, "description", revision, description), cell
