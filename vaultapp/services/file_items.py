"""What a batch works on: its sources, and the files of folders that are worked on file by file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from vaultapp.contracts.files import Place
from vaultapp.core.errors import InvalidValue, NotAFile
from vaultapp.core.work import WorkContext
from vaultapp.files.host import host_errors, kind_of, shown
from vaultapp.files.names import base_name
from vaultapp.files.publish import Identity
from vaultapp.files.source import SourceFile, adopt_file, open_file, open_folder, path_of
from vaultapp.services.file_ledger import Tally

_STREAMS = (stat.S_ISFIFO, stat.S_ISSOCK, stat.S_ISCHR)


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


def item_of(index: int, place: Place, descriptors: Sequence[int]) -> Item:
    """Return the item of a request's source.

    Raises:
        InvalidValue: The path is not absolute, or there is no such descriptor.
    """
    if (place.descriptor < 0 or place.path) and (not os.path.isabs(place.path) or b"\0" in place.path):
        raise InvalidValue(field="sources", reason="not_absolute")
    if place.descriptor < 0:
        # Not normpath: what `..` means behind a link is the system's to say.
        path = place.path.rstrip(b"/") or b"/"
        return Item(index, os.path.realpath(path) if base_name(path) in (b"", b".", b"..") else path)
    descriptor = _descriptor(place, descriptors, "sources")
    return Item(index, place.path or path_of(descriptor), descriptor)


def opened_file(item: Item) -> SourceFile:
    """Open an item that is a regular file."""
    return adopt_file(item.descriptor) if item.descriptor >= 0 else open_file(item.path)


@contextmanager
def opened_folder(item: Item) -> Iterator[int]:
    """Open an item that is a folder."""
    folder = os.dup(item.descriptor) if item.descriptor >= 0 else open_folder(item.path)
    try:
        yield folder
    finally:
        os.close(folder)


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


def _descriptor(place: Place, descriptors: Sequence[int], field_name: str) -> int:
    if not 0 <= place.descriptor < len(descriptors):
        raise InvalidValue(field=field_name, reason="descriptor")
    return descriptors[place.descriptor]
