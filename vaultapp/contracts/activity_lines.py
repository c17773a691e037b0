"""The log as it leaves the vault: one shape of an entry for every face, and the order in which it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from vaultapp.contracts.activity import ActivityApi, Entry
from vaultapp.core.clock import MICROS

A_PAGE = 5000


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return one line of the activity log as a JSON object; the time is RFC 3339, UTC."""
    return {
        "sequence": entry.sequence,
        "time": datetime.fromtimestamp(entry.time // MICROS, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "role": entry.actor.role,
        "program": entry.actor.program,
        "pid": entry.actor.pid,
        "application": entry.actor.application or None,
        "action": entry.action,
        "subject_kind": entry.subject_kind or None,
        "subject": entry.subject or None,
        "outcome": entry.outcome,
        "count": entry.count,
        "facts": dict(entry.facts),
    }


def pages_oldest_first(log: ActivityApi) -> Iterator[tuple[Sequence[Entry], int]]:
    """Give all entries that there are now in pages, each with how many entries that are in all.

    Sequence numbers have no gaps. What is recorded meanwhile is not among them.
    """
    newest = log.list(limit=1)
    if not newest.entries:
        return
    last, total = newest.entries[0].sequence, newest.total
    for begin in range(last - total + 1, last + 1, A_PAGE):
        end = min(begin + A_PAGE, last + 1)
        yield _between(log, begin, end), total


def _between(log: ActivityApi, begin: int, end: int) -> Sequence[Entry]:
    """Return the entries from one number up to, but not with, another; a page ends early where entries are large."""
    found: list[Entry] = []
    while end > begin:
        page = log.list(before=end, limit=end - begin).entries
        if not page:
            break
        found += page
        end = page[-1].sequence
    return found[::-1]
