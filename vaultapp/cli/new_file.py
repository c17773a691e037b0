"""Files with secrets in them that were not there before."""

from __future__ import annotations

import os
from pathlib import Path

from vaultapp.core.refusals import refusal
from vaultapp.core.replaced_file import replaced_file, write_all


def write_new(path: Path, data: bytes | bytearray) -> None:
    """Write a file that only its owner may read, and never over something that is there, or came meanwhile.

    The name is taken first, by an empty file, whose place the whole one takes: hard links would do without, but there
    are file systems that have none.

    Raises:
        TargetExists, AccessDenied, SpaceMissing, ReadOnly, HostError: Nothing is left of it.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        try:
            with replaced_file(path) as file:
                write_all(file, data)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    except OSError as exc:
        raise refusal(exc, path) from exc
