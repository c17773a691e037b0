"""What sealing, opening and re-wrapping a batch have in common."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vaultapp.contracts.files import BatchReport, FileState, FileUpdate, OnExist, Place
from vaultapp.core.clock import Clock
from vaultapp.core.errors import InvalidValue, NotAFile, OperationCancelled, SourceIsTarget, TargetExists, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import Random
from vaultapp.files.batch import Destinations, PendingFile, PublishingBatch
from vaultapp.files.host import host_errors, kind_of, shown
from vaultapp.files.meter import Meter
from vaultapp.files.names import base_name
from vaultapp.files.part_notes import PartNotes
from vaultapp.files.publish import Destination, Identity, NewFile, NewFolder
from vaultapp.files.source import open_folder, path_of
from vaultapp.files.workers import Workers
from vaultapp.services.file_journal import Journal
from vaultapp.services.file_ledger import LEFT_OUT_LIMIT, Ledger, Tally
from vaultapp.services.key_ring import KeyMaterial

# Up to here a file goes through one buffer, and is synced together with others.
SMALL_BYTES = 256 * 1024
# What tells a sealed file.
TELLING_BYTES = 3
_STREAMS = (stat.S_ISFIFO, stat.S_ISSOCK, stat.S_ISCHR)


@dataclass(frozen=True, slots=True)
class FileTools:
    """What all batches of an agent share."""

    notes: PartNotes
    random: Random
    clock: Clock
    workers: Workers


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to work on: a source, or a file of a folder that is worked on file by file.

    Attributes:
        index: Place of the source in the request.
        path: Of the source or file; for a descriptor as the kernel tells it.
        descriptor: The caller's; -1 with a path.
        tally: The folder's, for its files.
    """

    index: int
    path: bytes
    descriptor: int = -1
    tally: Tally | None = None

    def mode(self) -> int:
        """Return what it is, links not followed.

        Raises:
            SourceMissing, AccessDenied, HostError: As they say.
        """
        with host_errors(self.path):
            if self.descriptor >= 0:
                return os.fstat(self.descriptor).st_mode
            return os.lstat(self.path).st_mode


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made of an item.

    Attributes:
        output: Its path; empty for a descriptor.
        size: Bytes of it.
        content: Bytes of plaintext.
        keys: That wrapped it or opened it.
        message_id: Of the message.
    """

    output: bytes
    size: int
    content: int
    keys: Sequence[KeyMaterial]
    message_id: bytes
    members: int = 0
    removed: bool = False
    left_out: Sequence[bytes] = ()
    unchanged: bool = False


class Batch:
    """Goes through the sources of one request; one source's failure is its outcome and no more.

    Args:
        action: For the activity log.
        tools: The agent's.
        sources: The request's.
        on_exist: The request's.
        work: Watches and stops it.
        journal: Where the end is written.
    """

    def __init__(
        self,
        action: str,
        tools: FileTools,
        sources: Sequence[Place],
        on_exist: OnExist,
        work: WorkContext[FileUpdate],
        journal: Journal,
    ) -> None:
        if not sources:
            raise InvalidValue(field="sources", reason="none")
        self.tools = tools
        self.work = work
        self.on_exist = on_exist
        self.items = [_item(index, place, work.descriptors) for index, place in enumerate(sources)]
        self.ledger = Ledger(action, [item.path for item in self.items], work, journal)
        self.meter = Meter(work, tools.clock)
        self.inputs: set[Identity] = set()
        self._destinations = Destinations(tools.notes, tools.random)
        self._publishing = PublishingBatch(on_exist, self.inputs)

    def run(self, work_on: Callable[[Item], None]) -> BatchReport:
        """Work on every source in turn.

        Raises:
            OperationCancelled: After every source without an outcome was told so.
            HostError: What was done could not be written down.
        """
        try:
            try:
                for item in self.items:
                    self.attempt(item, work_on)
                self._publishing.flush()
                self.meter.finish()
            except OperationCancelled:
                self._publishing.drop()
                self.ledger.cancel()
                raise
        finally:
            self._publishing.drop()
            self._destinations.close()
            self.ledger.close()
        return self.ledger.report()

    def attempt(self, item: Item, work_on: Callable[[Item], None]) -> None:
        """Work on one item; an expected failure becomes its outcome."""
        self.meter.advance(0)
        if self._destinations.crowded:
            self._publishing.flush()
            self._destinations.close()
        try:
            work_on(item)
        except OperationCancelled:
            raise
        except VaultError as exc:
            self.fail(item, exc)

    def each(self, item: Item, total: int, members: Callable[[Tally], Sequence[bytes]]) -> None:
        """Work on the files of a folder one by one, and tell its outcome when all are published.

        Args:
            item: The folder.
            total: Bytes in it.
            members: Works on all of them, and returns what was left out.
        """
        tally = Tally(item.index, item.path)
        self.meter.begin(lambda done: self.ledger.running(item.index, done, total, tally.done))
        left_out: Sequence[bytes] = ()
        try:
            left_out = members(tally)
        except OperationCancelled:
            raise
        except VaultError as exc:
            self.ledger.fail(item.index, exc, item.path, tally)
        self._publishing.flush()
        self.ledger.end_folder(tally, left_out)

    def begin(self, item: Item, total: int) -> Callable[[int], None]:
        """Start to tell an item's progress; return what takes the number of members so far.

        A file of a folder adds to the folder's progress.
        """
        members = 0

        def told(done: int) -> None:
            self.ledger.running(item.index, done, total, members)

        def count(number: int) -> None:
            nonlocal members
            members = number

        if item.tally is None:
            self.meter.begin(told)
        return count

    def destination(self, folder: bytes | None, item: Item, below: bytes = b"") -> Destination:
        """Return where an item's output goes: the request's folder, else beside the item.

        Args:
            folder: The request's.
            item: Whose output.
            below: Relative path below the request's folder, made where it is missing.
        """
        if folder is None:
            return self._destinations.get(os.path.dirname(item.path))
        path = os.path.join(folder, below) if below else folder
        if below:
            with host_errors(path, writing=True):
                Path(os.fsdecode(path)).mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._destinations.get(path)

    def in_the_way(self, item: Item, destination: Destination, name: bytes) -> bool:
        """Tell the outcome of an item whose output exists already, before any work; False when there is none yet.

        Raises:
            SourceIsTarget: It would replace an input.
        """
        if self.on_exist is OnExist.KEEP:
            return False
        there = destination.identity_of(name)
        if there is None:
            return False
        if self.on_exist is OnExist.REPLACE:
            if there in self.inputs:
                raise SourceIsTarget(path=shown(destination.path_of(name)))
            return False
        self._exists(item, destination.path_of(name))
        return True

    def publish(self, item: Item, destination: Destination, file: NewFile, outcome: Callable[[bytes], Outcome]) -> None:
        """Sync and publish one large output now."""
        try:
            file.sync()
            path = file.publish(self.on_exist, self.inputs)
        except TargetExists as exc:
            self._refused(item, file.path, exc)
            return
        destination.sync()
        self.done(item, outcome(path))

    def publish_folder(self, item: Item, folder: NewFolder, outcome: Callable[[bytes], Outcome]) -> None:
        """Sync and publish an unpacked folder."""
        try:
            path = folder.publish(self.on_exist, self.inputs)
        except TargetExists as exc:
            self._refused(item, folder.target, exc)
            return
        self.done(item, outcome(path))

    def publish_later(
        self, item: Item, destination: Destination, file: NewFile, outcome: Callable[[bytes], Outcome]
    ) -> None:
        """Publish one small output together with others; from here on it is the batch's."""

        def published(path: bytes) -> None:
            try:
                self.done(item, outcome(path))
            except OperationCancelled:
                raise
            except VaultError as exc:
                self.fail(item, exc)

        def failed(error: VaultError) -> None:
            self._refused(item, file.path, error)

        self._publishing.add(PendingFile(file, destination, published, failed))

    def done(self, item: Item, outcome: Outcome) -> None:
        """Take what was made of an item."""
        update = FileUpdate(
            item.index,
            FileState.DONE,
            item.path,
            done=outcome.content,
            total=outcome.content,
            members=outcome.members,
            output=outcome.output,
            size=outcome.size,
            removed=outcome.removed,
            left_out=tuple(outcome.left_out[:LEFT_OUT_LIMIT]),
            unchanged=outcome.unchanged,
        )
        self._end(item, update, outcome.keys, outcome.message_id)

    def skip(self, item: Item, output: bytes = b"") -> None:
        """Take it that nothing was to be done with an item."""
        self._end(item, FileUpdate(item.index, FileState.SKIPPED, item.path, output=output))

    def fail(self, item: Item, error: VaultError) -> None:
        """Take an error as an item's outcome."""
        self.ledger.fail(item.index, error, item.path, item.tally)

    def _end(self, item: Item, update: FileUpdate, keys: Sequence[KeyMaterial] = (), message_id: bytes = b"") -> None:
        if item.tally is None:
            self.ledger.end(update, keys, message_id)
        else:
            self.ledger.member(item.tally, update, keys, message_id)

    def _refused(self, item: Item, output: bytes, error: VaultError) -> None:
        if isinstance(error, TargetExists) and self.on_exist in (OnExist.SKIP, OnExist.ASK):
            self._exists(item, output)
        else:
            self.fail(item, error)

    def _exists(self, item: Item, output: bytes) -> None:
        if self.on_exist is OnExist.SKIP:
            self.skip(item, output)
        else:
            self._end(item, FileUpdate(item.index, FileState.EXISTS, item.path, output=output))


