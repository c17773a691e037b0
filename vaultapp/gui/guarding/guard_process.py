"""Starts the guard, as nobody's child."""

from __future__ import annotations

import os
import socket
import sys

_GUARD_MODULE = "vaultapp.app.clipboard_guard"


def start_guard(link: socket.socket) -> int:
    """Start a guard at the other end of a link; it is there when its first parent has ended.

    The link becomes its standard input. Nothing of the secret is among its arguments.

    Returns:
        The process to be waited for, which ends at once.

    Raises:
        OSError: No process could be started.
    """
    command = [sys.executable, "-I", "-m", _GUARD_MODULE]
    # Who reads what the window says would wait for the guard's end, too.
    null = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (1, 2)]
    given = [(os.POSIX_SPAWN_DUP2, link.fileno(), 0), *null]
    return os.posix_spawn(sys.executable, command, os.environ, file_actions=given, setsid=True)
