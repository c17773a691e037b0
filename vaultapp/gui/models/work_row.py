"""One piece of file work, as the list shows it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from vaultapp.contracts.files import FileUpdate, Folders, OnExist
from vaultapp.core.printable import printable_path


class Verb(StrEnum):
    """What is done with a source."""

    SEAL = "seal"
    OPEN = "open"
    REWRAP = "rewrap"


class RowState(IntEnum):
    """Where a row stands."""

    ASKS = 0
    RUNNING = 1
    WAITING = 2
    DONE = 3
    FAILED = 4
    CANCELLED = 5
    SKIPPED = 6


ENDED = frozenset({RowState.DONE, RowState.FAILED, RowState.CANCELLED, RowState.SKIPPED})


class Question(StrEnum):
    """What a row that asks wants to know."""

    EXISTS = "exists"
    PASSPHRASE = "passphrase"  # noqa: S105 - a question, not a secret
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Order:
    """How sources are worked on; kept so that a row can be tried again.

    Attributes:
        key: Key id that seals; empty for passphrases alone.
        key_name: For people.
        passphrases: Recipients when sealing, tries when opening.
        folder: Where results go; None beside each source.
    """

    key: str = ""
    key_name: str = ""
    passphrases: tuple[bytearray, ...] = field(default=(), repr=False)
    folder: bytes | None = None
    folders: Folders = Folders.ARCHIVE
    on_exist: OnExist = OnExist.ASK
    remove_originals: bool = False


@dataclass(slots=True, eq=False)
class WorkRow:
    """Changes as news of it arrives. Only the window's thread touches it.

    Attributes:
        folder: The source is a folder.
        rate: Bytes a second, smoothed; 0 while not known.
        sampled: When the rate was last looked at, seconds of a monotonic clock.
        counted: What ``done`` was then.
        stopped: The person cancelled it.
        question: Set in the state ASKS.
        problems: Of a folder worked on file by file, news of files that did not go well; the first thousand.
        rank: Place in the list, by state and age; set by the model.
        at: Row number in the list; set by the model.
    """

    source: bytes
    verb: Verb
    order: Order
    folder: bool = False
    number: int = 0
    state: RowState = RowState.WAITING
    done: int = 0
    total: int = 0
    members: int = 0
    rate: float = 0
    sampled: float = 0
    counted: int = 0
    stopped: bool = False
    question: Question | None = None
    news: FileUpdate | None = None
    problems: list[FileUpdate] = field(default_factory=list)
    rank: int = 0
    at: int = -1

    @property
    def name(self) -> str:
        """The result's name once there is one, the source's before."""
        return shown_name(self.output or self.source)

    @property
    def ended(self) -> bool:
        """True when nothing more happens by itself."""
        return self.state in ENDED

    @property
    def by_file(self) -> bool:
        """True for a folder whose files are worked on one by one."""
        return self.folder and (self.verb is not Verb.SEAL or self.order.folders is Folders.EACH)

    @property
    def output(self) -> bytes:
        """What was published; empty if nothing was."""
        return self.news.output if self.news is not None and self.state is RowState.DONE else b""

    @property
    def sealed_path(self) -> bytes:
        """The sealed file of this row, whose header can be read; empty when there is none."""
        if self.by_file:
            return b""
        if self.verb is Verb.SEAL:
            return self.output
        return self.source


def shown_name(path: bytes) -> str:
    """Return the last part of a path as text that can be shown, whatever its bytes."""
    return shown_path(os.path.basename(path.rstrip(b"/")) or path)


def shown_path(path: bytes) -> str:
    """Return a path as text that can be shown, whatever its bytes."""
    return printable_path(path)
