"""Reading records: descriptions and secrets, opened one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from msgspec import Struct

from vaultapp.core.errors import NotFound
from vaultapp.store.database import VaultDatabase
from vaultapp.store.sealing import ListedRow, RowSealer, uuid_of

_PARENTS_AT_ONCE = 500
_ROWS_AT_ONCE = 5000
_COLUMNS = "id, kind, parent, revision, description"


class Record(Struct, frozen=True):
    """One row without its secret. ``description`` is a msgpack map whose unknown fields must survive."""

    row_id: UUID
    kind: str
    parent: UUID | None
    revision: int
    description: bytes

    def __repr__(self) -> str:
        """Show nothing of what was sealed."""
        return f"Record({self.kind} {self.row_id} revision {self.revision})"


class Records:
    """Reads what is committed, and inside a transaction what it has written so far.

    Secrets are opened only when asked for by name.

    Args:
        database: The vault file.
        sealer: Opens its cells.
    """

    def __init__(self, database: VaultDatabase, sealer: RowSealer) -> None:
        self._database = database
        self._sealer = sealer

    def get(self, row_id: UUID) -> Record:
        """Return one record.

        Raises:
            NotFound: There is none.
        """
        for record in self._opened(self._rows("id = ?", (row_id.bytes,))):
            return record
        raise NotFound(kind="record", name=str(row_id))

    def secret(self, row_id: UUID) -> bytearray:
        """Return a record's secret; the caller overwrites it.

        Raises:
            NotFound: No such record, or it has none.
        """
        with self._database.reading() as conn:
            row = conn.execute(
                "SELECT kind, parent, revision, secret FROM records WHERE id = ?", (row_id.bytes,)
            ).fetchone()
        if row is None or row[3] is None:
            raise NotFound(kind="record", name=str(row_id))
        kind, parent, revision, cell = row
        return bytearray(self._sealer.open(row_id.bytes, kind, parent, "secret", revision, cell))

    def of_kind(self, kind: str) -> Iterator[Record]:
        """Return all records of a kind, in the order they were made.

        Rows are fetched some thousands at a time, so that others get at the file in between; a record that is
        added meanwhile may come or not.
        """
        # From the very first: somebody else's rowid may be below 1, and its row must not be left out.
        last: int | None = None
        while True:
            beyond = "" if last is None else "AND rowid > ?"
            with self._database.reading() as conn:
                found = conn.execute(
                    f"SELECT rowid, {_COLUMNS} FROM records WHERE kind = ? {beyond} ORDER BY rowid LIMIT ?",  # noqa: S608 - constants
                    (kind, _ROWS_AT_ONCE) if last is None else (kind, last, _ROWS_AT_ONCE),
                ).fetchall()
            yield from self._opened(row[1:] for row in found)
            if len(found) < _ROWS_AT_ONCE:
                return
            last = found[-1][0]

    def children(self, parent: UUID, kind: str) -> list[Record]:
        """Return the records of a kind below another, in the order they were made."""
        return list(self._opened(self._rows("parent = ? AND kind = ? ORDER BY rowid", (parent.bytes, kind))))

    def children_of(self, parents: Sequence[UUID], kind: str) -> Iterator[Record]:
        """Return the records of a kind below several others; a parent's in the order they were made."""
        for at in range(0, len(parents), _PARENTS_AT_ONCE):
            chunk = [parent.bytes for parent in parents[at : at + _PARENTS_AT_ONCE]]
            marks = ",".join("?" * len(chunk))
            yield from self._opened(self._rows(f"parent IN ({marks}) AND kind = ? ORDER BY rowid", (*chunk, kind)))

    def several(self, row_ids: Sequence[UUID]) -> Iterator[Record]:
        """Return those of the records that are there, in any order; a thousand at a tenth of what each alone takes."""
        for at in range(0, len(row_ids), _PARENTS_AT_ONCE):
            chunk = [row_id.bytes for row_id in row_ids[at : at + _PARENTS_AT_ONCE]]
            marks = ",".join("?" * len(chunk))
            yield from self._opened(self._rows(f"id IN ({marks})", tuple(chunk)))

    def count(self, kind: str) -> int:
        """Return how many records of a kind there are."""
        with self._database.reading() as conn:
            return int(conn.execute("SELECT count(*) FROM records WHERE kind = ?", (kind,)).fetchone()[0])

    def _rows(self, where: str, values: tuple[object, ...]) -> list[ListedRow]:
        with self._database.reading() as conn:
            # The condition is ours; values are bound.
            return conn.execute(f"SELECT {_COLUMNS} FROM records WHERE {where}", values).fetchall()  # noqa: S608

    def _opened(self, rows: Iterable[ListedRow]) -> Iterator[Record]:
        open_cell = self._sealer.open
        for row_id, kind, parent, revision, cell in rows:
            description = open_cell(row_id, kind, parent, "description", revision, cell)
            above = None if parent is None else uuid_of(parent)
            yield Record(uuid_of(row_id), kind, above, revision, description)
