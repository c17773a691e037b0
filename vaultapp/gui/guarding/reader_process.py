"""Reads the clipboard by a process that can be given up."""

from __future__ import annotations

import subprocess
import sys

X_READER = "vaultapp.app.clipboard_reader"
FOCUS_READER = "vaultapp.app.clipboard_focus_reader"
# For its start, and for what the clipboard's owner takes to answer.
_PATIENCE_S = 3


def read_by_process(reader: str = X_READER) -> bytes | None:
    """Return the text as UTF-8, nothing where there is none; None when its owner does not answer. Blocks.

    Args:
        reader: The module that reads.
    """
    command = [sys.executable, "-I", "-m", reader]
    null = subprocess.DEVNULL
    try:
        done = subprocess.run(
            command, stdin=null, stdout=subprocess.PIPE, stderr=null, timeout=_PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
