"""The activity log: written by group commit, read by pages, checked as a chain."""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import msgspec

from vaultapp.contracts.activity import ActivityPage, ChainReport, Entry
from vaultapp.core.clock import DAY, Clock
from vaultapp.core.errors import VaultError, VaultTampered
from vaultapp.core.work import WorkContext
from vaultapp.store.chain import Chain
from vaultapp.store.database import VaultDatabase
from vaultapp.store.epoch import Checkpoint, EpochState
from vaultapp.store.transaction import Transaction

PAGE_LIMIT = 5000
# A page crosses the wire in one frame of 8 MiB.
PAGE_BYTES = 4 * 1024 * 1024
_WALKED_AT_ONCE = 5000
_NEWEST_FIRST = "SELECT sequence, sealed, link FROM activity WHERE sequence <= ? ORDER BY sequence DESC"

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")

# Sequence, sealed entry, link; in a file that others wrote into, of any type.
_Row = tuple[int, bytes, bytes]


@dataclass(frozen=True, slots=True)
class Retention:
    """How much of the log is kept.

    Attributes:
        entries: At most so many, give or take a step.
        days: At most so long.
        step: Entries between two looks at it; what goes, goes in multiples of it.
    """

    entries: int = 1_000_000
    days: int = 90
    step: int = 1000


@dataclass(slots=True)
class _Waiting:
    entry: Entry
    done: bool = False
    error: BaseException | None = None


@dataclass(slots=True)
class _Queue:
    lock: threading.Condition = field(default_factory=threading.Condition)
    entries: list[_Waiting] = field(default_factory=list)
    leading: bool = False


class ActivityLog:
    """Records uses and reads them back. Thread safe.

    Args:
        database: The vault file.
        chain: Seals and links.
        state: Returns the committed epoch state.
        transaction: Opens a transaction of the vault.
    """

    def __init__(
        self,
        database: VaultDatabase,
        chain: Chain,
        state: Callable[[], EpochState],
        transaction: Callable[[], AbstractContextManager[Transaction]],
    ) -> None:
        self._database = database
        self._chain = chain
        self._state = state
        self._transaction = transaction
        self._queue = _Queue()

    def record(self, entry: Entry) -> None:
        """Append an entry and wait for the commit that holds it; one commit serves all who wait.

        The first who comes leads: it writes what has gathered, which grows while the one before is written.
        Equal calls of one batch become one entry with a count. The entry's own sequence number does not matter.

        Raises:
            VaultError: The commit failed, so the use must not be answered. Each who waits gets an error of its own.
            ValueError: Called inside a transaction, which has a ``record`` of its own.
        """
        mine = _Waiting(entry)
        queue = self._queue
        with queue.lock:
            queue.entries.append(mine)
            while queue.leading and not mine.done:
                queue.lock.wait()
            batch: list[_Waiting] = []
            if not mine.done:
                queue.leading = True
                batch, queue.entries = queue.entries, []
        if batch:
            self._commit(batch)
        if isinstance(mine.error, VaultError):
            raise type(mine.error)(**mine.error.facts) from mine.error
        if mine.error is not None:
            raise mine.error

    def page(self, before: int | None, limit: int) -> ActivityPage:
        """Return up to 5,000 entries older than a sequence number, newest first; fewer where they are large.

        An entry of another line of this vault's states opens in the same place, so the links are looked at as well:
        those within the page, the one before it, and above it the head, or the link of the entry that follows.

        Raises:
            VaultTampered: An entry is not what was written in its place, or is not there.
        """
        limit = max(1, min(limit, PAGE_LIMIT))
        with self._database.reading() as conn:
            state = self._state()
            newest = state.length if before is None else min(before - 1, state.length)
            rows: list[_Row] = []
            size = 0
            for row in conn.execute(f"{_NEWEST_FIRST} LIMIT ?", (newest, limit)):
                size += len(row[1]) if isinstance(row[1], bytes) else 0
                if rows and size > PAGE_BYTES:
                    break
                rows.append(row)
            if newest >= state.first.sequence:
                self._check_links(state, newest, rows)
            elif rows:
                raise VaultTampered(reason="activity", sequence=rows[0][0])
        return ActivityPage(
            tuple(self._chain.open(sequence, sealed) for sequence, sealed, _ in rows),
            state.length - state.first.sequence + 1,
        )

    def check(self, work: WorkContext[None]) -> ChainReport:
        """Walk the chain from the checkpoint to the head that the epoch row vouches for.

        Others write meanwhile; the walk ends at the head that stood when it began.

        Raises:
            VaultTampered: An entry was changed, removed, moved or added.
        """
        while True:
            state = self._state()
            try:
                return self._walk(state, work)
            except VaultTampered:
                # Trimmed while we walked: the beginning went, lawfully.
                if self._state().first == state.first:
                    raise

    def link_at(self, sequence: int) -> bytes | None:
        """Return the link of an entry; the checkpoint's for the one before the first; None when it is not there."""
        with self._database.reading() as conn:
            first = self._state().first
            if sequence == first.sequence - 1:
                return first.link
            row = conn.execute("SELECT link FROM activity WHERE sequence = ?", (sequence,)).fetchone()
        return row[0] if row else None

    def check_ends(self) -> int:
        """Compare both ends and the number of entries with the epoch row; return the number.

        Raises:
            VaultTampered: Entries are missing or were added, or the last one is another.
        """
        with self._database.reading() as conn:
            state = self._state()
            first, last, count = conn.execute("SELECT min(sequence), max(sequence), count(*) FROM activity").fetchone()
            expected = state.length - state.first.sequence + 1
            ends = (None, None) if expected == 0 else (state.first.sequence, state.length)
            if (first, last) != ends or count != expected or self.link_at(state.length) != state.head:
                raise VaultTampered(reason="activity", sequence=last or 0)
        return expected

    def _check_links(self, state: EpochState, newest: int, rows: list[_Row]) -> None:
        """Check a page, newest first, whose first entry must be ``newest``."""
        sequence = newest - len(rows)
        link = self.link_at(sequence)
        for row in reversed(rows):
            sequence += 1
            link = self._next_link(link, sequence, row)
        if newest == state.length:
            if link is None or not hmac.compare_digest(link, state.head):
                raise VaultTampered(reason="activity", sequence=newest)
            return
        with self._database.reading() as conn:
            above = conn.execute(f"{_NEWEST_FIRST} LIMIT 1", (newest + 1,)).fetchone()
        self._next_link(link, newest + 1, above)

    def _next_link(self, link: bytes | None, expected: int, row: _Row | None) -> bytes:
        """Return the link of an entry that follows a link; the entry must be the expected one, and carry that link."""
        if row is not None and link is not None and row[0] == expected:
            found = self._chain.link(link, expected, row[1])
            if isinstance(row[2], bytes) and hmac.compare_digest(found, row[2]):
                return found
        raise VaultTampered(reason="activity", sequence=expected)

    def _walk(self, state: EpochState, work: WorkContext[None]) -> ChainReport:
        first = state.first
        link, sequence = first.link, first.sequence - 1
        total = state.length - sequence
        while sequence < state.length:
            with self._database.reading() as conn:
                rows = conn.execute(
                    "SELECT sequence, sealed, link FROM activity WHERE sequence > ? ORDER BY sequence LIMIT ?",
                    (sequence, min(_WALKED_AT_ONCE, state.length - sequence)),
                ).fetchall()
            for row in rows:
                sequence += 1
                link = self._next_link(link, sequence, row)
            if not rows:
                raise VaultTampered(reason="activity", sequence=sequence + 1)
            work.checkpoint(sequence - first.sequence + 1, total)
        if not hmac.compare_digest(link, state.head):
            raise VaultTampered(reason="activity", sequence=sequence)
        return ChainReport(total, first.sequence, state.length, first.time or None)

    def _commit(self, batch: list[_Waiting]) -> None:
        error: BaseException | None = None
        try:
            with self._transaction() as transaction:
                for entry in merged([waiting.entry for waiting in batch]):
                    transaction.record(entry)
        except BaseException as exc:  # noqa: BLE001 - each waiter raises it in its own thread
            error = exc
        with self._queue.lock:
            for waiting in batch:
                waiting.done, waiting.error = True, error
            self._queue.leading = False
            self._queue.lock.notify_all()


