"""Sealed files: what is asked, what was done, what a file says of itself.

Paths are bytes (names need not be UTF-8) and absolute: the client makes them so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from vaultapp.core.work import WorkContext

FRAME_LENGTH = 256 * 1024
_PIECE_BYTES = 512 * 1024
_PATH_OVERHEAD = 5


class OnExist(StrEnum):
    """What to do when the output's name is taken."""

    KEEP = "keep"
    REPLACE = "replace"
    SKIP = "skip"
    ASK = "ask"


class Folders(StrEnum):
    """What a folder becomes."""

    ARCHIVE = "archive"
    EACH = "each"


class Place(Struct, frozen=True):
    """A path, or a descriptor that the caller passed along.

    Attributes:
        path: Absolute path. With a descriptor it is not opened, but says where the output goes and what it is named
            after; empty for a descriptor without such a name.
        descriptor: Place in the call's list of descriptors; -1 with a path.
    """

    path: bytes = b""
    descriptor: int = -1


class SealRequest(Struct, frozen=True):
    """Seal these sources for these recipients.

    Attributes:
        sources: Files, folders, or one descriptor.
        keys: Vault keys by name, alias or id; at most 15.
        passphrases: Recipients without a vault, UTF-8; with keys or alone.
        context: Goes in clear and is authenticated.
        folder: Where outputs go; None beside each source.
        output: A descriptor that takes the one output (standard output).
        folders: What a folder becomes.
        on_exist: What to do when the output's name is taken.
        remove_originals: After durable publishing and a verifying read only.
        frame_length: Bytes of plaintext a frame, 1 … 64 MiB.
    """

    sources: tuple[Place, ...]
    keys: tuple[str, ...] = ()
    passphrases: tuple[bytearray, ...] = ()
    context: dict[str, str] = {}
    folder: bytes | None = None
    output: Place | None = None
    folders: Folders = Folders.ARCHIVE
    on_exist: OnExist = OnExist.KEEP
    remove_originals: bool = False
    frame_length: int = FRAME_LENGTH

    def __repr__(self) -> str:
        """Show no passphrase."""
        return f"SealRequest({len(self.sources)} sources)"


class OpenRequest(Struct, frozen=True):
    """Open these sealed files.

    Attributes:
        sources: Sealed files, folders of them, or one descriptor.
        passphrases: Tried on passphrase recipients, UTF-8.
        context: Pairs that the file's context must hold.
        folder: Where outputs go; None beside each source.
        output: A descriptor that takes the one output (standard output).
        unpack: Unpack sealed folders; else leave the tar.
        on_exist: What to do when the output's name is taken.
    """

    sources: tuple[Place, ...]
    passphrases: tuple[bytearray, ...] = ()
    context: dict[str, str] = {}
    folder: bytes | None = None
    output: Place | None = None
    unpack: bool = True
    on_exist: OnExist = OnExist.KEEP

    def __repr__(self) -> str:
        """Show no passphrase."""
        return f"OpenRequest({len(self.sources)} sources)"


class RewrapRequest(Struct, frozen=True):
    """Wrap the data keys of these files anew, to the newest versions; the content is not re-encrypted.

    Attributes:
        sources: Sealed files or folders of them.
        keys: Empty: the primary versions of the keys that the file has now; else exactly these keys.
        more_keys: These open it as well.
        passphrases: Tried on passphrase recipients.
        new_passphrases: Become recipients; present passphrase recipients stay only if ``keep_passphrases``.
    """

    sources: tuple[Place, ...]
    keys: tuple[str, ...] = ()
    passphrases: tuple[bytearray, ...] = ()
    new_passphrases: tuple[bytearray, ...] = ()
    keep_passphrases: bool = True
    more_keys: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Show no passphrase."""
        return f"RewrapRequest({len(self.sources)} sources)"


class FileState(StrEnum):
    """Where one source of a batch stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    EXISTS = "exists"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class FileUpdate(Struct, frozen=True):
    """News of one source of a batch; the last one of each source is its outcome.

    Of a folder worked on file by file, files that did not go well are told of before, each with its own path.

    Attributes:
        index: Place of the source in the request.
        source: Its path, or that of a file in it.
        done: Bytes read so far.
        total: Bytes in all; 0 when not known.
        members: Files of a folder worked on so far. In an outcome that is not DONE, those that are done for good: they
            were published one by one, and stay.
        output: What was published, or what is in the way (EXISTS).
        size: Bytes published.
        keys: Names of the keys that were used.
        versions: Their version numbers, in the same order; 0 where not known.
        code: Error code (FAILED), with its facts.
        removed: The original was removed after a verifying read.
        left_out: Members of a folder that were not taken: links out of it, devices, sockets.
        unchanged: Nothing needed doing (re-wrap of a file that is up to date).
    """

    index: int
    state: FileState
    source: bytes = b""
    done: int = 0
    total: int = 0
    members: int = 0
    output: bytes = b""
    size: int = 0
    keys: tuple[str, ...] = ()
    versions: tuple[int, ...] = ()
    code: str = ""
    facts: dict[str, str | int] = {}
    removed: bool = False
    left_out: tuple[bytes, ...] = ()
    unchanged: bool = False


