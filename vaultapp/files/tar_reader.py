"""Reading an archive that may be hostile, in order and with caps before anything is kept.

The standard library reads a pax header of any size into memory, and Python 3.11.2 has no filter for names.

Source:
    POSIX.1-2017 pax(1), "ustar Interchange Format" and "pax Header Block"; GNU tar for long names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from vaultapp.core.errors import ArchiveRefused, Damaged
from vaultapp.files.host import shown
from vaultapp.files.meter import Meter

BLOCK = 512
_EXTENSION_LIMIT = 1024 * 1024
_NANOS = 10**9
_NUMBER_LIMIT = 1 << 63
_CHECKSUM = slice(148, 156)
# Of a pax header nothing else is kept: there can be any number of them.
_USED = frozenset((b"path", b"linkpath", b"size", b"mtime"))


class EntryKind(Enum):
    """What an archive holds that we take."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"


_KINDS = {
    b"0": EntryKind.FILE,
    b"\0": EntryKind.FILE,
    b"7": EntryKind.FILE,
    b"5": EntryKind.FOLDER,
    b"2": EntryKind.LINK,
}


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """One member: its name in parts, none of which leaves the folder."""

    kind: EntryKind
    parts: tuple[bytes, ...]
    size: int
    mode: int
    mtime_ns: int
    target: bytes


class ContentPull:
    """Gives the bytes of verified frames in pieces of any size.

    Args:
        frames: Yield plaintext, valid until the next one is asked for.
        meter: Advanced by each frame.
    """

    def __init__(self, frames: Iterator[memoryview], meter: Meter) -> None:
        self._frames = frames
        self._meter = meter
        self._rest = memoryview(b"")

    def some(self, most: int) -> memoryview:
        """Return up to so many bytes; none is the end."""
        while not len(self._rest):
            frame = next(self._frames, None)
            if frame is None:
                return self._rest
            self._meter.advance(len(frame))
            self._rest = frame
        taken, self._rest = self._rest[:most], self._rest[most:]
        return taken

    def exactly(self, count: int) -> bytes:
        """Return so many bytes, copied.

        Raises:
            Damaged: There are fewer.
        """
        out = bytearray()
        while len(out) < count:
            piece = self.some(count - len(out))
            if not len(piece):
                raise Damaged(reason="archive")
            out += piece
        return bytes(out)

    def skip(self, count: int) -> None:
        """Pass over so many bytes."""
        while count:
            piece = self.some(count)
            if not len(piece):
                raise Damaged(reason="archive")
            count -= len(piece)

    def drain(self) -> None:
        """Read to the end, which verifies it."""
        while len(self.some(1 << 30)):
            pass


def entries(pull: ContentPull) -> Iterator[ArchiveEntry]:
    """Yield the members; between two, the caller takes exactly the file's bytes, not its padding.

    Raises:
        Damaged: Not an archive, or cut short.
        ArchiveRefused: A name that leaves the folder, or a member of a kind that is not taken.
        AuthenticationFailed: A frame is not genuine.
    """
    shared: dict[bytes, bytes] = {}
    own: dict[bytes, bytes] = {}
    while True:
        block = pull.exactly(BLOCK)
        if not any(block):
            pull.drain()
            return
        _check_sum(block)
        flag, size = block[156:157], _number(block[124:136])
        if flag in (b"x", b"g", b"L", b"K"):
            if size > _EXTENSION_LIMIT:
                raise ArchiveRefused(name=shown(_text(block[:100])))
            data = pull.exactly(size)
            pull.skip(-size % BLOCK)
            if flag == b"g":
                shared |= _pairs(data)
            elif flag == b"x":
                own |= _pairs(data)
            else:
                own[b"path" if flag == b"L" else b"linkpath"] = _text(data)
            continue
        entry = _entry(block, flag, shared | own)
        own = {}
        yield entry
        pull.skip(-entry.size % BLOCK)


def _entry(block: bytes, flag: bytes, pairs: dict[bytes, bytes]) -> ArchiveEntry:
    name = pairs.get(b"path")
    if name is None:
        name, prefix = _text(block[:100]), _text(block[345:500])
        if prefix and block[257:263] == b"ustar\0":
            name = prefix + b"/" + name
    kind = _KINDS.get(flag)
    if kind is EntryKind.FILE and name.endswith(b"/"):
        kind = EntryKind.FOLDER
    parts = tuple(name.removesuffix(b"/").split(b"/"))
    if kind is None or any(part in (b"", b".", b"..") or b"\0" in part for part in parts):
        raise ArchiveRefused(name=shown(name))
    size = _digits(pairs[b"size"]) if b"size" in pairs else _number(block[124:136])
    mtime = _nanos(pairs[b"mtime"]) if b"mtime" in pairs else _number(block[136:148]) * _NANOS
    return ArchiveEntry(
        kind,
        parts,
        size if kind is EntryKind.FILE else 0,
        _number(block[100:108]) & 0o777,
        mtime,
        pairs.get(b"linkpath", _text(block[157:257])),
    )


def _check_sum(block: bytes) -> None:
    if _number(block[_CHECKSUM]) != sum(block) - sum(block[_CHECKSUM]) + 8 * ord(" "):
        raise Damaged(reason="archive")


def _number(field: bytes) -> int:
    """Read octal digits, or GNU's binary form."""
    if field[0] == 0x80:
        number = int.from_bytes(field[1:], "big")
    elif field[0] == 0xFF:
        number = int.from_bytes(field, "big", signed=True)
    else:
        digits = field.rstrip(b"\0 ").lstrip(b" ")
        if digits.strip(b"01234567"):
            raise Damaged(reason="archive")
        number = int(digits or b"0", 8)
    if not -_NUMBER_LIMIT < number < _NUMBER_LIMIT:
        raise Damaged(reason="archive")
    return number


def _digits(text: bytes) -> int:
    if not text.isdigit() or len(text) > 19 or int(text) >= _NUMBER_LIMIT:
        raise Damaged(reason="archive")
    return int(text)


def _nanos(text: bytes) -> int:
    """Read seconds with a fraction, without the rounding of floats."""
    sign = -1 if text.startswith(b"-") else 1
    seconds, _, fraction = text.removeprefix(b"-").partition(b".")
    return sign * (_digits(seconds or b"0") * _NANOS + _digits(fraction[:9].ljust(9, b"0")))


def _pairs(data: bytes) -> dict[bytes, bytes]:
    """Read pax records: length, space, name=value, line feed; the length counts itself."""
    pairs: dict[bytes, bytes] = {}
    at = 0
    while at < len(data):
        space = data.find(b" ", at, at + 10)
        length = _digits(data[at:space]) if space > at else 0
        record = data[space + 1 : at + length]
        name, mark, value = record[:-1].partition(b"=")
        if length < 1 or at + length > len(data) or not record.endswith(b"\n") or not mark:
            raise Damaged(reason="archive")
        if name in _USED:
            pairs[name] = value
        at += length
    return pairs


def _text(field: bytes) -> bytes:
    return field.split(b"\0", 1)[0]
