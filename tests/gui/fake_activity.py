"""An activity log in memory, asked in pages as the real one is."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from tests.gui.gates import open_gate, pass_gate, pass_gate_unless
from vaultapp.contracts.activity import ActivityApi, ActivityPage, ChainReport, Entry
from vaultapp.core.errors import VaultError
from vaultapp.core.work import WorkContext
from vaultapp.store.activity import PAGE_LIMIT


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
    gate: threading.Event = field(default_factory=open_gate)
    check_gate: threading.Event = field(default_factory=open_gate)
    half: threading.Event = field(default_factory=threading.Event)
    broken: VaultError | None = None
    raises: VaultError | None = None
    asked: list[tuple[int | None, int]] = field(default_factory=list)

    def add(self, *entries: Entry) -> None:
        """Record entries, the oldest first."""
        for one in entries:
            self.entries.append(msgspec.structs.replace(one, sequence=len(self.entries) + 1))

    def list(self, before: int | None = None, limit: int = 200) -> ActivityPage:
        self.asked.append((before, limit))
        if before is not None:
            pass_gate(self.gate)
        if self.raises is not None:
            raise self.raises
        end = len(self.entries) if before is None else max(0, before - 1)
        begin = max(0, end - max(1, min(limit, PAGE_LIMIT)))
        return ActivityPage(tuple(self.entries[begin:end][::-1]), len(self.entries))

    def check(self, work: WorkContext[None]) -> ChainReport:
        total = len(self.entries)
        work.checkpoint(total // 2, total)
        self.half.set()
        pass_gate_unless(self.check_gate, lambda: work.cancelled)
        work.heed_cancel()
        if self.broken is not None:
            raise self.broken
        return ChainReport(total, 1, total, None)


if TYPE_CHECKING:
    _: type[ActivityApi] = FakeActivity
