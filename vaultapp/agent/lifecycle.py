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
from vaultapp.agent.triggers.sleep_delay import SleepDelay
from vaultapp.agent.window_parting import part_from_window
from vaultapp.contracts.vault import VaultLocking
from vaultapp.ipc.wire import Call

AGENT_MODULE = "vaultapp.app.agent"
_STOP_CALLS_S = 3.0
# For all who are told, together.
_TELL_S = 1.0

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
        close_vault: Writes what is to be remembered, and why it is locked, and closes the file; returns False when
            that could not be written.
        forget_socket: Removes the socket file when the agent ends.
        delay: Keeps the computer awake until the process is replaced; every window gets a copy for its own.
        replace: os.execv.
    """

    def __init__(
        self,
        vault: Path,
        server: Server,
        locks: VaultLocks,
        listening: socket.socket,
        close_vault: Callable[[str], bool],
        forget_socket: Callable[[], None],
        delay: SleepDelay,
        replace: Replace = os.execv,
    ) -> None:
        self._vault = vault
        self._server = server
        self._locks = locks
        self._listening = listening
        self._close_vault = close_vault
        self._forget_socket = forget_socket
        self._delay = delay
        self._replace = replace
        self._once = threading.Lock()

    @property
    def begun(self) -> bool:
        """True from the moment that this process is locking: it answers nothing any more, least of all "locked"."""
        return self._once.locked()

    def lock(self, reason: str, asked: tuple[Connection, Call] | None = None, *, quit_agent: bool = False) -> None:
        """Stop running work cleanly, close the vault, tell everybody, and begin anew or end.

        Returns only when another thread is at it already.

        Args:
            reason: Told to the clients and the activity log: asked, quit, sleep, ….
            asked: The call that asked for it, which is answered when the vault is closed.
            quit_agent: End in place of beginning anew. A private agent always ends.
        """
        if not self._once.acquire(blocking=False):
            return
        stopped = written = False
        windows: tuple[int, ...] = ()
        ends = quit_agent or self._server.stay is Stay.WITH_CLIENTS
        told = "quit" if ends else reason
        try:
            self._server.pause()
            self._dismiss_strangers(VaultLocking(told), None if asked is None else asked[0])
            stopped = self._stop_calls()
        except Exception:  # noqa: BLE001 - whatever could not be stopped, the keys must go
            traceback.print_exc(file=sys.stderr)
        try:
            written = self._close_vault(reason)
        except Exception:  # noqa: BLE001 - whatever could not be written, too
            traceback.print_exc(file=sys.stderr)
        try:
            not_done = tuple(code for code, done in (("work", stopped), ("activity", written)) if not done)
            windows = self._part(VaultLocking(told, not_done), asked, ends=ends)
        except Exception:  # noqa: BLE001 - whoever could not be told, too
            traceback.print_exc(file=sys.stderr)
        if ends:
            self._forget_socket()
            self._locks.release()
            # Not sys.exit: this may be any thread, and nothing is left that would need unwinding.
            os._exit(0)
        self._begin_anew(windows)

    def _dismiss_strangers(self, event: VaultLocking, asker: Connection | None) -> None:
        """Close those who gave no passphrase first: none of them can hold a lock up, by not reading or otherwise."""
        for connection in self._server.connections:
            if connection.role is Role.ANYBODY and not _is_window(connection) and connection is not asker:
                connection.tell(event, until=time.monotonic())
                connection.close()

    def _stop_calls(self) -> bool:
        """Have all work stopped; False when some of it goes on."""
        until = time.monotonic() + _STOP_CALLS_S
        connections = self._server.connections
        for connection in connections:
            connection.cancel_calls()
        # Each of them is waited for, also when one before it goes on.
        ended = [connection.wait_calls(until) for connection in connections]
        return all(ended)

    def _part(self, event: VaultLocking, asked: tuple[Connection, Call] | None, *, ends: bool) -> tuple[int, ...]:
        """Tell everybody; a window, also one that is locked already, is told where it goes on.

        Windows come first, in case that somebody does not read and takes all the time there is. Who asked comes last:
        with its answer, nobody is connected any more.
        """
        windows = []
        until = time.monotonic() + _TELL_S
        asker = None if asked is None else asked[0]
        for connection in sorted(self._server.connections, key=lambda found: (found is asker, not _is_window(found))):
            if asked is not None and asked[0] is connection:
                connection.answer_now(asked[1], None, until=until)
            if _is_window(connection) and not ends:
                windows.append(part_from_window(connection, event, self._delay, until).detach())
            else:
                connection.tell(event, until=until)
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


def _is_window(connection: Connection) -> bool:
    # Also one that is just about to be parted from, as when the computer sleeps right after the screen was locked: it
    # holds up the sleep until its own process is replaced.
    return connection.role is Role.WINDOW or connection.goes_on


def agent_command(vault: Path | None, stay: Stay, options: Sequence[str] = ()) -> list[str]:
    """Return the command line of an agent; ``-I`` keeps the environment's and the folder's Python code out."""
    command = [sys.executable, "-I", "-m", AGENT_MODULE, "--stay", stay.value]
    if vault is not None:
        command += ["--vault", str(vault)]
    return [*command, *options]
