"""What people read for an error: what happened, what is still true, what to do.

The words are in :mod:`vaultapp.core.sentence_table`. The command line prints them as they are; the window
translates the templates first and fills them after, with numbers as its language writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from vaultapp.core.printable import printable
from vaultapp.core.sentence_case import Case
from vaultapp.core.sentence_table import TABLE, UNKNOWN

Facts = Mapping[str, str | int]

_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Sentence:
    """One error in words, each part a whole sentence or empty.

    Attributes:
        what: What happened, or did not.
        safe: What is still true.
        todo: What to do.
        gap: What stands between two sentences in their language.
    """

    what: str
    safe: str = ""
    todo: str = ""
    gap: str = " "

    def __iter__(self) -> Iterator[str]:
        """Give the three parts."""
        return iter((self.what, self.safe, self.todo))

    @property
    def rest(self) -> str:
        """What is said under the first part: what is still true, and what to do."""
        return self._joined(self.safe, self.todo)

    @property
    def brief(self) -> str:
        """What happened and what to do, where it goes without saying what is still true."""
        return self._joined(self.what, self.todo)

    def __str__(self) -> str:
        """Return the parts that are not empty as one line."""
        return self._joined(*self)

    def _joined(self, *parts: str) -> str:
        return self.gap.join(part for part in parts if part)


def template(code: str, facts: Facts) -> Sentence:
    """Return the words of an error code before its facts are filled in.

    The first case is taken whose conditions hold and whose every field is among the facts.

    Args:
        code: An error's code; one that is not known gets general words.
        facts: The error's facts. A face may add ``of`` (``file``, ``text``, ``passphrase``, ``copy``) to say what it
            was about; ``copy`` is what was encrypted and is read back.
    """
    for case in TABLE.get(code, ()):
        if _holds(case, facts):
            return Sentence(case.what, case.safe, case.todo)
    return Sentence(UNKNOWN.what, UNKNOWN.safe, UNKNOWN.todo)


def size(number: int) -> str:
    """Return an amount of bytes in decimal units: 21.6 GB."""
    power = min(len(_UNITS) - 1, max(0, (len(str(abs(number))) - 1) // 3))
    amount = number / _THOUSAND**power
    if power and round(amount, 1) >= _THOUSAND and power < len(_UNITS) - 1:
        power, amount = power + 1, amount / _THOUSAND
    if power == 0:
        return "1 byte" if number == 1 else f"{number} bytes"
    return f"{amount:.0f} {_UNITS[power]}" if amount >= 100 else f"{amount:.1f} {_UNITS[power]}"


def count(number: int) -> str:
    """Return a whole number with its groups: 4,096."""
    return f"{number:,}"


def fill(
    text: str, facts: Facts, show_size: Callable[[int], str] = size, show_count: Callable[[int], str] = count
) -> str:
    """Put facts into a template, or into its translation.

    Text is made printable first: facts may hold names out of hostile files. ``{name:size}`` is an amount of bytes,
    ``{name:count}`` a number with groups, ``{name:mib}`` a number of MiB.
    """
    shows = {"size": show_size, "count": show_count, "mib": lambda number: f"{show_count(number)} MiB"}
    return text.format_map({name: _Fact(value, shows) for name, value in facts.items()})


def sentence(code: str, facts: Facts) -> Sentence:
    """Return the English words of an error."""
    found = template(code, facts)
    return Sentence(fill(found.what, facts), fill(found.safe, facts), fill(found.todo, facts))


def fields_of(text: str) -> frozenset[str]:
    """Return the names of the facts that a template needs."""
    if "{" not in text:
        return frozenset()
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def _holds(case: Case, facts: Facts) -> bool:
    if any(facts.get(name) != value for name, value in case.when.items()):
        return False
    return all(name in facts for part in (case.what, case.safe, case.todo) for name in fields_of(part))


class _Fact:
    """A fact inside ``str.format``: it has a format and nothing else to reach for."""

    __slots__ = ("_shows", "_value")

    def __init__(self, value: str | int, shows: Mapping[str, Callable[[int], str]]) -> None:
        self._value = value
        self._shows = shows

    def __format__(self, spec: str) -> str:
        """Return the fact as text."""
        if isinstance(self._value, str):
            return printable(self._value)
        return self._shows.get(spec, str)(self._value)