def is_stream(mode: int) -> bool:
    """True for what can only be read from front to back."""
    return any(test(mode) for test in _STREAMS)


def not_a_file(item: Item, mode: int) -> NotAFile:
    """Return the error for an item that is neither file nor folder."""
    return NotAFile(path=shown(item.path), kind=kind_of(mode))


def output_descriptor(output: Place | None, items: Sequence[Item], work: WorkContext[Any]) -> int:
    """Return the descriptor that takes the one output; -1 when outputs are files.

    Raises:
        InvalidValue: No such descriptor, or more than one source for it.
    """
    if output is None:
        return -1
    if len(items) != 1:
        raise InvalidValue(field="output", reason="one_source")
    return _descriptor(output, work.descriptors, "output")


def identity_of(descriptor: int) -> Identity:
    """Return device and inode of an open file."""
    found = os.fstat(descriptor)
    return found.st_dev, found.st_ino


def note_identity(item: Item, inputs: set[Identity]) -> None:
    """Remember an input, so that no output replaces it; one that cannot be looked at fails on its own later."""
    with suppress(OSError):
        found = os.fstat(item.descriptor) if item.descriptor >= 0 else os.lstat(item.path)
        inputs.add((found.st_dev, found.st_ino))


@contextmanager
def opened_folder(item: Item) -> Iterator[int]:
    """Open an item that is a folder."""
    folder = os.dup(item.descriptor) if item.descriptor >= 0 else open_folder(item.path)
    try:
        yield folder
    finally:
        os.close(folder)


def _item(index: int, place: Place, descriptors: Sequence[int]) -> Item:
    if place.descriptor < 0:
        if not os.path.isabs(place.path) or b"\0" in place.path:
            raise InvalidValue(field="sources", reason="not_absolute")
        # Not normpath: what `..` means behind a link is the system's to say.
        path = place.path.rstrip(b"/") or b"/"
        return Item(index, os.path.realpath(path) if base_name(path) in (b"", b".", b"..") else path)
    descriptor = _descriptor(place, descriptors, "sources")
    return Item(index, path_of(descriptor), descriptor)


def _descriptor(place: Place, descriptors: Sequence[int], field_name: str) -> int:
    if not 0 <= place.descriptor < len(descriptors):
        raise InvalidValue(field=field_name, reason="descriptor")
    return descriptors[place.descriptor]
