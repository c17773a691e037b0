"""What the system says of a path, as an error of ours."""

from __future__ import annotations

import os
from errno import EDQUOT, ENOSPC, EROFS
from pathlib import Path

from vaultapp.core.errors import AccessDenied, HostError, ReadOnly, SpaceMissing, TargetExists, VaultError


def refusal(exc: OSError, path: Path) -> VaultError:
    """Return the error for what went wrong with an output that a face writes itself."""
    name = os.fsencode(path).decode("utf-8", "replace")
    if isinstance(exc, FileExistsError):
        return TargetExists(path=name)
    if isinstance(exc, PermissionError):
        return AccessDenied(path=name)
    if exc.errno in (ENOSPC, EDQUOT):
        return SpaceMissing(path=name)
    if exc.errno == EROFS:
        return ReadOnly(path=name)
    return HostError(reason=exc.strerror or "unwritable", path=name)
