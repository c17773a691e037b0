"""The outcomes of a batch: told as they happen, counted, and written down at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import msgspec
from msgspec.structs import replace

from vaultapp.contracts.files import BatchReport, FileState, FileUpdate
from vaultapp.core.errors import OperationCancelled, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.files.host import shown
from vaultapp.services.descriptions import KnownFile
from vaultapp.services.file_journal import Journal, Line
from vaultapp.services.key_ring import KeyMaterial

PROBLEM_LIMIT = 1000
LEFT_OUT_LIMIT = 1000
# Each of both travels in one frame, and a path may be long.
PROBLEM_BYTES = 4 * 1024 * 1024
LEFT_OUT_BYTES = 1024 * 1024
# Work that is longer than a moment is written down before it begins as well.
LONG_FILES = 64
LONG_BYTES = 64 * 1024 * 1024


@dataclass(slots=True)
class Tally:
    """A folder whose files are worked on one by one: what became of them.

    Attributes:
        done: Files.
        size: Bytes of what was made.
        keys: Names and version numbers of the keys that were used, each once.
        there: What had the name of an output; empty when nothing had.
        failure: The first.
    """

    index: int
    source: bytes
    done: int = 0
    size: int = 0
    removed: int = 0
    unchanged: int = 0
    keys: dict[tuple[str, int], None] = field(default_factory=dict)
    there: bytes = b""
    failure: VaultError | None = None

    def state(self) -> FileState:
        """Return the folder's outcome: what went wrong, or is to be asked, comes before what was done."""
        if self.failure is not None:
            return FileState.FAILED
        return FileState.EXISTS if self.there else FileState.DONE


