"""How the agent parts from a window that is locked: the window finds what comes after at the end of a new socket."""

from __future__ import annotations

import os
import socket

from vaultapp.agent.connection import Connection
from vaultapp.agent.triggers.sleep_delay import SleepDelay
from vaultapp.contracts.vault import VaultLocking


def part_from_window(connection: Connection, event: VaultLocking, delay: SleepDelay, until: float) -> socket.socket:
    """Tell a window that it is locked and where it goes on, and return the other end of that.

    It is a fresh socket pair, because the old one may hold half a frame. The old connection stays to be closed.

    Args:
        connection: The window's.
        event: Why.
        delay: Keeps the computer awake; the window gets a copy, until its own process is replaced.
        until: Monotonic time; a window that has not read by then is closed.
    """
    ours, theirs = socket.socketpair()
    try:
        # A copy: the bus may be lost just now, and the descriptor then be closed and its number given to another file.
        copy = delay.copy()
        try:
            connection.tell(event, theirs.fileno(), *(() if copy is None else (copy,)), until=until)
        finally:
            theirs.close()
            if copy is not None:
                os.close(copy)
    except BaseException:
        ours.close()
        raise
    return ours