class BatchReport(Struct, frozen=True):
    """A batch in numbers, and what did not go well (at most 1,000 of them).

    Attributes:
        unchanged: How many of the done ones needed nothing.
    """

    done: int
    failed: int
    exists: int
    skipped: int
    cancelled: int
    bytes_out: int
    problems: tuple[FileUpdate, ...] = ()
    unchanged: int = 0


class Recipient(Struct, frozen=True):
    """One way to open a sealed file, as its header names it.

    Attributes:
        kind: ``key``, ``kms`` (the same key for the official SDK's KMS keyring), ``passphrase``, ``other``.
        provider: Provider id of the header.
        name: The key's name when it is known here, else empty.
        key: Key id as text, or the provider's key name cut to 64 characters.
        version: 16 hex digits, or empty.
        number: The version's number when it is known here, else 0.
        here: This vault can open it.
    """

    kind: str
    provider: str
    key: str = ""
    name: str = ""
    version: str = ""
    number: int = 0
    here: bool = False


class FileDescription(Struct, frozen=True):
    """What a sealed file says of itself; nothing here is verified but its shape."""

    source: bytes
    size: int
    format: str
    suite: str
    message_id: bytes
    context: dict[str, str]
    recipients: tuple[Recipient, ...]
    frame_length: int
    header_length: int
    frames: int
    content_length: int
    signed: bool
    complete: bool
    folder: bool


class DropVerb(StrEnum):
    """What would be done with a path."""

    SEAL = "seal"
    OPEN = "open"
    REFUSE = "refuse"


HEADER_DAMAGED = "header_damaged"
"""Reason of what is named like a sealed file and does not begin like one: whoever is about to seal it asks first."""


class DropItem(Struct, frozen=True):
    """One path that hovers or was dropped.

    Attributes:
        size: -1 for a folder that was not walked.
        reason: Why it is refused: an error code, or the kind of thing that it is. With ``SEAL``: why to ask first.
    """

    path: bytes
    verb: DropVerb
    size: int
    folder: bool
    reason: str = ""


class WaitingFiles(Struct, frozen=True, tag=True):
    """Event, and the answer to ``take_waiting``: files handed over by another start of the app, or kept by the window.

    Attributes:
        paths: All that wait.
        again: The window itself put them there; nobody asks to see it.
    """

    paths: tuple[bytes, ...]
    again: bool = False


class FilesWait(Struct, frozen=True, tag=True):
    """Event for a locked window of an open vault, which is told how many files wait but not which.

    Attributes:
        number: All that wait.
        again: As for WaitingFiles.
    """

    number: int
    again: bool = False


def in_pieces(paths: Sequence[bytes]) -> Iterator[tuple[bytes, ...]]:
    """Give paths in pieces that fit the frame of a client that gave no passphrase, for :meth:`FilesApi.hand_over`."""
    piece: list[bytes] = []
    size = 0
    for path in paths:
        if piece and size + len(path) > _PIECE_BYTES:
            yield tuple(piece)
            piece, size = [], 0
        piece.append(path)
        size += len(path) + _PATH_OVERHEAD
    if piece:
        yield tuple(piece)


class FilesApi(Protocol):
    """Seal, open, look at and re-wrap files.

    A batch never stops at one source's failure: each source ends in a FileUpdate, given to the work
    context as it happens. Only what concerns the whole batch is raised (no such key, cancelled).
    """

    def look(self, paths: tuple[bytes, ...]) -> tuple[DropItem, ...]:
        """Tell by content what would be done with each path; at most 20,000 of them and 4 MiB a call."""

    def seal(self, request: SealRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        """Seal every source."""

    def open(self, request: OpenRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        """Open every sealed source."""

    def rewrap(self, request: RewrapRequest, work: WorkContext[FileUpdate]) -> BatchReport:
        """Wrap the data keys anew."""

    def inspect(self, source: Place, work: WorkContext[None]) -> FileDescription:
        """Read a header; needs no unlocked vault."""

    def hand_over(self, paths: tuple[bytes, ...], *, again: bool = False) -> int:
        """Leave files for the window to offer; return how many wait now.

        Args:
            paths: None at all still says that somebody wants to see the window.
            again: The window itself keeps them here, and stays where it is.
        """

    def take_waiting(self) -> WaitingFiles:
        """Return the files that wait, and forget them."""
