"""Find the agent of a vault, or start one."""

from __future__ import annotations

import fcntl
import os
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from vaultapp.core.errors import AgentGone, HostError, VaultBusy
from vaultapp.core.places import Places, check_own_folder, private_folder
from vaultapp.ipc.address import socket_address
from vaultapp.ipc.client import Client
from vaultapp.ipc.credentials import user_of

_AGENT_MODULE = "vaultapp.app.agent"
_BUSY_WAIT_S = 5.0
_BUSY_STEP_S = 0.05


def connect(places: Places, vault: Path, role: str = "command") -> Client | None:
    """Connect to the agent that has a vault; None when none runs.

    Raises:
        HostError: Somebody else could have put a socket there, or listens: it would be given the passphrase.
        VaultBusy, Damaged: The agent says why it cannot serve, or is of another version.
    """
    check_own_folder(places.runtime)
    path = places.socket_of(vault)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with socket_address(path) as address:
            sock.connect(address)
        if user_of(sock) != os.getuid():
            raise HostError(reason="foreign_folder", path=str(path))
        return Client(sock, role)
    except HostError as exc:
        sock.close()
        if isinstance(exc, AgentGone):
            return None
        raise
    except OSError:
        sock.close()
        return None
    except BaseException:
        sock.close()
        raise


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
    """Start the window's agent, or take the window's place at one that runs already.

    Raises:
        VaultBusy, AgentGone, HostError, Damaged: There is no agent to be had.
    """
    until = time.monotonic() + _BUSY_WAIT_S
    while True:
        found = connect(places, vault, "window")
        if found is None:
            return _start(places, vault, "window", "window", detached=False)
        if _stays(found):
            return found
        if time.monotonic() >= until:
            raise AgentGone


def of_window(places: Places, vault: Path) -> Client | None:
    """Connect to the agent that has a vault if a window has that; else None.

    Raises:
        HostError, VaultBusy, Damaged: As of :func:`connect`.
    """
    found = connect(places, vault)
    if found is None:
        return None
    with suppress(AgentGone):
        if found.status.window:
            return found
    found.close()
    return None


def find_window(places: Places, vault: Path) -> tuple[Client, bool]:
    """Return the agent of a vault, and whether a window has it already; else this process is the window.

    Of several that start in the same moment, one is; but at a vault that a terminal opened, none is a window before it
    was given the passphrase.

    Raises:
        VaultBusy, AgentGone, HostError, Damaged: There is no agent to be had.
    """
    with _alone(places, vault):
        found = of_window(places, vault)
        if found is not None:
            return found, True
        # It knows this window by birth, or by its answer, before the next one asks.
        return start_for_window(places, vault), False


def _stays(client: Client) -> bool:
    """Tell whether an agent answers, and close the connection if not.

    One that is about to end, a moment after its last window, may have greeted. One that answers counts its client.
    """
    try:
        _ = client.status
    except AgentGone:
        client.close()
        return False
    return True


@contextmanager
def _alone(places: Places, vault: Path) -> Iterator[None]:
    """Let one start at a time look for a window and become it. One that hangs is not waited for for ever."""
    private_folder(places.runtime)
    path = places.socket_of(vault).with_suffix(".start")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as exc:
        raise HostError(reason=exc.strerror or "lock", path=str(path)) from exc
    until = time.monotonic() + _BUSY_WAIT_S
    try:
        while time.monotonic() < until:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                time.sleep(_BUSY_STEP_S)
        yield
    finally:
        os.close(descriptor)


def resume(descriptor: int, role: str = "window") -> Client:
    """Go on with a connection that an earlier incarnation of this process left open."""
    os.set_inheritable(descriptor, False)
    sock = socket.socket(fileno=descriptor)
    try:
        return Client(sock, role)
    except BaseException:
        sock.close()
        raise


def _start(places: Places, vault: Path | None, stay: str, role: str, *, detached: bool) -> Client:
    """Start an agent; when another one was faster, become its client."""
    until = time.monotonic() + _BUSY_WAIT_S
    while True:
        try:
            return _spawn(vault, stay, role, detached=detached)
        except VaultBusy:
            found = connect(places, vault, role) if vault is not None else None
            if found is not None and _stays(found):
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
    try:
        pid = os.posix_spawn(sys.executable, command, os.environ, file_actions=null, setsid=True)
    except OSError as exc:
        ours.close()
        raise HostError(reason=exc.strerror or "spawn") from exc
    finally:
        theirs.close()
    try:
        return Client(ours, role)
    except BaseException:
        ours.close()
        raise
    finally:
        # The agent greets from a child of what was started, which has ended by then.
        os.waitpid(pid, 0)


def _vault_option(vault: Path | None) -> Sequence[str]:
    return [] if vault is None else ["--vault", os.path.abspath(vault)]
