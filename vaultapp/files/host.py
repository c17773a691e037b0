"""Where the system's refusals become ours: the only place in files/ that knows errno."""

from __future__ import annotations

import errno
import os
import stat
from types import TracebackType

from vaultapp.core.errors import (
    AccessDenied,
    HostError,
    NameTooLong,
    NotAFile,
    NotFound,
    ReadOnly,
    SourceMissing,
    SpaceMissing,
    TargetExists,
    VaultError,
)

# Facts travel in one frame with much else, and a name out of a hostile archive may be of any length.
_SHOWN_LIMIT = 1000


def shown(path: bytes) -> str:
    """Return a path as text for facts, at most 1,000 characters; bytes that are not UTF-8 become U+FFFD."""
    # No character of UTF-8 takes more than four bytes.
    text = path[: 4 * _SHOWN_LIMIT + 4].decode("utf-8", "replace")
    return text if len(text) <= _SHOWN_LIMIT else text[: _SHOWN_LIMIT - 1] + "…"


def kind_of(mode: int) -> str:
    """Name what a mode is, for the facts of NotAFile."""
    for test, name in (
        (stat.S_ISREG, "file"),
        (stat.S_ISDIR, "folder"),
        (stat.S_ISLNK, "link"),
        (stat.S_ISFIFO, "pipe"),
        (stat.S_ISSOCK, "socket"),
    ):
        if test(mode):
            return name
    return "device"


def free_space(path: bytes) -> int:
    """Return the bytes that an ordinary user may still write below a folder; 0 when that cannot be told."""
    try:
        found = os.statvfs(path)
    except OSError:
        return 0
    return found.f_bavail * found.f_frsize


def host_error(exc: OSError, path: bytes, *, writing: bool = False) -> VaultError:
    """Return our error for one of the system's.

    Args:
        exc: What a system call raised.
        path: What was worked on.
        writing: A missing path is then the folder that should take the output, not an input.
    """
    name = shown(path)
    match exc.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return SpaceMissing(path=name, needed=0, free=free_space(os.path.dirname(path)))
        case errno.EROFS:
            return ReadOnly(path=name)
        case errno.EACCES | errno.EPERM:
            return AccessDenied(path=name)
        case errno.ENAMETOOLONG:
            return NameTooLong(path=name)
        case errno.ENOENT | errno.ENOTDIR:
            return NotFound(kind="folder", name=name) if writing else SourceMissing(path=name)
        case errno.ELOOP:
            return NotAFile(path=name, kind="link")
        case errno.EEXIST:
            return TargetExists(path=name)
    return HostError(reason=exc.strerror or type(exc).__name__, path=name)


class host_errors:  # noqa: N801 - reads as a statement
    """Within it, an OSError leaves as one of ours.

    Args:
        path: What is worked on.
        writing: See :func:`host_error`.
    """

    __slots__ = ("_path", "_writing")

    def __init__(self, path: bytes, *, writing: bool = False) -> None:
        self._path = path
        self._writing = writing

    def __enter__(self) -> None:
        """Nothing to do; the conversion is at the end."""

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Convert an OSError.

        Raises:
            HostError: Or one of its kinds.
        """
        if isinstance(exc, OSError):
            raise host_error(exc, self._path, writing=self._writing) from exc
