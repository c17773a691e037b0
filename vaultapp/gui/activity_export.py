"""Writes the activity log to a file, whole or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BufferedWriter, TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from vaultapp.contracts.activity import ActivityApi, Entry
from vaultapp.contracts.activity_lines import entry_json, pages_oldest_first
from vaultapp.core.refusals import refusal
from vaultapp.core.replaced_file import replaced_file
from vaultapp.core.work import WorkContext

CSV = ".csv"
JSON_LINES = ".jsonl"
# A spreadsheet takes a cell that begins like this for a formula, and programs may call themselves anything.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FIELDS = (
    "sequence",
    "time",
    "role",
    "program",
    "pid",
    "application",
    "action",
    "subject_kind",
    "subject",
    "outcome",
    "count",
    "facts",
)


def export(log: ActivityApi, path: Path, work: WorkContext[tuple[int, int]], *, as_table: bool = False) -> int:
    """Write all entries that there are now, oldest first, and return how many those are. Blocks.

    A name ending in ``.csv`` makes a table with a head (RFC 4180), one in ``.jsonl`` JSON Lines, whatever else is
    wanted. The file is its owner's alone (0600) and replaces one of that name when it is whole.

    Args:
        log: Reads pages.
        path: Absolute.
        work: Handed (entries written, entries in all) after each page.
        as_table: What a file of any other name becomes.

    Raises:
        HostError: It could not be written; what was there before is as it was.
        OperationCancelled: Likewise.
    """
    number = 0
    suffix = path.suffix.casefold()
    as_table = suffix == CSV or (as_table and suffix != JSON_LINES)
    with _replacing(path) as file:
        if as_table:
            csv.writer(file).writerow(_FIELDS)
        for entries, total in pages_oldest_first(log):
            work.checkpoint()
            if as_table:
                csv.writer(file).writerows(map(_cells, entries))
            else:
                file.writelines(json.dumps(entry_json(entry)) + "\n" for entry in entries)
            number += len(entries)
            work.emit((number, total))
        work.checkpoint()
    return number


def _cells(entry: Entry) -> Sequence[Any]:
    told = entry_json(entry)
    told["facts"] = json.dumps(told["facts"], ensure_ascii=False) if told["facts"] else ""
    return [_harmless(told[name]) for name in _FIELDS]


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    try:
        with replaced_file(path) as raw:
            file = TextIOWrapper(BufferedWriter(raw), encoding="utf-8", newline="")
            try:
                yield file
                file.flush()
            finally:
                # Else its end would write what is left, to a descriptor that may be another file's by then.
                with suppress(OSError):
                    file.detach().detach()
    except OSError as exc:
        raise refusal(exc, path) from exc
