"""What a batch of files leaves in the vault: activity, and which files need which keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from msgspec import structs

from vaultapp.contracts.activity import Entry
from vaultapp.core.clock import Clock
from vaultapp.core.errors import NotFound
from vaultapp.services.descriptions import KNOWN_FILE, KnownFile, encode
from vaultapp.services.recorder import Recorder
from vaultapp.store.transaction import Transaction
from vaultapp.store.vault_file import OpenVault


@dataclass(frozen=True, slots=True)
class Line:
    """Equal uses of one batch, as one entry of the log."""

    action: str
    subject_kind: str
    subject: str
    outcome: str
    count: int
    facts: dict[str, str | int]


class Journal(Protocol):
    """Where a batch is written down: an open vault, or nowhere."""

    def begun(self, action: str, files: int, content: int) -> None:
        """Write that long work on so many files and bytes begins."""

    def ended(self, lines: Sequence[Line], known: Sequence[KnownFile]) -> None:
        """Write what was done, in one transaction."""

    def now(self) -> int:
        """Return microseconds since 1970 UTC."""


class NoJournal:
    """The journal of an agent without a vault: there is nowhere to write."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def begun(self, action: str, files: int, content: int) -> None:
        """Write nothing."""

    def ended(self, lines: Sequence[Line], known: Sequence[KnownFile]) -> None:
        """Write nothing."""

    def now(self) -> int:
        """Return microseconds since 1970 UTC."""
        return self._clock.now()


class FileJournal:
    """The journal of one client of an open vault.

    Args:
        vault: Keeps both.
        recorder: The client's pen.
        clock: Source of time.
    """

    def __init__(self, vault: OpenVault, recorder: Recorder, clock: Clock) -> None:
        self._vault = vault
        self._recorder = recorder
        self._clock = clock

    def begun(self, action: str, files: int, content: int) -> None:
        """Write that long work begins, and wait until it is on the disk."""
        self._recorder.use(action, outcome="begun", files=files, bytes=content)

    def ended(self, lines: Sequence[Line], known: Sequence[KnownFile]) -> None:
        """Write what was done, in one transaction.

        Raises:
            HostError: It could not be written; the files themselves are published.
        """
        latest = {row_of(file.message_id): file for file in known}
        before = {row_id: self._before(row_id) for row_id in latest}
        if not lines and not latest:
            return
        with self._vault.transaction() as transaction:
            for row_id, file in latest.items():
                self._write(transaction, row_id, file, before[row_id])
            for line in lines:
                transaction.record(self._entry(line))

    def now(self) -> int:
        """Return microseconds since 1970 UTC."""
        return self._clock.now()

    def _entry(self, line: Line) -> Entry:
        return structs.replace(
            self._recorder.entry(line.action, line.subject_kind, line.subject, line.outcome),
            count=line.count,
            facts=line.facts,
        )

    def _before(self, row_id: UUID) -> bytes | None:
        try:
            return self._vault.records.get(row_id).description
        except NotFound:
            return None

    @staticmethod
    def _write(transaction: Transaction, row_id: UUID, file: KnownFile, before: bytes | None) -> None:
        if before is None:
            transaction.insert(row_id, KNOWN_FILE, None, encode(file), None)
        else:
            transaction.update(row_id, encode(file, before))


def row_of(message_id: bytes) -> UUID:
    """Return the row of a known file: its message id is random already, so one file has one row wherever it lies."""
    return UUID(bytes=message_id[:16], version=4)
