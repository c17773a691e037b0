"""A sealed file that was dropped on a small window: read into memory if it is a short text, else put on the disk."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from typing import Any

from vaultapp.contracts.files import FileDescription, FilesApi, FileState, FileUpdate, OpenRequest, Place
from vaultapp.core.error_codes import by_code
from vaultapp.core.errors import HostError, VaultError
from vaultapp.core.printable import printable
from vaultapp.core.work import WorkContext

# What is longer than some screens is not read in a small window.
SHOWN_BYTES = 64 * 1024
_BREAKS = frozenset("\t\n\r\f")


@dataclass(frozen=True, slots=True)
class Short:
    """A file's content as text, and what opened it: "Personal v4"."""

    text: str
    key: str

    def __repr__(self) -> str:
        """Show nothing of the text."""
        return f"Short({self.key})"


@dataclass(frozen=True, slots=True)
class NotShown:
    """A file that can be decrypted but is not shown.

    Attributes:
        why: ``folder``, ``long`` or ``no_text``.
    """

    why: str


def read_short(files: FilesApi, path: bytes, work: WorkContext[Any]) -> Short | NotShown:
    """Decrypt a small file into memory; nothing of it lies on the disk. Blocks.

    The agent writes to a descriptor of memory, and only what it has verified whole. The memory takes no more than what
    is shown: the file may be another, or longer, by the time it is opened.

    Raises:
        VaultError: It is no sealed file, or cannot be opened.
    """
    inner: WorkContext[None] = WorkContext()
    work.when_cancelled(inner.cancel)
    described: FileDescription = files.inspect(Place(path), inner)
    if described.folder:
        return NotShown("folder")
    if described.content_length > SHOWN_BYTES:
        return NotShown("long")
    descriptor = _memory(SHOWN_BYTES)
    content = bytearray(SHOWN_BYTES)
    try:
        done = _open(files, OpenRequest((Place(path),), output=Place(descriptor=0)), work, (descriptor,))
        # The agent writes by the same opening, so that its place is ours.
        os.preadv(descriptor, [content], 0)
        text = _text(content[: os.lseek(descriptor, 0, os.SEEK_CUR)])
    except VaultError:
        if files.inspect(Place(path), inner).content_length > SHOWN_BYTES:
            return NotShown("long")
        raise
    finally:
        content[:] = bytes(len(content))
        os.close(descriptor)
    return NotShown("no_text") if text is None else Short(text, _key(done))


def open_into(files: FilesApi, path: bytes, folder: bytes | None, work: WorkContext[Any]) -> bytes:
    """Decrypt a file to the disk, beside it or into a folder; what has its name already stays. Blocks.

    Returns:
        The path of what was decrypted.

    Raises:
        VaultError: Nothing was written.
    """
    return _open(files, OpenRequest((Place(path),), folder=folder), work).output


def _memory(length: int) -> int:
    """Return a descriptor of memory that cannot grow beyond so many bytes, whoever writes to it."""
    try:
        descriptor = os.memfd_create("vaultapp-quick", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            os.ftruncate(descriptor, length)
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_GROW)
        except OSError:
            os.close(descriptor)
            raise
    except OSError as exc:
        raise HostError(reason=exc.strerror or "") from exc
    return descriptor


def _open(
    files: FilesApi, request: OpenRequest, work: WorkContext[Any], descriptors: tuple[int, ...] = ()
) -> FileUpdate:
    outcomes: list[FileUpdate] = []
    inner: WorkContext[FileUpdate] = WorkContext(on_item=outcomes.append, descriptors=descriptors)
    work.when_cancelled(inner.cancel)
    files.open(request, inner)
    end = outcomes[-1]
    if end.state is not FileState.DONE:
        raise by_code(end.code, end.facts)
    return end


def _key(done: FileUpdate) -> str:
    """Return what opened it; nothing for a passphrase."""
    if not done.keys:
        return ""
    number = done.versions[0] if done.versions else 0
    return f"{printable(done.keys[0])} v{number}" if number else printable(done.keys[0])


def _text(content: bytearray) -> str | None:
    """Return content as text; None for what is none. Line ends are part of texts, other signs that control are not."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    finally:
        content[:] = bytes(len(content))
    return text if all(sign >= " " or sign in _BREAKS for sign in text) else None
