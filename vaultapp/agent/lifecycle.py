"""How the agent locks, ends and begins anew.

Lock replaces the process: the address space goes with everything that a copying language left in it. What
goes on is the named socket, the locks and the windows' connections; everybody else is cut off.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from vaultapp.agent.connection import Connection
from vaultapp.agent.locks import VaultLocks
from vaultapp.agent.roles import Role
from vaultapp.agent.server import Server, Stay
from vaultapp.contracts.vault import VaultLocking
from vaultapp.ipc.wire import Call

AGENT_MODULE = "vaultapp.app.agent"
_STOP_CALLS_S = 3.0

# Becomes another program; a test gives its own.
Replace = Callable[[str, list[str]], NoReturn]


@dataclass(frozen=True, slots=True)
class Inheritance:
    """What one incarnation leaves to the next, as descriptors."""

    listening: int | None = None
    locks: tuple[int, ...] = ()
    windows: tuple[int, ...] = ()

    def arguments(self) -> list[str]:
        """Return the command-line options that name them."""
        options = [] if self.listening is None else ["--listen-fd", str(self.listening)]
        for descriptor in self.locks:
            options += ["--lock-fd", str(descriptor)]
        for descriptor in self.windows:
            options += ["--window-fd", str(descriptor)]
        return options


class Lifecycle:
    """Locks and ends the agent, once.

    Args:
        vault: The vault's path.
        server: Knows who is there.
        locks: Held for the vault.
        listening: The named socket, which stays across a lock.
        close_vault: Writes what is to be remembered and closes the file.
        forget_socket: Removes the socket file when the agent ends.
        replace: os.execv.
    """

    def __init__(
        self,
        vault: Path,
        server: Server,
        locks: VaultLocks,
        listening: socket.socket,
        close_vault: Callable[[], None],
        forget_socket: Callable[[], None],
        replace: Replace = os.execv,
    ) -> None:
        self._vault = vault
        self._server = server
        self._locks = locks
        self._listening = listening
        self._close_vault = close_vault
        self._forget_socket = forget_socket
        self._replace = replace
        self._once = threading.Lock()

    def lock(self, reason: str, asked: tuple[Connection, Call] | None = None, *, quit_agent: bool = False) -> None:
        """Stop running work cleanly, close the vault, tell everybody, and begin anew or end.

        Returns only when another thread is at it already.

        Args:
            reason: Told to the clients: asked, quit, sleep, ….
            asked: The call that asked for it, which is answered when the vault is closed.
            quit_agent: End in place of beginning anew. A private agent always ends.
        """
        if not self._once.acquire(blocking=False):
            return
        self._server.pause()
        self._stop_calls()
        try:
            self._close_vault()
        except Exception:  # noqa: BLE001 - whatever could not be written, the keys must go
            traceback.print_exc(file=sys.stderr)
        ends = quit_agent or self._server.stay is Stay.WITH_CLIENTS
        windows = self._part(VaultLocking("quit" if ends else reason), asked, ends=ends)
        if ends:
            self._forget_socket()
            self._locks.release()
            # Not sys.exit: this may be any thread, and nothing is left that would need unwinding.
            os._exit(0)
        self._begin_anew(windows)

    def _stop_calls(self) -> None:
        until = time.monotonic() + _STOP_CALLS_S
        connections = self._server.connections
        for connection in connections:
            connection.cancel_calls()
        for connection in connections:
            connection.wait_calls(until)

    def _part(self, event: VaultLocking, asked: tuple[Connection, Call] | None, *, ends: bool) -> tuple[int, ...]:
        """Tell everybody; a window gets a fresh socket pair, because its old one may hold half a frame.

        Who asked comes last: with its answer, nobody is connected any more.
        """
        windows = []
        asker = None if asked is None else asked[0]
        for connection in sorted(self._server.connections, key=lambda found: found is asker):
            if asked is not None and asked[0] is connection:
                connection.answer_now(asked[1], None)
            if connection.role is Role.WINDOW and not ends:
                ours, theirs = socket.socketpair()
                connection.tell(event, theirs.fileno())
                theirs.close()
                windows.append(ours.detach())
            else:
                connection.tell(event)
            connection.close()
        return tuple(windows)

    def _begin_anew(self, windows: tuple[int, ...]) -> NoReturn:
        left = Inheritance(self._listening.fileno(), self._locks.descriptors, windows)
        for descriptor in (self._listening.fileno(), *left.locks, *windows):
            os.set_inheritable(descriptor, True)
        try:
            self._replace(sys.executable, agent_command(self._vault, self._server.stay, left.arguments()))
        except OSError:
            # No fresh process is to be had; this one must not stay.
            traceback.print_exc(file=sys.stderr)
            self._forget_socket()
            os._exit(1)


def agent_command(vault: Path | None, stay: Stay, options: Sequence[str] = ()) -> list[str]:
    """Return the command line of an agent; ``-I`` keeps the environment's and the folder's Python code out."""
    command = [sys.executable, "-I", "-m", AGENT_MODULE, "--stay", stay.value]
    if vault is not None:
        command += ["--vault", str(vault)]
    return [*command, *options]
