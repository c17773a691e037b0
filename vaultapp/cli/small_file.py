"""Small files, descriptors and standard input, read into memory that can be overwritten."""

from __future__ import annotations

import os
import sys
from io import FileIO
from pathlib import Path

from vaultapp.cli.sources import STANDARD
from vaultapp.core.errors import NotAFile, SourceMissing
from vaultapp.core.printable import valid_text
from vaultapp.core.refusals import refusal


def read_small(path: str, limit: int) -> bytearray:
    """Read a file, or standard input for ``-``; whoever gets it overwrites it.

    Args:
        path: A file; a pipe or ``/dev/fd/N`` is one too.
        limit: One byte more is read at most, which tells that there is more.

    Raises:
        SourceMissing, NotAFile, AccessDenied, HostError: As they say.
    """
    if path == STANDARD:
        return bytearray(sys.stdin.buffer.read(limit + 1))
    shown = valid_text(path)
    if os.path.isdir(path):
        raise NotAFile(path=shown, kind="folder")
    buffer = bytearray(limit + 1)
    view, filled = memoryview(buffer), 0
    try:
        with FileIO(path) as file:
            # The other end of a pipe may give it in pieces.
            while filled < len(buffer) and (got := file.readinto(view[filled:])):
                filled += got
        return bytearray(view[:filled])
    except FileNotFoundError:
        raise SourceMissing(path=shown) from None
    except OSError as exc:
        raise refusal(exc, Path(path)) from exc
    finally:
        view[:] = bytes(len(buffer))
