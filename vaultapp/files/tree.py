"""Walking a folder without following links, always in the same order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from vaultapp.core.errors import HostError, SourceChanged
from vaultapp.files.host import host_errors, shown
from vaultapp.files.source import Fingerprint, open_subfolder

# Each level holds a descriptor.
DEPTH_LIMIT = 400


class MemberKind(Enum):
    """What a member of a folder is."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Member:
    """One name below a folder.

    Attributes:
        relative: Path below the folder; empty for the folder itself.
        parent: Descriptor of the folder that holds it, valid until the walk goes on.
        name: Its name there.
        path: For messages.
        found: Its stat, not followed.
    """

    kind: MemberKind
    relative: bytes
    parent: int
    name: bytes
    path: bytes
    found: os.stat_result

    @property
    def identity(self) -> tuple[int, int]:
        """Device and inode."""
        return self.found.st_dev, self.found.st_ino


def walk(folder: int, path: bytes, relative: bytes = b"", *, steady: bool = False, depth: int = 0) -> Iterator[Member]:
    """Yield the members of an open folder, each folder before what it holds, names by their bytes.

    A folder's names are read before its first member is yielded, so what is made meanwhile is not met.

    Args:
        folder: Stays open and the caller's.
        path: Of the folder, for messages.
        relative: Put before the members' relative paths.
        steady: A folder whose names change while the walk is in it is an error.
        depth: Folders above.

    Raises:
        SourceChanged: A name went, or ``steady`` was not.
        AccessDenied, HostError: As they say; nothing is skipped silently.
    """
    if depth >= DEPTH_LIMIT:
        raise HostError(reason="too_deep", path=shown(path))
    with host_errors(path):
        before = Fingerprint.of(os.fstat(folder))
        names = sorted(os.fsencode(name) for name in os.listdir(folder))
    for name in names:
        inner_path, inner = os.path.join(path, name), os.path.join(relative, name)
        try:
            found = os.lstat(name, dir_fd=folder)
        except FileNotFoundError:
            raise SourceChanged(path=shown(inner_path)) from None
        except OSError:
            with host_errors(inner_path):
                raise
        member = Member(_kind(found.st_mode), inner, folder, name, inner_path, found)
        yield member
        if member.kind is MemberKind.FOLDER:
            below = open_subfolder(folder, name, inner_path)
            try:
                yield from walk(below, inner_path, inner, steady=steady, depth=depth + 1)
            finally:
                os.close(below)
    if steady and Fingerprint.of(os.fstat(folder)) != before:
        raise SourceChanged(path=shown(path))


@dataclass(frozen=True, slots=True)
class Measure:
    """What a folder holds: regular files, their bytes, and names in all."""

    files: int
    content: int
    names: int


def measure(folder: int, path: bytes) -> Measure:
    """Count the members of a folder.

    Raises:
        SourceChanged, AccessDenied, HostError: As for :func:`walk`.
    """
    files = content = names = 0
    for member in walk(folder, path):
        names += 1
        if member.kind is MemberKind.FILE:
            files += 1
            content += member.found.st_size
    return Measure(files, content, names)


def _kind(mode: int) -> MemberKind:
    if stat.S_ISREG(mode):
        return MemberKind.FILE
    if stat.S_ISDIR(mode):
        return MemberKind.FOLDER
    return MemberKind.LINK if stat.S_ISLNK(mode) else MemberKind.OTHER
