"""An activity log in memory, asked in pages as the real one is."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

import msgspec
from fakes import NOON

from vaultapp.contracts.activity import ActivityPage, Actor, ChainReport, Entry
from vaultapp.core.errors import VaultError
from vaultapp.core.work import WorkContext

YOU = Actor("window", "vaultapp", 71)
DEPLOY = Actor("terminal", "deploy.py", 4200)
ITSELF = Actor("agent")
MINUTE = 60_000_000


def entry(action: str, minutes_ago: float = 0, **changes: Any) -> Entry:
    """Return an entry without its number; the facts are given as a dictionary."""
    values = {"sequence": 0, "time": NOON - int(minutes_ago * MINUTE), "actor": YOU, "action": action, **changes}
    return Entry(**values)


@dataclass
class FakeActivity:
    """Entries are kept oldest first.

    Attributes:
        gate: Pages of older entries wait here; set means open.
        check_gate: The check waits here after half of it.
        broken: What the check raises.
        raises: What reading raises.
        asked: Arguments of every call of ``list``.
    """

    entries: list[Entry] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    check_gate: threading.Event = field(default_factory=threading.Event)
    half: threading.Event = field(default_factory=threading.Event)
    broken: VaultError | None = None
    raises: VaultError | None = None
    asked: list[tuple[int | None, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gate.set()
        self.check_gate.set()

    def add(self, *entries: Entry) -> None:
        """Record entries, the oldest first."""
        for one in entries:
            self.entries.append(msgspec.structs.replace(one, sequence=len(self.entries) + 1))

    def list(self, before: int | None = None, limit: int = 200) -> ActivityPage:
        self.asked.append((before, limit))
        if before is not None:
            self.gate.wait(10)
        if self.raises is not None:
            raise self.raises
        end = len(self.entries) if before is None else max(0, before - 1)
        return ActivityPage(tuple(self.entries[max(0, end - min(limit, 5000)) : end][::-1]), len(self.entries))

    def check(self, work: WorkContext[None]) -> ChainReport:
        total = len(self.entries)
        work.checkpoint(total // 2, total)
        self.half.set()
        while not self.check_gate.wait(0.01):
            work.checkpoint()
        if self.broken is not None:
            raise self.broken
        return ChainReport(total, 1, total, None)
