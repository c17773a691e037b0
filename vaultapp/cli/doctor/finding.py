"""What a check says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from vaultapp.cli.invocation import Invocation


class State(StrEnum):
    """How it is.

    Attributes:
        OK: As it should be, or only told.
        WARN: It could be better, or something does not work that can be done without.
        BAD: Something breaks, or a promise does not hold.
    """

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        subject: What; no two findings have the same.
        state: How it is.
        text: The same in words, without a full stop.
        todo: What to do, as a sentence; empty where nothing is.
    """

    subject: str
    state: State
    text: str
    todo: str = ""


# Looks at something; changes nothing, asks nobody, and ends in a moment.
Check = Callable[[Invocation], Iterator[Finding]]
