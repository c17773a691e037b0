"""What the system says of a path, as an error of ours."""

from __future__ import annotations

import errno
import os

from vaultapp.core.errors import (
    AccessDenied,
    HostError,
    NameTooLong,
    ReadOnly,
    SpaceMissing,
    TargetExists,
    VaultError,
)
from vaultapp.core.printable import valid_text

_KINDS: dict[int | None, type[VaultError]] = {
    errno.EACCES: AccessDenied,
    errno.EPERM: AccessDenied,
    errno.EROFS: ReadOnly,
    errno.ENOSPC: SpaceMissing,
    errno.EDQUOT: SpaceMissing,
    errno.ENAMETOOLONG: NameTooLong,
    errno.EEXIST: TargetExists,
}


def refusal(exc: OSError, path: str | bytes | os.PathLike[str]) -> VaultError:
    """Return the error for a system call that failed on a folder, or on a file that a face writes itself."""
    name = valid_text(os.fsdecode(path))
    kind = _KINDS.get(exc.errno)
    if kind is None:
        return HostError(reason=exc.strerror or "unwritable", path=name)
    return kind(path=name)
