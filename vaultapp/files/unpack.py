"""Unpacking an archive into a folder that nobody else sees yet."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from vaultapp.core.errors import ArchiveRefused, Damaged, OutOfBounds, TargetExists
from vaultapp.files.archive import stays_inside
from vaultapp.files.host import host_errors, shown
from vaultapp.files.publish import give_metadata
from vaultapp.files.streams import FileWriter
from vaultapp.files.tar_reader import ArchiveEntry, ContentPull, EntryKind, entries
from vaultapp.files.tree import DEPTH_LIMIT

_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW
# What a link can hold: PATH_MAX of linux/limits.h without its end.
_TARGET_LIMIT = 4095
LINKS_LIMIT = 32 * 1024 * 1024
"""Bytes of names and targets of links, which are kept until all else is unpacked: some 300,000 usual ones."""
LEFT_OUT_LIMIT = 1000

Parts = tuple[bytes, ...]


@dataclass(slots=True)
class Unpacked:
    """What came out: regular files, their bytes, and links that were not made because they lead out.

    At most 1,000 of those are named.
    """

    members: int = 0
    size: int = 0
    left_out: list[bytes] = field(default_factory=list)


class Unpacker:
    """Fills one folder from an archive with one top folder, which it becomes.

    Every name is opened part by part below the folder, never through a link: links are made last, and kept
    only where they stay inside.

    Args:
        folder: Open, empty and private; the caller's.
        path: Of the folder.
    """

    def __init__(self, folder: int, path: bytes) -> None:
        self._folder = folder
        self._path = path
        self._folders: dict[Parts, tuple[int, int] | None] = {(): None}
        self._links = _Links()
        self._at: Parts | None = None
        self._at_descriptor = -1
        self.unpacked = Unpacked()

    def unpack(self, pull: ContentPull, told: Callable[[int], None]) -> Unpacked:
        """Unpack everything.

        Args:
            pull: Gives the archive.
            told: Called with the number of files after each.

        Raises:
            ArchiveRefused: A name leaves the folder or comes twice, there is no single top folder, or a member
                is neither file, folder nor link.
            OutOfBounds: There are far too many links.
            Damaged, AuthenticationFailed, SpaceMissing, HostError, OperationCancelled: As they say.
        """
        top: bytes | None = None
        try:
            for entry in entries(pull):
                top = entry.parts[0] if top is None else top
                if entry.parts[0] != top or len(entry.parts) > DEPTH_LIMIT:
                    raise ArchiveRefused(name=shown(b"/".join(entry.parts)))
                self._take(entry, entry.parts[1:], pull)
                told(self.unpacked.members)
            if top is None:
                raise Damaged(reason="archive")
            self._make_links()
            self._finish_folders()
        finally:
            self._leave()
        return self.unpacked

    def _take(self, entry: ArchiveEntry, parts: Parts, pull: ContentPull) -> None:
        if entry.kind is EntryKind.FOLDER:
            if parts:
                self._make(parts)
            self._folders[parts] = entry.mode, entry.mtime_ns
        elif not parts:
            raise ArchiveRefused(name=shown(b"/".join(entry.parts)))
        elif entry.kind is EntryKind.LINK:
            self._links.add(parts, entry)
        else:
            self._file(parts, entry, pull)

    def _file(self, parts: Parts, entry: ArchiveEntry, pull: ContentPull) -> None:
        path = os.path.join(self._path, *parts)
        parent = self._enter(parts[:-1])
        with self._once(parts), host_errors(path, writing=True):
            descriptor = os.open(parts[-1], _NEW, 0o600, dir_fd=parent)
        try:
            out, left = FileWriter(descriptor, path), entry.size
            while left:
                piece = pull.some(left)
                if not len(piece):
                    raise Damaged(reason="archive")
                out.write(piece)
                left -= len(piece)
            give_metadata(descriptor, entry.mode, entry.mtime_ns, entry.mtime_ns)
        finally:
            os.close(descriptor)
        self.unpacked.members += 1
        self.unpacked.size += entry.size

    def _make_links(self) -> None:
        """Make all links, then take away those that lead out: where one leads may depend on another."""
        for link in self._links:
            parent = self._enter(link.parts[:-1])
            path = os.path.join(self._path, *link.parts)
            with self._once(link.parts), host_errors(path, writing=True):
                os.symlink(link.target, link.parts[-1], dir_fd=parent)
                times = link.mtime_ns, link.mtime_ns
                os.utime(link.parts[-1], ns=times, dir_fd=parent, follow_symlinks=False)
        root = os.path.realpath(b"/proc/self/fd/%d" % self._folder)
        leading_out = array("Q", (link.at for link in self._links if not self._stays(root, link.parts)))
        for at in leading_out:
            parts = self._links.at(at).parts
            os.unlink(parts[-1], dir_fd=self._enter(parts[:-1]))
            if len(self.unpacked.left_out) < LEFT_OUT_LIMIT:
                self.unpacked.left_out.append(b"/".join(parts))

    def _stays(self, root: bytes, parts: Parts) -> bool:
        target = os.readlink(parts[-1], dir_fd=self._enter(parts[:-1]))
        return stays_inside(root, b"/".join(parts), target)

    @contextmanager
    def _once(self, parts: Parts) -> Iterator[None]:
        """A name that comes twice is no archive of ours."""
        try:
            yield
        except TargetExists:
            raise ArchiveRefused(name=shown(b"/".join(parts))) from None

    def _finish_folders(self) -> None:
        """Give folders their permissions and times, the deepest first, when nothing is written to them any more."""
        self._leave()
        for parts in sorted(self._folders, key=len, reverse=True):
            kept = self._folders[parts]
            if kept is None:
                continue
            mode, mtime_ns = kept
            descriptor = os.dup(self._enter(parts))
            self._leave()
            give_metadata(descriptor, mode, mtime_ns, mtime_ns)
            os.close(descriptor)

    def _make(self, parts: Parts) -> None:
        if parts in self._folders:
            return
        parent = self._enter(parts[:-1])
        with self._once(parts), host_errors(os.path.join(self._path, *parts), writing=True):
            os.mkdir(parts[-1], 0o700, dir_fd=parent)
        self._folders[parts] = None

    def _enter(self, parts: Parts) -> int:
        """Return a descriptor of a folder in it, made if need be; valid until the next call."""
        if parts == self._at:
            return self._at_descriptor
        if parts not in self._folders:
            self._make(parts)
        self._leave()
        descriptor = os.dup(self._folder)
        for part in parts:
            with host_errors(os.path.join(self._path, *parts), writing=True):
                try:
                    inner = os.open(part, _FOLDER, dir_fd=descriptor)
                finally:
                    os.close(descriptor)
            descriptor = inner
        self._at, self._at_descriptor = parts, descriptor
        return descriptor

    def _leave(self) -> None:
        if self._at is not None:
            os.close(self._at_descriptor)
            self._at = None


@dataclass(frozen=True, slots=True)
class _Link:
    at: int
    parts: Parts
    target: bytes
    mtime_ns: int


class _Links:
    """Links that are made later, one behind the other in one buffer: an archive may hold any number of them."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def add(self, parts: Parts, entry: ArchiveEntry) -> None:
        relative = b"/".join(parts)
        if len(entry.target) > _TARGET_LIMIT:
            raise Damaged(reason="archive")
        if b"\0" in entry.target or not entry.target:
            raise ArchiveRefused(name=shown(relative))
        taken = len(self._kept) + len(relative) + len(entry.target)
        if taken > LINKS_LIMIT:
            raise OutOfBounds(field="links", value=taken, limit=LINKS_LIMIT)
        self._kept += b"%s\0%s\0%d\0" % (relative, entry.target, entry.mtime_ns)

    def at(self, at: int) -> _Link:
        return self._read(at)[0]

    def __iter__(self) -> Iterator[_Link]:
        at = 0
        while at < len(self._kept):
            link, at = self._read(at)
            yield link

    def _read(self, at: int) -> tuple[_Link, int]:
        fields, end = [], at
        for _ in range(3):
            begin, end = end, self._kept.index(0, end) + 1
            fields.append(bytes(self._kept[begin : end - 1]))
        relative, target, mtime = fields
        return _Link(at, tuple(relative.split(b"/")), target, int(mtime)), end