def merged(entries: list[Entry]) -> list[Entry]:
    """Fold equal entries of one batch into one with a count; times differ, and the first one stands."""
    found: dict[bytes, Entry] = {}
    for entry in entries:
        same = _ENCODER.encode(msgspec.structs.replace(entry, sequence=0, time=0, count=0))
        known = found.get(same)
        found[same] = entry if known is None else msgspec.structs.replace(known, count=known.count + entry.count)
    return list(found.values())


class Trimmer:
    """Drops what the log keeps no longer, as a part of the commit that passes a step.

    Args:
        chain: Opens entries, whose times are sealed.
        clock: Source of time.
        retention: What is kept.
    """

    def __init__(self, chain: Chain, clock: Clock, retention: Retention) -> None:
        self._chain = chain
        self._clock = clock
        self._retention = retention

    def trim(self, transaction: Transaction, before: EpochState, database: VaultDatabase) -> None:
        """Trim, if the transaction's entries passed a step."""
        state, keep = transaction.state, self._retention
        if before.length // keep.step == state.length // keep.step:
            return
        with database.reading() as conn:
            begin = state.first.sequence
            surplus = max(0, state.length - begin + 1 - keep.entries)
            cut = begin + surplus // keep.step * keep.step
            oldest = self._clock.now() - keep.days * DAY
            while cut + keep.step <= state.length:
                row = conn.execute(
                    "SELECT sequence, sealed FROM activity WHERE sequence = ?", (cut + keep.step - 1,)
                ).fetchone()
                if row is None or self._chain.open(*row).time >= oldest:
                    break
                cut += keep.step
            if cut == begin:
                return
            (link,) = conn.execute("SELECT link FROM activity WHERE sequence = ?", (cut - 1,)).fetchone()
        transaction.trim(Checkpoint(cut, link, self._clock.now()))
