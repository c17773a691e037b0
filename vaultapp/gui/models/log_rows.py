"""The activity log as a list shows it: equal neighbours are one row, and a wish says which rows are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from vaultapp.contracts.activity import Entry
from vaultapp.contracts.activity_sentences import is_problem
from vaultapp.gui import activity_sentences as words

_MINUTE = 60_000_000


class Sort(StrEnum):
    """Which rows are wanted, by what they are about."""

    ALL = "all"
    FILES = "files"
    KEYS = "keys"
    VAULT = "vault"
    PROBLEMS = "problems"


class LogRow(Struct, frozen=True, eq=False, gc=False):
    """A run of equal entries of one minute.

    Attributes:
        entries: Newest first, at least one, without gaps between them.
        sought: What a filter looks at, case folded.
        day: Ordinal of the local day.
    """

    entries: tuple[Entry, ...]
    sought: str
    day: int

    @property
    def entry(self) -> Entry:
        """The newest entry, which tells what all of them are."""
        return self.entries[0]

    @property
    def newest(self) -> int:
        """Sequence number of the newest entry."""
        return self.entries[0].sequence

    @property
    def oldest(self) -> int:
        """Sequence number of the oldest entry."""
        return self.entries[-1].sequence

    @property
    def times(self) -> int:
        """How many equal calls the row stands for."""
        return sum(entry.count for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which rows are wanted.

    Attributes:
        needle: Text that a row must hold, case folded; empty for any.
        sort: What it must be about.
    """

    needle: str = ""
    sort: Sort = Sort.ALL

    @property
    def everything(self) -> bool:
        """True when no row is left out."""
        return not self.needle and self.sort is Sort.ALL

    def among(self, rows: Iterable[LogRow]) -> list[LogRow]:
        """Return the rows that are wanted."""
        found = [row for row in rows if self.needle in row.sought]
        if self.sort is Sort.ALL:
            return found
        if self.sort is Sort.PROBLEMS:
            return [row for row in found if is_problem(row.entry)]
        return [row for row in found if words.group_of(row.entry) == self.sort.value]


def rows_of(entries: Sequence[Entry], vault: str) -> list[LogRow]:
    """Return entries as rows, equal neighbours as one. Any thread; 5,000 take some tenths of a second.

    Args:
        entries: Newest first, without gaps.
        vault: What the vault is called, for the filter.
    """
    runs: list[list[Entry]] = []
    for entry in entries:
        if runs and _equal(runs[-1][-1], entry):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return [LogRow(tuple(run), _sought(run[0], vault), _day_of(run[0])) for run in runs]


def joined(newer: LogRow, older: LogRow) -> LogRow | None:
    """Return two rows as one, if they are neighbours and equal; otherwise nothing."""
    if newer.oldest != older.newest + 1 or not _equal(newer.entries[-1], older.entries[0]):
        return None
    return LogRow(newer.entries + older.entries, newer.sought, newer.day)


def _equal(newer: Entry, older: Entry) -> bool:
    """Compare all but number, time, count and process: a loop in a shell makes a process for each call."""
    one, other = newer.actor, older.actor
    return (
        newer.action == older.action
        and newer.time // _MINUTE == older.time // _MINUTE
        and newer.subject == older.subject
        and newer.outcome == older.outcome
        and newer.subject_kind == older.subject_kind
        and (one.role, one.program, one.application) == (other.role, other.program, other.application)
        and newer.facts == older.facts
    )


def _sought(entry: Entry, vault: str) -> str:
    path = entry.facts.get("path", "")
    parts = (
        words.what_of(entry, 1),
        words.detail_of(entry),
        words.who_of(entry.actor),
        words.used_of(entry, vault).name,
        words.result_of(entry).word,
        entry.action,
        entry.outcome,
        entry.actor.program,
        str(path),
    )
    return "\0".join(parts).casefold()


def _day_of(entry: Entry) -> int:
    return datetime.fromtimestamp(entry.time / 1e6).astimezone().toordinal()
