"""The agent's connections: who is there, what runs, when it may end."""

from __future__ import annotations

import os
import selectors
import socket
import threading
import time
from collections.abc import Callable
from enum import Enum
from typing import Any

from vaultapp.agent.connection import Connection, greeting
from vaultapp.agent.roles import Role
from vaultapp.contracts.files import WaitingFiles
from vaultapp.contracts.vault import VaultUnlocked
from vaultapp.core.work import WorkContext
from vaultapp.ipc.wire import Call

_TICK_S = 0.25
_GRACE_S = 1.0


class Stay(Enum):
    """How long an agent stays."""

    WITH_CLIENTS = "private"
    WITH_WINDOW = "window"
    PERSISTENT = "persistent"


class Server:
    """Accepts clients and keeps them; the main thread runs :meth:`serve`.

    Args:
        listening: The named socket; None for an agent without a vault, which has one client only.
        stay: When to end by itself.
        run: Makes the answer of a call.
        hello: Returns (state, vault id) for the greeting.
        alive: Asked now and then; False ends the agent (its socket file went away).
    """

    def __init__(
        self,
        listening: socket.socket | None,
        stay: Stay,
        run: Callable[[Connection, Call, WorkContext[Any]], Any],
        hello: Callable[[], tuple[str, Any]],
        alive: Callable[[], bool],
    ) -> None:
        self.stay = stay
        self._listening = listening
        self._run = run
        self._hello = hello
        self._alive = alive
        self._lock = threading.Lock()
        self._connections: set[Connection] = set()
        self._terminals: set[tuple[int, int]] = set()
        self._wake_read, self._wake_write = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._stopping = False
        self._accepting = threading.Lock()
        self._paused = False

    @property
    def wake_descriptor(self) -> int:
        """Written to by signals, so that :meth:`serve` looks up."""
        return self._wake_write

    @property
    def connections(self) -> tuple[Connection, ...]:
        """Everybody who is there now."""
        with self._lock:
            return tuple(self._connections)

    def add(self, sock: socket.socket, *, window: bool = False) -> Connection | None:
        """Take a client in; None when it belongs to another user, who learns nothing."""
        connection = Connection(sock, self._run, self._remove, inherited_window=window)
        if connection.peer.user != os.getuid():
            connection.close()
            return None
        if connection.peer.terminal in self._terminals and not window:
            connection.role = Role.TERMINAL
        with self._lock:
            self._connections.add(connection)
        connection.start(greeting(*self._hello()))
        return connection

    def admit(self, connection: Connection) -> None:
        """The client gave the passphrase: it, and its terminal session, may use the vault until lock."""
        if connection.wishes_persistence and self.stay is Stay.WITH_CLIENTS:
            self.stay = Stay.PERSISTENT
        if connection.wishes_window:
            connection.role = Role.WINDOW
            return
        terminal = connection.peer.terminal
        if terminal is not None:
            self._terminals.add(terminal)
        for other in self.connections:
            if other is connection or (terminal is not None and other.peer.terminal == terminal):
                other.role = max(other.role, Role.TERMINAL)

    def broadcast(self, event: object) -> None:
        """Tell an event to those it concerns."""
        least = Role.TERMINAL
        if isinstance(event, VaultUnlocked):
            least = Role.ANYBODY
        elif isinstance(event, WaitingFiles):
            least = Role.WINDOW
        for connection in self.connections:
            if connection.role >= least:
                connection.tell(event)

    def serve(self) -> None:
        """Accept until the agent is to end."""
        selector = selectors.DefaultSelector()
        selector.register(self._wake_read, selectors.EVENT_READ)
        if self._listening is not None:
            self._listening.setblocking(False)
            selector.register(self._listening, selectors.EVENT_READ)
        idle_since: float | None = None
        with selector:
            while not self._stopping:
                for key, _ in selector.select(_TICK_S):
                    if key.fileobj is self._listening:
                        self._accept()
                    else:
                        os.read(self._wake_read, 4096)
                if not self._needed():
                    idle_since = idle_since or time.monotonic()
                    if time.monotonic() - idle_since >= _GRACE_S:
                        return
                else:
                    idle_since = None

    def stop(self) -> None:
        """Make :meth:`serve` return."""
        self._stopping = True
        os.write(self._wake_write, b"\0")

    def pause(self) -> None:
        """Accept nobody any more; who comes now waits for the next incarnation of the process."""
        with self._accepting:
            self._paused = True

    def _accept(self) -> None:
        assert self._listening is not None  # noqa: S101 - only then it is registered
        with self._accepting:
            if self._paused:
                return
            try:
                sock, _ = self._listening.accept()
            except OSError:
                return
            sock.setblocking(True)
            self.add(sock)

    def _needed(self) -> bool:
        connections = self.connections
        if self.stay is Stay.PERSISTENT:
            return self._alive()
        if self.stay is Stay.WITH_CLIENTS and any(connection.wishes_window for connection in connections):
            # A command began it, but it is a window's agent from now on, and comes back after a lock.
            self.stay = Stay.WITH_WINDOW
        if self.stay is Stay.WITH_WINDOW:
            return any(c.role is Role.WINDOW or c.wishes_window or c.running for c in connections)
        if any(connection.role > Role.ANYBODY or connection.running for connection in connections):
            return True
        # A stranger's connection keeps no open vault open.
        return bool(connections) and self._hello()[0] != "unlocked"

    def _remove(self, connection: Connection) -> None:
        with self._lock:
            self._connections.discard(connection)
