"""The whole check of a vault: every row against the sum that the epoch row vouches for."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass

from vaultapp.core.errors import VaultDamaged, VaultError, VaultTampered
from vaultapp.core.work import WorkContext
from vaultapp.store.activity import ActivityLog
from vaultapp.store.commits import Commits
from vaultapp.store.database import VaultDatabase
from vaultapp.store.header import read_header, read_slots
from vaultapp.store.schema import SchemaHistory, check_schema, schema_digest
from vaultapp.store.sealing import SUM_MODULUS, Row, RowSealer

_ROWS_AT_ONCE = 4000
_OLDER_REVISIONS_TRIED = 1000
_COLUMNS = "rowid, id, kind, parent, revision, description, secret"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a whole check went through."""

    rows: int
    entries: int
    epoch: int


class WholeCheck:
    """Reads every row of a vault and names what is not as it was written.

    Args:
        database: The vault file.
        commits: Its committed state.
        activity: Its log.
        history: The schemas that there are.
    """

    def __init__(
        self, database: VaultDatabase, commits: Commits, activity: ActivityLog, history: SchemaHistory
    ) -> None:
        self._database = database
        self._commits = commits
        self._activity = activity
        self._history = history

    def run(self, work: WorkContext[None], *, shared: bool, indexes: bool) -> CheckReport:
        """Check all.

        Args:
            work: Watched and stopped between some thousand rows.
            shared: Let go of the file between some thousand rows; only while nobody may write.
            indexes: Compare every index with its table in one go; otherwise by some thousand rows at a time, which
                takes longer, but holds nobody up.

        Raises:
            VaultDamaged: SQLite finds the file malformed.
            VaultTampered: Reasons: trigger, view, schema, row_changed, rows_swapped, row_copied, row_rolled_back,
                rows_missing, rows_added, rows_rolled_back, activity.
        """
        with nullcontext() if shared else self._database.holding():
            self._check_pages(indexes=indexes)
            state = self._commits.state
            with self._database.reading() as conn:
                check_schema(conn, self._history)
                if schema_digest(conn) != state.schema:
                    raise VaultTampered(reason="schema")
            self.check_places()
            total = self._sum_of_few()
            count = 0
            for rows in self._chunks():
                total += self._commits.sealer.sum_of(rows)
                count += len(rows)
                work.checkpoint(count, state.rows)
            if total % SUM_MODULUS != state.row_sum or count != state.rows:
                raise self._name(count - state.rows)
            if not indexes:
                self._check_indexes(work, count)
            return CheckReport(count, self._activity.check_ends(), state.epoch)

    def sum_of_all(self) -> tuple[int, int]:
        """Return the sum of all row tags as they are now, and how many records there are."""
        total, count = self._sum_of_few(), 0
        for rows in self._chunks():
            total += self._commits.sealer.sum_of(rows)
            count += len(rows)
        return total % SUM_MODULUS, count

    def check_places(self) -> None:
        """Look for rows where none is written, before all others; it takes no time.

        Raises:
            VaultTampered: Somebody moved one there.
        """
        with self._database.reading() as conn:
            found = conn.execute("SELECT hex(id) FROM records WHERE rowid < 1").fetchone()
        if found is not None:
            raise VaultTampered(reason="row_changed", row=str(found[0]).lower())

    def _check_indexes(self, work: WorkContext[None], rows: int) -> None:
        """Find every row of ``records`` through each of its indexes, and no entry more.

        An index that leaves rows out hides them from whoever asks by it, while the table and its sum are whole.
        """
        with self._database.reading() as conn:
            indexes = [row[1] for row in conn.execute("PRAGMA index_list(records)")]
            entries = [conn.execute(f"SELECT count(*) FROM records INDEXED BY {index}").fetchone() for index in indexes]  # noqa: S608 - the schema is ours
            query = _found_by(conn, indexes)
        sound, last = entries == [(rows,)] * len(indexes), 0
        while sound and last is not None:
            with self._database.reading() as conn:
                sound, last = conn.execute(query, (last,)).fetchone()
            work.checkpoint(rows, rows)
        if not sound:
            raise VaultDamaged(reason="corrupt")

    def _check_pages(self, *, indexes: bool) -> None:
        with self._database.reading() as conn:
            if conn.execute(f"PRAGMA {'integrity' if indexes else 'quick'}_check(1)").fetchone() != ("ok",):
                raise VaultDamaged(reason="corrupt")

    def _sum_of_few(self) -> int:
        tag = self._commits.sealer.row_tag
        with self._database.reading() as conn:
            header, slots = read_header(conn), read_slots(conn)
        return tag("header", header.vault_id.bytes, header.created, header.format) + sum(
            tag("slots", slot.slot_id.bytes, slot.parameters, slot.wrapped) for slot in slots
        )

    def _chunks(self) -> Iterator[list[Row]]:
        last: int | None = None
        while True:
            where = "" if last is None else "WHERE rowid > ?"
            with self._database.reading() as conn:
                found = conn.execute(
                    f"SELECT {_COLUMNS} FROM records {where} ORDER BY rowid LIMIT {_ROWS_AT_ONCE}",  # noqa: S608 - constants
                    () if last is None else (last,),
                ).fetchall()
            if not found:
                return
            last = found[-1][0]
            yield [row[1:] for row in found]

    def _name(self, surplus: int) -> VaultTampered:
        """Say what is wrong, which is more to the point than a sum that does not fit."""
        sealer = self._commits.sealer
        shut = [row for rows in self._chunks() for row in rows if not _opens(sealer, row, row)]
        if not shut:
            counted = "rows_missing" if surplus < 0 else "rows_added" if surplus > 0 else "rows_rolled_back"
            return VaultTampered(reason=counted, rows=abs(surplus))
        row = shut[0]
        return VaultTampered(reason=self._why_shut(row, shut), row=row[0].hex(), rows=len(shut))

    def _why_shut(self, row: Row, shut: list[Row]) -> str:
        sealer = self._commits.sealer
        if any(_opens(sealer, row, other) for other in shut if other is not row):
            return "rows_swapped"
        if any(_opens(sealer, row, other) for rows in self._chunks() for other in rows):
            return "row_copied"
        newest = row[3]
        for revision in range(max(1, newest - _OLDER_REVISIONS_TRIED), newest):
            if _opens(sealer, row, (*row[:3], revision, *row[4:])):
                return "row_rolled_back"
        return "row_changed"