class Ledger:
    """Keeps the outcomes of one batch.

    Args:
        action: For the activity log, e.g. ``file.seal``.
        sources: How many the request has.
        work: Told each outcome.
        journal: Where the end is written.
    """

    def __init__(self, action: str, sources: Sequence[bytes], work: WorkContext[FileUpdate], journal: Journal) -> None:
        self._action = action
        self._sources = sources
        self._work = work
        self._journal = journal
        self._waiting = set(range(len(sources)))
        self._counts: Counter[FileState] = Counter()
        self._uses: Counter[tuple[str, int, str]] = Counter()
        self._refusals: Counter[str] = Counter()
        self._problems: list[FileUpdate] = []
        self._problem_bytes = 0
        self._known: list[KnownFile] = []
        self._folders: dict[int, Tally] = {}
        self._bytes = 0
        self._unchanged = 0
        self._begun = False

    def begin(self, files: int, content: int) -> None:
        """Write down that long work begins.

        Raises:
            HostError: It could not be written, so the work must not begin.
        """
        if files > LONG_FILES or content > LONG_BYTES:
            self._journal.begun(self._action, files, content)
            self._begun = True

    def running(self, index: int, done: int, total: int, members: int = 0) -> None:
        """Tell how far a source is, unless it has its outcome; the caller sees to it that this is seldom."""
        if index in self._waiting:
            self._work.emit(FileUpdate(index, FileState.RUNNING, self._sources[index], done, total, members))

    def end(self, update: FileUpdate, keys: Sequence[KeyMaterial] = (), message_id: bytes = b"") -> None:
        """Take a source's outcome; ``keys`` are what wrapped or opened it."""
        update = replace(update, keys=tuple(key.name for key in keys), versions=tuple(key.number for key in keys))
        self._waiting.discard(update.index)
        self._count(update, keys, message_id)
        self._work.emit(update)

    def begin_folder(self, index: int, source: bytes) -> Tally:
        """Return the tally of a folder whose files are worked on one by one from now on."""
        tally = self._folders[index] = Tally(index, source)
        return tally

    def member(self, tally: Tally, update: FileUpdate, keys: Sequence[KeyMaterial], message_id: bytes) -> None:
        """Take the outcome of one file of a folder; only what did not go well is told of it."""
        if update.state is FileState.DONE:
            tally.done += 1
            tally.size += update.size
            tally.removed += update.removed
            tally.unchanged += update.unchanged
            tally.keys.update(((key.name, key.number), None) for key in keys)
        elif update.source != tally.source:
            self._work.emit(update)
        if update.state is FileState.EXISTS:
            tally.there = tally.there or update.output
        self._count(update, keys, message_id)

    def end_folder(self, tally: Tally, left_out: Sequence[bytes] = ()) -> None:
        """Tell the outcome of a folder whose files were counted one by one."""
        self._waiting.discard(tally.index)
        failure = tally.failure
        self._work.emit(
            FileUpdate(
                tally.index,
                tally.state(),
                tally.source,
                members=tally.done,
                output=tally.there,
                size=tally.size,
                keys=tuple(name for name, _ in tally.keys),
                versions=tuple(number for _, number in tally.keys),
                code=failure.code if failure else "",
                facts=failure.facts if failure else {},
                removed=0 < tally.done == tally.removed,
                left_out=told_left_out(left_out),
                unchanged=0 < tally.done == tally.unchanged,
            )
        )

    def fail(self, index: int, error: VaultError, source: bytes | None = None, tally: Tally | None = None) -> None:
        """Take an error as the outcome of a source, or of a file of a folder."""
        update = FileUpdate(
            index,
            FileState.FAILED,
            self._sources[index] if source is None else source,
            code=error.code,
            facts=error.facts,
        )
        if tally is None:
            self.end(update)
        else:
            tally.failure = tally.failure or error
            self.member(tally, update, (), b"")

    def cancel(self) -> None:
        """Tell of every source without an outcome that it was cancelled."""
        for index in sorted(self._waiting):
            done = self._folders[index].done if index in self._folders else 0
            update = FileUpdate(index, FileState.CANCELLED, self._sources[index], members=done)
            self._count(update, (), b"")
            self._work.emit(update)
        self._waiting.clear()

    def close(self) -> None:
        """Write the batch down.

        Raises:
            HostError: It could not be written.
        """
        lines: list[Line] = []
        # Of a folder worked on file by file, the folder: what was asked for.
        asked = shown(self._sources[0]) if len(self._sources) == 1 else ""
        single: dict[str, str | int] = {"path": asked} if asked else {}
        for (name, number, key_id), count in self._uses.items():
            facts: dict[str, str | int] = {"version": number, "key": key_id} if name else {}
            kind = "key" if name else "passphrase"
            lines.append(Line(self._action, kind, name, "ok", count, facts | single))
        for code, count in self._refusals.items():
            lines.append(Line(self._action, "file", "", code, count, single))
        cancelled = self._counts[FileState.CANCELLED]
        if self._begun and cancelled:
            # Else the log would tell of a beginning alone.
            lines.append(Line(self._action, "file", "", OperationCancelled.code, cancelled, single))
        self._journal.ended(lines, self._known)

    def report(self) -> BatchReport:
        """Return the batch in numbers."""
        return BatchReport(
            done=self._counts[FileState.DONE],
            failed=self._counts[FileState.FAILED],
            exists=self._counts[FileState.EXISTS],
            skipped=self._counts[FileState.SKIPPED],
            cancelled=self._counts[FileState.CANCELLED],
            bytes_out=self._bytes,
            problems=tuple(self._problems),
            unchanged=self._unchanged,
        )

    def _count(self, update: FileUpdate, keys: Sequence[KeyMaterial], message_id: bytes) -> None:
        self._counts[update.state] += 1
        if update.state is FileState.DONE:
            self._bytes += update.size
            self._unchanged += update.unchanged
            for key in keys:
                self._uses[key.name, key.number, str(key.key_id)] += 1
            if not keys and message_id:
                self._uses["", 0, ""] += 1
            self._remember(update, keys, message_id)
            return
        if update.state is FileState.FAILED:
            self._refusals[update.code] += 1
        if len(self._problems) < PROBLEM_LIMIT:
            self._problem_bytes += len(msgspec.msgpack.encode(update))
            if self._problem_bytes <= PROBLEM_BYTES:
                self._problems.append(update)

    def _remember(self, update: FileUpdate, keys: Sequence[KeyMaterial], message_id: bytes) -> None:
        path = update.output if self._action != "file.open" else update.source
        if keys and path and message_id:
            ids: tuple[UUID, ...] = tuple(key.key_id for key in keys)
            versions = tuple(key.version_id for key in keys)
            self._known.append(KnownFile(path, message_id, ids, versions, self._journal.now()))


def told_left_out(paths: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return as many of the paths that were left out as are told of."""
    told: list[bytes] = []
    room = LEFT_OUT_BYTES
    for path in paths[:LEFT_OUT_LIMIT]:
        room -= len(path)
        if room < 0:
            break
        told.append(path)
    return tuple(told)
