"""A folder as one POSIX pax archive, written in order.

The same folder always gives the same bytes: members depth first with names by their bytes, owners cleared.
"""

from __future__ import annotations

import os
import stat
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from vaultapp.core.errors import SourceChanged
from vaultapp.files.host import host_errors, shown
from vaultapp.files.source import Fingerprint, open_member
from vaultapp.files.streams import Writer
from vaultapp.files.tree import Member, MemberKind, walk

BLOCK = 512
_RECORD = 20 * BLOCK
_PERMISSIONS = 0o777
_NANOS = 10**9
# As path_resolution(7) has it.
_LINK_LIMIT = 40


class Content(Writer, Protocol):
    """Takes the archive; file contents are read straight into its buffer."""

    def room(self) -> memoryview:
        """Return where the next bytes go; never empty."""

    def added(self, count: int) -> None:
        """Say how many bytes were put there."""


@dataclass(slots=True)
class Packed:
    """What went into an archive.

    Attributes:
        members: Regular files.
        size: Bytes of the archive.
        left_out: Relative paths of links that lead out, devices, sockets and pipes.
        fingerprints: Of every member by relative path, where asked for.
    """

    members: int = 0
    size: int = 0
    left_out: list[bytes] = field(default_factory=list)
    fingerprints: dict[bytes, Fingerprint] = field(default_factory=dict)


class Packer:
    """Writes one folder into an archive with one top folder.

    Args:
        folder: Open; the caller's.
        path: Of the folder, for messages.
        top: The folder's name in the archive.
        out: Takes the archive.
        remember: Keep fingerprints, for removing the originals.
    """

    def __init__(self, folder: int, path: bytes, top: bytes, out: Content, *, remember: bool = False) -> None:
        self._folder = folder
        self._path = path
        self._top = top
        self._out = out
        self._remember = remember
        self._root = os.path.realpath(b"/proc/self/fd/%d" % folder)
        self.packed = Packed()

    def pack(self, told: Callable[[int], None]) -> Packed:
        """Write the whole archive.

        Args:
            told: Called with the number of files after each.

        Raises:
            SourceChanged: The folder or a file in it changed meanwhile.
            AccessDenied, HostError, OperationCancelled: As they say.
        """
        with host_errors(self._path):
            found = os.fstat(self._folder)
        self._head(b"", found, tarfile.DIRTYPE)
        for member in walk(self._folder, self._path, steady=True):
            match member.kind:
                case MemberKind.FILE:
                    self._file(member)
                    told(self.packed.members)
                case MemberKind.FOLDER:
                    self._head(member.relative, member.found, tarfile.DIRTYPE)
                case MemberKind.LINK:
                    self._link(member)
                case MemberKind.OTHER:
                    self.packed.left_out.append(member.relative)
            if self._remember and member.kind is not MemberKind.OTHER:
                self.packed.fingerprints[member.relative] = Fingerprint.of(member.found)
        end = 2 * BLOCK
        self._write(bytes(end + -(self.packed.size + end) % _RECORD))
        return self.packed

    def _file(self, member: Member) -> None:
        with open_member(member.parent, member.name, member.path) as source:
            if source.fingerprint != Fingerprint.of(member.found):
                raise SourceChanged(path=shown(member.path))
            self._head(member.relative, member.found, tarfile.REGTYPE, source.size)
            at, size = 0, source.size
            while at < size:
                room = self._out.room()[: size - at]
                source.read([room], at)
                self._out.added(len(room))
                at += len(room)
            source.check_unchanged()
        self.packed.size += size
        self._write(bytes(-size % BLOCK))
        self.packed.members += 1

    def _link(self, member: Member) -> None:
        with host_errors(member.path):
            target = os.readlink(member.name, dir_fd=member.parent)
        if stays_inside(self._root, member.relative, target):
            self._head(member.relative, member.found, tarfile.SYMTYPE, target=target)
        else:
            self.packed.left_out.append(member.relative)

    def _head(self, relative: bytes, found: os.stat_result, kind: bytes, size: int = 0, target: bytes = b"") -> None:
        name = os.path.join(self._top, relative) if relative else self._top
        info = tarfile.TarInfo(_text(name))
        info.type = kind
        info.size = size
        info.mode = stat.S_IMODE(found.st_mode) & _PERMISSIONS
        info.linkname = _text(target)
        info.mtime, nanos = divmod(found.st_mtime_ns, _NANOS)
        if nanos:
            info.pax_headers = {"mtime": _decimal(found.st_mtime_ns)}
        # Names that are not UTF-8 get hdrcharset=BINARY, as POSIX pax asks.
        self._write(info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape"))

    def _write(self, data: bytes) -> None:
        self.packed.size += len(data)
        self._out.write(data)


def stays_inside(root: bytes, relative: bytes, target: bytes) -> bool:
    """True when a link at a relative path leads to a place below the root, by name and with links resolved.

    Args:
        root: Absolute, without links.
        relative: Path of the link below it.
        target: What the link holds.
    """
    if not target or target.startswith(b"/"):
        return False
    folder = os.path.dirname(relative)
    named = os.path.normpath(os.path.join(folder, target))
    if named == b".." or named.startswith(b"../"):
        return False
    real = _resolved(os.path.join(root, folder, target))
    return real is not None and (real == root or real.startswith(root.rstrip(b"/") + b"/"))


def _resolved(path: bytes) -> bytes | None:
    """Resolve links, also of a path that is not there; None where a part cannot be looked at.

    Not realpath: to it what cannot be looked at is no link, and paths can be too long for the system.
    """
    left, found, links = path.split(b"/")[::-1], b"/", 0
    while left:
        part = left.pop()
        if part in (b"", b"."):
            continue
        if part == b"..":
            found = os.path.dirname(found)
            continue
        inner = os.path.join(found, part)
        try:
            target = os.readlink(inner) if stat.S_ISLNK(os.lstat(inner).st_mode) else None
        except (FileNotFoundError, NotADirectoryError):
            target = None
        except OSError:
            return None
        if target is None:
            found = inner
            continue
        links += 1
        if links > _LINK_LIMIT:
            # The system goes no further either: it leads nowhere.
            return inner
        if target.startswith(b"/"):
            found = b"/"
        left += target.split(b"/")[::-1]
    return found


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _decimal(nanos: int) -> str:
    sign = "-" if nanos < 0 else ""
    seconds, rest = divmod(abs(nanos), _NANOS)
    return f"{sign}{seconds}.{rest:09d}"
