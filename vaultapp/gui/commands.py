"""What can be found by name and done at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

_SHOWN = 50


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
    """

    title: str
    kind: str
    call: Callable[[], object]
    icon: str = ""
    hue: str = ""
    keys: str = ""
    asked: bool = False


class CommandIndex:
    """Finds commands by parts of their words, best first. Folds every title once.

    Args:
        commands: In the order that counts between equals.
    """

    def __init__(self, commands: Sequence[Command]) -> None:
        self._commands = tuple(commands)
        self._folded = [command.title.casefold() for command in self._commands]

    def find(self, typed: str) -> tuple[Command, ...]:
        """Return up to 50 commands whose titles hold every typed word; at word beginnings come first."""
        words = typed.casefold().split()
        if not words:
            return tuple(command for command in self._commands if not command.asked)[:_SHOWN]
        first = words[0]
        hits = [at for at, text in enumerate(self._folded) if first in text]
        for word in words[1:]:
            hits = [at for at in hits if word in self._folded[at]]
        ranked = sorted(hits, key=lambda at: (self._rank(at, words), at)) if len(hits) > 1 else hits
        return tuple(self._commands[at] for at in ranked[:_SHOWN])

    def _rank(self, at: int, words: Sequence[str]) -> int:
        text = self._folded[at]
        if text.startswith(words[0]):
            return 0
        return 1 if all(f" {word}" in f" {text}" for word in words) else 2
