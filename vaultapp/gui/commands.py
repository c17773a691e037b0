"""What can be found by name and done at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, islice
from typing import NamedTuple

_SHOWN = 50
# What can be done is looked at for so many things at most.
_THINGS = 20


class Shortcut(NamedTuple):
    """What the sheet of keys tells: words, and the keys as Qt writes them."""

    words: str
    keys: str


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that the command palette offers.

    Attributes:
        title: What people type and read.
        kind: What it is: "Key", "Page", "Action".
        call: Does it.
        icon: Name of an icon, where there is no plate.
        hue: Of a key's plate; empty for none.
        keys: Its shortcut; empty for none.
        asked: It is offered only when something was typed.
        more: Returns what can be done with the thing of this name; None where that is nothing.
        verbs: The words by which people ask for that, case folded.
        sought: What is searched.
    """

    title: str
    kind: str
    call: Callable[[], object]
    icon: str = ""
    hue: str = ""
    keys: str = ""
    asked: bool = False
    more: Callable[[], Sequence[Command]] | None = None
    verbs: frozenset[str] = frozenset()
    sought: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Fold the title once: very many commands are made off the window's thread, and searched in it."""
        # A break before the title and a blank before each word: so beginnings are found like any other part.
        object.__setattr__(self, "sought", f"\n {self.title.casefold()}")


class CommandIndex:
    """Finds commands by parts of their words, best first.

    Args:
        commands: In the order that counts between equals.
    """

    def __init__(self, commands: Sequence[Command]) -> None:
        self._commands = tuple(commands)
        self._folded = [command.sought for command in self._commands]
        self._joined = "".join(self._folded)
        self._starts = list(accumulate(map(len, self._folded), initial=0))

    @cached_property
    def _verbs(self) -> frozenset[str]:
        return frozenset().union(*{command.verbs for command in self._commands})

    def find(self, typed: str) -> tuple[Command, ...]:
        """Return up to 50 commands whose titles hold every typed word; at word beginnings come first.

        What can be done with a thing follows it where it is the only one that is called so, and else those that
        are called so. What can be done is found by its own words as well: "rotate pers".
        """
        words = typed.casefold().split()
        if not words:
            return tuple(command for command in self._commands if not command.asked)[:_SHOWN]
        ranked = self._ranked(words)
        found = [self._commands[at] for at in ranked]
        if found and found[0].more is not None and f" {words[0]}" in self._folded[ranked[0]]:
            alone = self._is_alone(words, ranked)
            place = 1 if alone else len(found)
            found[place:place] = found[0].more()
        deeds = self._done_by(words)
        begin = f"\n {words[0]}"
        if not found or not found[0].sought.startswith(begin):
            # What is to be done stands before what only has that word somewhere: "rotate".
            found[:0] = [deed for deed in deeds if deed.sought.startswith(begin)]
        each: dict[tuple[str, str], Command] = {}
        for command in (*found, *deeds):
            each.setdefault((command.title, command.kind), command)
        return tuple(each.values())[:_SHOWN]

    def _ranked(self, words: Sequence[str]) -> list[int]:
        """Return the numbers of the best commands: that begin so, whose words begin so, that hold it anywhere."""
        begins = [f" {word}" for word in words]
        # Those before are among those after, so that some more have to be taken.
        if len(words) == 1:
            best = [*self._scan(f"\n{begins[0]}", _SHOWN), *self._scan(begins[0], 2 * _SHOWN)]
            best += self._scan(words[0], 3 * _SHOWN)
        else:
            folded = self._folded
            hits: Sequence[int] = range(len(folded))
            for word in words:
                hits = [at for at in hits if word in folded[at]]
            second = hits
            for begin in begins:
                second = [at for at in second if begin in folded[at]]
            first = (at for at in second if folded[at].startswith(f"\n{begins[0]}"))
            best = [*islice(first, _SHOWN), *second[: 2 * _SHOWN], *hits[: 3 * _SHOWN]]
        return list(dict.fromkeys(best))[:_SHOWN]

    def _scan(self, part: str, most: int) -> list[int]:
        """Return the numbers of the first titles that hold a part: through one text, for there may be very many."""
        found: list[int] = []
        at = self._joined.find(part)
        while at >= 0 and len(found) < most:
            number = bisect_right(self._starts, at) - 1
            found.append(number)
            at = self._joined.find(part, self._starts[number + 1])
        return found

    def _is_alone(self, words: Sequence[str], ranked: Sequence[int]) -> bool:
        """Tell whether the first one is what was meant: it is called so and no more, or no other begins so."""
        folded = self._folded
        if folded[ranked[0]].split() == list(words) or len(ranked) == 1:
            return True
        begin = f"\n {words[0]}"
        return folded[ranked[0]].startswith(begin) and not folded[ranked[1]].startswith(begin)

    def _done_by(self, words: Sequence[str]) -> list[Command]:
        """Return what can be done with things, by words some of which say what to do."""
        verbs = [word for word in words if any(verb.startswith(word) for verb in self._verbs)]
        if not verbs:
            return []
        names = [word for word in words if word not in verbs]
        among = (self._commands[at] for at in self._ranked(names)) if names else iter(self._commands)
        things = islice((more for command in among if (more := command.more) is not None), _THINGS)
        return [deed for more in things for deed in more() if _begin(words, deed.title)]


def _begin(words: Sequence[str], title: str) -> bool:
    text = f" {title.casefold()}"
    return all(f" {word}" in text for word in words)
