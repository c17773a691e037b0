"""What commands print: one JSON object for programs, aligned lines for people."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from vaultapp.core.clock import MICROS
from vaultapp.core.printable import printable

_GAP = "  "


class Output:
    """Standard output, or standard error where standard output belongs to data.

    Args:
        as_json: For programs.
        aside: Write to standard error.
    """

    def __init__(self, *, as_json: bool, aside: bool = False) -> None:
        self.as_json = as_json
        self._aside = aside

    def result(self, value: object, *lines: str) -> None:
        """Print a command's one result: the value for programs, else the lines, which must be printable."""
        if self.as_json:
            self.json(value)
        else:
            self.lines(*lines)

    def json(self, value: object) -> None:
        """Print one JSON object on one line; ASCII only, so that nothing in it reaches a terminal."""
        from json import dumps

        self.lines(dumps(value))

    def lines(self, *lines: str) -> None:
        """Print lines."""
        stream = sys.stderr if self._aside else sys.stdout
        for line in lines:
            print(line, file=stream)
        stream.flush()


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return aligned lines; cells are made printable, wide characters count as two."""
    cells = [list(heads), *([printable(cell) for cell in row] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return [
        _GAP.join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def fields(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return name and value lines, aligned; pairs without a value are left out."""
    shown = [(name, printable(value)) for name, value in pairs if value]
    width = max((len(name) for name, _ in shown), default=0)
    return [f"{name:<{width}}{_GAP}{value}" for name, value in shown]


def rfc3339(micros: int | None) -> str | None:
    """Return a time as programs read it: 2026-11-24T06:32:05Z."""
    if micros is None:
        return None
    return datetime.fromtimestamp(micros // MICROS, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_time(micros: int | None) -> str:
    """Return a time as people read it, in the local zone: 2026-11-24 07:32."""
    if micros is None:
        return ""
    return datetime.fromtimestamp(micros // MICROS).astimezone().strftime("%Y-%m-%d %H:%M")


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its word: 1 file, 2 files."""
    return f"{number:,} {one if number == 1 else many}"


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
