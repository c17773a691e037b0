"""Small files of a batch: synced together, then published one by one."""

from __future__ import annotations

import os
from collections.abc import Callable, Container
from pathlib import Path

from vaultapp.contracts.files import OnExist
from vaultapp.core.errors import NotAFile, VaultError
from vaultapp.crypto.random import Random
from vaultapp.files.host import host_errors, shown
from vaultapp.files.part_notes import PartNotes
from vaultapp.files.publish import Destination, Identity, NewFile
from vaultapp.files.renames import sync_file_system

# Unnamed files stay open until they are published; the usual limit on descriptors is 1,024.
FILES_PER_SYNC = 256
_FOLDERS_OPEN = 128
# So few are quicker synced one by one, and a busy disk is then not waited for.
_ONE_BY_ONE = 4


class Destinations:
    """The folders that a batch writes to, each opened once.

    Args:
        notes: See :class:`Destination`.
        random: See :class:`Destination`.
    """

    def __init__(self, notes: PartNotes, random: Random) -> None:
        self._notes = notes
        self._random = random
        self._open: dict[bytes, Destination] = {}

    def get(self, path: bytes) -> Destination:
        """Return an open folder."""
        found = self._open.get(path)
        if found is None:
            found = self._open[path] = Destination(path, self._notes, self._random)
        return found

    def below(self, folder: bytes, relative: bytes) -> Destination:
        """Return an open folder below another, made where it is missing.

        Raises:
            NotAFile: A link leads away on the way there; it was not asked for.
        """
        path = os.path.join(folder, relative)
        if path not in self._open:
            if leads_away(folder, relative):
                raise NotAFile(path=shown(path.rstrip(b"/")), kind="link")
            with host_errors(path, writing=True):
                Path(os.fsdecode(path)).mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.get(path)

    @property
    def crowded(self) -> bool:
        """True when so many are open that :meth:`close` should come soon."""
        return len(self._open) >= _FOLDERS_OPEN

    def close(self) -> None:
        """Let go of all."""
        for destination in self._open.values():
            destination.close()
        self._open.clear()


def leads_away(folder: bytes, relative: bytes) -> bool:
    """True when a link is on the way from a folder to a place below it."""
    there = os.path.realpath(os.path.join(folder, relative))
    return there != os.path.normpath(os.path.join(os.path.realpath(folder), relative))


class PendingFile:
    """One written output that waits for its sync.

    Args:
        file: Whole, with its metadata.
        destination: Its folder.
        published: Told its path.
        failed: Told the error instead.
    """

    __slots__ = ("destination", "failed", "file", "published")

    def __init__(
        self,
        file: NewFile,
        destination: Destination,
        published: Callable[[bytes], None],
        failed: Callable[[VaultError], None],
    ) -> None:
        self.file = file
        self.destination = destination
        self.published = published
        self.failed = failed


class PublishingBatch:
    """Collects written outputs, syncs them once, publishes them, syncs the folders.

    Args:
        on_exist: For all.
        inputs: Files that must not be replaced.
    """

    def __init__(self, on_exist: OnExist, inputs: Container[Identity]) -> None:
        self._on_exist = on_exist
        self._inputs = inputs
        self._pending: list[PendingFile] = []

    def add(self, pending: PendingFile) -> None:
        """Take an output; it may be published now or later, and says so itself."""
        self._pending.append(pending)
        if len(self._pending) >= FILES_PER_SYNC:
            self.flush()

    def flush(self) -> None:
        """Publish what waits."""
        pending, self._pending = self._pending, []
        published: list[tuple[PendingFile, bytes]] = []
        try:
            failure = self._synced(pending)
            for one in pending:
                try:
                    if failure is not None:
                        raise failure
                    published.append((one, one.file.publish(self._on_exist, self._inputs)))
                except VaultError as exc:
                    one.failed(exc)
        finally:
            for one in pending:
                one.file.discard()
        try:
            self._sync_folders([one.destination for one, _ in published])
        except VaultError as exc:
            for one, _ in published:
                one.failed(exc)
        else:
            for one, path in published:
                one.published(path)

    def drop(self) -> None:
        """Forget what waits; nothing of it was published."""
        for one in self._pending:
            one.file.discard()
        self._pending.clear()

    def _synced(self, pending: list[PendingFile]) -> VaultError | None:
        try:
            if len(pending) <= _ONE_BY_ONE:
                for one in pending:
                    one.file.sync()
                return None
            for destination in {one.destination.device: one.destination for one in pending}.values():
                with host_errors(destination.path, writing=True):
                    sync_file_system(destination.descriptor)
        except VaultError as exc:
            return exc
        return None

    def _sync_folders(self, destinations: list[Destination]) -> None:
        folders = {id(destination): destination for destination in destinations}
        if len(folders) <= _ONE_BY_ONE:
            for destination in folders.values():
                destination.sync()
            return
        for destination in {destination.device: destination for destination in folders.values()}.values():
            with host_errors(destination.path, writing=True):
                sync_file_system(destination.descriptor)
