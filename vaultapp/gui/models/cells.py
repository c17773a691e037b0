"""What a table shows of one row in one column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, ready to be painted.

    Attributes:
        text: The first line, or the badge's word.
        second: A second line under it; empty for none.
        hue: Of a key's plate before the text; empty for none.
        icon: Name of an icon before the text, or in the badge; empty for none.
        badge: ``ok``, ``info``, ``warn``, ``bad`` or ``mute`` for a badge; empty for plain text.
        tone: Colour of the first line.
        strong: The first line is a name.
        mono: In the fixed font, for identifiers and times.
        code: The second line is in the fixed font.
        ring: How much of a work is done, as an arc before the text: 0 to 1; below 0 there is none.
    """

    text: str
    second: str = ""
    hue: str = ""
    icon: str = ""
    badge: str = ""
    tone: str = "text"
    strong: bool = False
    mono: bool = False
    code: bool = False
    ring: float = -1


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """How one column reads a row.

    Attributes:
        title: Over the column.
        cell: What is painted; asked for the rows that are seen only.
        text: What the filter looks at; asked once a row. Nothing, where it is not given.
        sort: Returns a value that compares with its kind; asked once a row.
        width: Pixels at the usual text size. The column with 0 takes what is left; where none has, the first does.
        drops: Columns with a higher number go first where there is little room; 0 stays.
    """

    title: str
    cell: Callable[[R], Cell]
    text: Callable[[R], str] = lambda _row: ""
    sort: Callable[[R], Any] = lambda _row: 0
    width: int = 120
    drops: int = 0
