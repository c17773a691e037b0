"""Write a file so that nobody ever sees half of it."""

from __future__ import annotations

from pathlib import Path

from vaultapp.core.refusals import refusal
from vaultapp.core.replaced_file import replaced_file, write_all


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Put a file in place by renaming; what was under the name is replaced.

    Raises:
        SpaceMissing, ReadOnly, AccessDenied, NameTooLong, HostError: What was there before stays.
    """
    try:
        with replaced_file(path, mode=mode) as file:
            write_all(file, content)
    except OSError as exc:
        raise refusal(exc, path) from exc
