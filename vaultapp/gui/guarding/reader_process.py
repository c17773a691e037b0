"""Reads the clipboard of an X server by a process that can be given up."""

from __future__ import annotations

import subprocess
import sys

_READER_MODULE = "vaultapp.app.clipboard_reader"
# For its start, and for what the clipboard's owner takes to answer.
_PATIENCE_S = 3


def read_by_process() -> bytes | None:
    """Return the text as UTF-8, nothing where there is none; None when its owner does not answer. Blocks."""
    command = [sys.executable, "-I", "-m", _READER_MODULE]
    null = subprocess.DEVNULL
    try:
        done = subprocess.run(
            command, stdin=null, stdout=subprocess.PIPE, stderr=null, timeout=_PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
