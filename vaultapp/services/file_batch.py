"""What sealing, opening and re-wrapping a batch have in common."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vaultapp.contracts.files import BatchReport, FileState, FileUpdate, OnExist, Place
from vaultapp.core.clock import Clock
from vaultapp.core.errors import InvalidValue, OperationCancelled, SourceIsTarget, TargetExists, VaultError
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import Random
from vaultapp.files.batch import Destinations, PendingFile, PublishingBatch
from vaultapp.files.host import shown
from vaultapp.files.meter import Meter
from vaultapp.files.part_notes import PartNotes
from vaultapp.files.publish import Destination, Identity, NewFile, NewFolder
from vaultapp.files.workers import Workers
from vaultapp.services.file_items import Item, item_of
from vaultapp.services.file_journal import Journal
from vaultapp.services.file_ledger import Ledger, Tally, told_left_out
from vaultapp.services.key_ring import KeyMaterial

# Up to here a file goes through one buffer, and is synced together with others.
SMALL_BYTES = 256 * 1024
# What tells a sealed file.
TELLING_BYTES = 3


@dataclass(frozen=True, slots=True)
class FileTools:
    """What all batches of an agent share."""

    notes: PartNotes
    random: Random
    clock: Clock
    workers: Workers


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
        self.items = [item_of(index, place, work.descriptors) for index, place in enumerate(sources)]
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

    def folder(self, item: Item, total: int, members: Callable[[Tally], Sequence[bytes]]) -> None:
        """Work on a folder file by file, and tell its outcome when all are published.

        Args:
            item: The folder.
            total: Bytes in it.
            members: Works on all of them, and returns what was left out.
        """
        tally = self.ledger.begin_folder(item.index, item.path)
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
        return self._destinations.below(folder, below) if below else self._destinations.get(folder)

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
        self.exists(item, destination.path_of(name))
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
            left_out=told_left_out(outcome.left_out),
            unchanged=outcome.unchanged,
        )
        self._end(item, update, outcome.keys, outcome.message_id)

    def skip(self, item: Item, output: bytes = b"") -> None:
        """Take it that nothing was to be done with an item."""
        self._end(item, FileUpdate(item.index, FileState.SKIPPED, item.path, output=output))

    def exists(self, item: Item, output: bytes) -> None:
        """Take it that an item's output exists already, and stays."""
        if self.on_exist is OnExist.SKIP:
            self.skip(item, output)
        else:
            self._end(item, FileUpdate(item.index, FileState.EXISTS, item.path, output=output))

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
            self.exists(item, output)
        else:
            self.fail(item, error)
