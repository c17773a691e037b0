"""The log of every use and change."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from vaultapp.core.work import WorkContext


class Actor(Struct, frozen=True, gc=False):
    """Who asked: by role, and what the system says of the program."""

    role: str
    program: str = ""
    pid: int = 0
    application: str = ""


class Entry(Struct, frozen=True, gc=False):
    """One line of the log; names and numbers only, never a value.

    Attributes:
        sequence: 1, 2, …, without gaps.
        action: What was done, e.g. ``file.seal``, ``key.rotate``, ``vault.unlock``.
        subject_kind: ``key``, ``file``, ``vault``, …; empty when there is none.
        subject: Name or id of what it was done to.
        outcome: ``ok``, ``begun``, or an error code.
        count: How many equal calls this entry stands for.
    """

    sequence: int
    time: int
    actor: Actor
    action: str
    subject_kind: str = ""
    subject: str = ""
    outcome: str = "ok"
    count: int = 1
    facts: dict[str, str | int] = {}


class ActivityPage(Struct, frozen=True):
    """Entries, newest first, and how many the log holds."""

    entries: tuple[Entry, ...]
    total: int


class ChainReport(Struct, frozen=True):
    """The chain was walked whole and is unbroken; a break is raised as VaultTampered."""

    entries: int
    first: int
    last: int
    trimmed_before: int | None


class ActivityApi(Protocol):
    """Read and check the log."""

    def list(self, before: int | None = None, limit: int = 200) -> ActivityPage:
        """Return up to 5,000 entries older than a sequence number, newest first; fewer where they are large."""

    def check(self, work: WorkContext[None]) -> ChainReport:
        """Walk the chain from its first entry to the head that the vault vouches for.

        Raises:
            VaultTampered: An entry was changed, removed, moved or added.
        """
