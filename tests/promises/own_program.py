"""Starting an agent by a program of the tests, which changes something about it."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from tests.promises.conftest import CHECKOUT
from vaultapp.ipc.client import Client


def start_agent(program: str, argument: str, vault_file: Path) -> Client:
    """Start ``program``, a file beside this one, as the agent of a window, and return the window's connection to it."""
    ours, theirs = socket.socketpair()
    theirs.set_inheritable(True)
    command = [sys.executable, str(Path(__file__).with_name(program)), argument]
    command += ["--stay", "window", "--window-fd", str(theirs.fileno()), "--vault", str(vault_file)]
    pid = os.posix_spawn(sys.executable, command, os.environ | {"PYTHONPATH": str(CHECKOUT)}, setsid=True)
    theirs.close()
    try:
        return Client(ours, "window")
    finally:
        os.waitpid(pid, 0)