def _found_by(conn: sqlite3.Connection, indexes: list[str]) -> str:
    """Return a query for the next rows behind a rowid: does every index find each of them, and the last one's rowid."""
    conditions = []
    for index in indexes:
        columns = [row[2] for row in conn.execute(f"PRAGMA index_info({index})")]
        same = " AND ".join(f"i.{column} IS r.{column}" for column in (*columns, "rowid"))
        conditions.append(f"EXISTS (SELECT 1 FROM records AS i INDEXED BY {index} WHERE {same})")  # noqa: S608 - the schema is ours
    return (
        f"SELECT count(*) = total({' AND '.join(conditions)}), max(rowid) FROM"  # noqa: S608 - the schema is ours
        f" (SELECT rowid, * FROM records NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT {_ROWS_AT_ONCE}) AS r"
    )


def _opens(sealer: RowSealer, cells: Row, place: Row) -> bool:
    """True when the cells of one row open in the place of another."""
    row_id, kind, parent, revision, _, _ = place
    *_, description, secret = cells
    return sealer.try_open(row_id, kind, parent, "description", revision, description) is not None and (
        secret is None or sealer.try_open(row_id, kind, parent, "secret", revision, secret) is not None
    )


class CheckGate:
    """Lets nobody write or export before the whole check has passed.

    Who comes first makes the check, in its own thread; who comes meanwhile waits for it. A check that was
    cancelled, or that the machine did not let finish, is made by the next one.

    Args:
        run: Makes the check.
    """

    def __init__(self, run: Callable[[WorkContext[None], bool], CheckReport]) -> None:
        self._run = run
        self._lock = threading.Lock()
        self._report: CheckReport | None = None
        self._problem: VaultDamaged | VaultTampered | None = None
        self._thread: threading.Thread | None = None
        self._work: WorkContext[None] | None = None
        self._running = False

    @property
    def state(self) -> str:
        """``pending``, ``running``, ``sound`` or ``failed``."""
        if self._problem is not None:
            return "failed"
        if self._report is not None:
            return "sound"
        return "running" if self._running else "pending"

    def require(self) -> None:
        """Wait until the check has passed; make it if nobody does.

        Raises:
            VaultDamaged, VaultTampered: What it found.
        """
        if self.state != "sound":
            with self._lock:
                if self._report is None and self._problem is None:
                    self._make(WorkContext())
        if self._problem is not None:
            raise type(self._problem)(**self._problem.facts)

    def check(self, work: WorkContext[None]) -> CheckReport:
        """Make the check now, whatever an earlier one found."""
        with self._lock:
            return self._make(work)

    def in_background(self, on_done: Callable[[CheckReport | VaultError], None]) -> None:
        """Make the check in a thread of its own, which :meth:`stop` ends; tell the outcome from there."""
        work: WorkContext[None] = WorkContext()

        def body() -> None:
            try:
                outcome: CheckReport | VaultError = self.check(work)
            except VaultError as exc:
                outcome = exc
            if not work.cancelled:
                on_done(outcome)

        self._work = work
        self._thread = threading.Thread(target=body, name="vault-check")
        self._thread.start()

    def stop(self) -> None:
        """Cancel a check in the background and wait for its end."""
        if self._work is not None and self._thread is not None:
            self._work.cancel()
            if self._thread is not threading.current_thread():
                self._thread.join()

    def _make(self, work: WorkContext[None]) -> CheckReport:
        self._running = True
        try:
            # Until a first check has passed nobody writes, so that others may read in between.
            report = self._run(work, self._report is None)
        except (VaultDamaged, VaultTampered) as exc:
            self._problem = exc
            raise
        finally:
            self._running = False
        self._report, self._problem = report, None
        return report
