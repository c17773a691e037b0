"""Find the agent of a vault, or start one."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from vaultapp.core.errors import AgentGone, VaultBusy
from vaultapp.core.places import Places
from vaultapp.ipc.address import socket_address
from vaultapp.ipc.client import Client

_AGENT_MODULE = "vaultapp.app.agent"
_BUSY_WAIT_S = 5.0
_BUSY_STEP_S = 0.05


def connect(places: Places, vault: Path, role: str = "command") -> Client | None:
    """Connect to the agent that has a vault; None when none runs."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with socket_address(places.socket_of(vault)) as address:
            sock.connect(address)
        return Client(sock, role)
    except (OSError, AgentGone):
        sock.close()
        return None


def start_private(places: Places, vault: Path | None) -> Client:
    """Start an agent of one's own, which ends with its last client.

    Args:
        places: The user's folders.
        vault: None for an agent without a vault.

    Raises:
        VaultBusy: An agent has the vault and does not let anybody in.
    """
    return _start(places, vault, "private", "command", detached=False)


def start_persistent(places: Places, vault: Path) -> Client:
    """Start an agent that stays after its clients, until it is told to quit or the session ends.

    An agent that a command has for itself becomes such a one; a window's stays the window's.
    """
    return connect(places, vault, "persistent") or _start(places, vault, "persistent", "command", detached=True)


def start_for_window(places: Places, vault: Path) -> Client:
    """Start the window's agent, or take the window's place at one that runs already."""
    return connect(places, vault, "window") or _start(places, vault, "window", "window", detached=False)


def resume(descriptor: int, role: str = "window") -> Client:
    """Go on with a connection that an earlier incarnation of this process left open."""
    os.set_inheritable(descriptor, False)
    return Client(socket.socket(fileno=descriptor), role)


def _start(places: Places, vault: Path | None, stay: str, role: str, *, detached: bool) -> Client:
    """Start an agent; when another one was faster, become its client."""
    until = time.monotonic() + _BUSY_WAIT_S
    while True:
        try:
            return _spawn(vault, stay, role, detached=detached)
        except VaultBusy:
            found = connect(places, vault, role) if vault is not None else None
            if found is not None:
                return found
            if time.monotonic() >= until:
                raise
            # The other agent holds its lock before it listens; there is nothing to be told by.
            time.sleep(_BUSY_STEP_S)


def _spawn(vault: Path | None, stay: str, role: str, *, detached: bool) -> Client:
    ours, theirs = socket.socketpair()
    theirs.set_inheritable(True)
    option = "--window-fd" if role == "window" else "--client-fd"
    command = [sys.executable, "-I", "-m", _AGENT_MODULE, "--stay", stay, option, str(theirs.fileno())]
    command += _vault_option(vault)
    null = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in ((0, 1, 2) if detached else (0, 1))]
    # A session of its own: a Ctrl+C at the terminal is the client's to handle.
    os.posix_spawn(sys.executable, command, os.environ, file_actions=null, setsid=True)
    theirs.close()
    try:
        return Client(ours, role)
    except BaseException:
        ours.close()
        raise


def _vault_option(vault: Path | None) -> Sequence[str]:
    return [] if vault is None else ["--vault", os.path.abspath(vault)]
