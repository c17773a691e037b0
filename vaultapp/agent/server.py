"""The agent's connections: who is there, what runs, when it may end."""

from __future__ import annotations

import errno
import os
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any

from vaultapp.agent.connection import Connection, greeting
from vaultapp.agent.roles import Role
from vaultapp.contracts.files import FilesWait, WaitingFiles
from vaultapp.contracts.locking import AutoLock
from vaultapp.contracts.vault import VaultUnlocked
from vaultapp.core.errors import AgentGone
from vaultapp.core.work import WorkContext
from vaultapp.ipc.wire import Call

_TICK_S = 0.25
_GRACE_S = 1.0
# Idle ones beyond that make room, oldest first, so that they keep nobody out.
STRANGERS = 64


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
        stays_on: Told when the agent of a command is to stay after it.
        somebody: Told when a person is there: who gives the passphrase, or begins a command in an admitted terminal.

    Attributes:
        window_locked: The window was locked, and no window was let in since.
    """

    def __init__(
        self,
        listening: socket.socket | None,
        stay: Stay,
        run: Callable[[Connection, Call, WorkContext[Any]], Any],
        hello: Callable[[], tuple[str, Any]],
        alive: Callable[[], bool],
        stays_on: Callable[[], None] = lambda: None,
        somebody: Callable[[], None] = lambda: None,
    ) -> None:
        self.stay = stay
        self._listening = listening
        self._run = run
        self._hello = hello
        self._alive = alive
        self._stays_on = stays_on
        self._somebody = somebody
        self._lock = threading.RLock()
        self._ended = False
        # In the order in which they came.
        self._connections: dict[Connection, None] = {}
        self._terminals: set[tuple[int, int]] = set()
        self._opening: list[Connection] = []
        self._wake_read, self._wake_write = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._stopping = False
        self._accepting = threading.Lock()
        self._paused = False
        self.window_locked = False

    @property
    def wake_descriptor(self) -> int:
        """Written to by signals, so that :meth:`serve` looks up."""
        return self._wake_write

    @property
    def connections(self) -> tuple[Connection, ...]:
        """Everybody who is there now."""
        with self._lock:
            return tuple(self._connections)

    def add(self, sock: socket.socket, *, window: bool = False, locked_window: bool = False) -> Connection | None:
        """Take a client in; None when it belongs to another user, who learns nothing. Kinds as for Connection."""
        connection = Connection(
            sock, self._run, self._greeted, self._remove, inherited_window=window, locked_window=locked_window
        )
        if connection.peer.user != os.getuid():
            connection.close()
            return None
        with self._lock:
            strangers = [other for other in self._connections if _is_stranger(other) and not other.running]
            self._connections[connection] = None
            oldest = strangers[0] if len(strangers) >= STRANGERS else None
            if oldest is not None:
                # Now: its own thread may take a while to, and whoever comes meanwhile would close it once more.
                self._connections.pop(oldest, None)
        if oldest is not None:
            oldest.close()
        connection.start(greeting(*self._hello()))
        return connection

    def admit(self, connection: Connection) -> None:
        """The client gave the passphrase: it, and its terminal session, may use the vault until lock.

        Raises:
            AgentGone: The agent is about to end; a fresh one is to be had.
        """
        with self._lock:
            if self._ended or connection.dismissed:
                raise AgentGone
            self._admit(connection)
        self._somebody()

    def dismiss_windows(self) -> tuple[Connection, ...]:
        """Take from every window what it may do, and return them: they are to be parted from.

        A terminal's client that only says that it is one is none: by its lock, nothing else would be locked any more.
        """
        with self._lock:
            windows = tuple(found for found in self._connections if found.role >= Role.TERMINAL and found.wishes_window)
            if not any(found.role is Role.WINDOW for found in windows):
                return ()
            for window in windows:
                window.goes_on = window.role is Role.WINDOW
                window.role = Role.ANYBODY
                window.dismissed = True
            self.window_locked = self.window_locked or bool(windows)
            return windows

    def _admit(self, connection: Connection) -> None:
        # A window's agent that no window has any more, and that is about to end, becomes the command's.
        left = self.stay is Stay.WITH_WINDOW and not any(found.wishes_window for found in self._connections)
        if connection.wishes_persistence and (left or self.stay is Stay.WITH_CLIENTS):
            self.stay = Stay.PERSISTENT
            self._stays_on()
        if connection.wishes_window:
            connection.role = Role.WINDOW
            connection.locked_window = self.window_locked = False
            return
        terminal = connection.peer.terminal
        if terminal is not None:
            self._terminals.add(terminal)
        for other in self.connections:
            if other is connection or (terminal is not None and other.peer.terminal == terminal):
                self._let_in(other)

    def _let_in(self, connection: Connection) -> None:
        """Let a client of an admitted terminal in. A window is no way round the passphrase while the window is locked.

        That would be one that was begun in such a terminal, and lost its connection; or one that was locked itself,
        when another is open again.
        """
        locked = connection.dismissed or connection.locked_window
        if not locked and not (connection.wishes_window and self.window_locked):
            connection.role = max(connection.role, Role.TERMINAL)

    @contextmanager
    def opening(self, connection: Connection) -> Iterator[None]:
        """Stay while this client opens the vault: it is open a moment before the client is admitted."""
        with self._lock:
            self._opening.append(connection)
        try:
            yield
        finally:
            with self._lock:
                self._opening.remove(connection)

    def broadcast(self, event: object) -> None:
        """Tell an event to those it concerns; who does not read is closed, and waited for by nobody."""
        least = Role.TERMINAL
        if isinstance(event, VaultUnlocked):
            least = Role.ANYBODY
        elif isinstance(event, WaitingFiles | AutoLock):
            least = Role.WINDOW
        if isinstance(event, WaitingFiles):
            self._tell_locked_windows(FilesWait(len(event.paths), event.again))
        found = [connection for connection in self.connections if connection.role >= least]
        for connection in found:
            connection.tell(event)

    def _tell_locked_windows(self, event: FilesWait) -> None:
        for connection in self.connections:
            if connection.locked_window:
                connection.tell(event)

    def serve(self) -> None:
        """Accept until the agent is to end."""
        selector = selectors.DefaultSelector()
        selector.register(self._wake_read, selectors.EVENT_READ)
        if self._listening is not None:
            self._listening.setblocking(False)
            selector.register(self._listening, selectors.EVENT_READ)
        idle_since: float | None = None
        listens_again = 0.0
        with selector:
            while not self._stopping:
                for key, _ in selector.select(_TICK_S):
                    if key.fileobj is not self._listening:
                        os.read(self._wake_read, 4096)
                    elif not self._accept():
                        # No descriptor is free. Whoever waits at the socket would wake us without end.
                        selector.unregister(self._listening)
                        listens_again = time.monotonic() + _TICK_S
                if self._listening is not None and listens_again and time.monotonic() >= listens_again:
                    selector.register(self._listening, selectors.EVENT_READ)
                    listens_again = 0.0
                if not self._needed():
                    idle_since = idle_since or time.monotonic()
                    if time.monotonic() - idle_since >= _GRACE_S and self._end():
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

    def _accept(self) -> bool:
        """Take in who waits; False when no descriptor is free."""
        assert self._listening is not None  # noqa: S101 - only then it is registered
        with self._accepting:
            if self._paused:
                return True
            try:
                sock, _ = self._listening.accept()
            except OSError as exc:
                return exc.errno not in (errno.EMFILE, errno.ENFILE)
            sock.setblocking(True)
            self.add(sock)
            return True

    def _end(self) -> bool:
        """Decide to end, unless somebody was admitted just now; from here on nobody is."""
        with self._lock:
            self._ended = not self._needed()
            return self._ended

    def _needed(self) -> bool:
        if self.stay is Stay.PERSISTENT:
            return self._alive()
        unlocked = self._hello()[0] == "unlocked"
        # A stranger, whatever it wishes to be, keeps no open vault open; but who is opening it is about to be none.
        with self._lock:
            connections = [
                found
                for found in self._connections
                if not _is_stranger(found) or not unlocked or found in self._opening
            ]
        if self.stay is Stay.WITH_CLIENTS and any(connection.wishes_window for connection in connections):
            # A command began it, but it is a window's agent from now on, and comes back after a lock.
            self.stay = Stay.WITH_WINDOW
        if self.stay is Stay.WITH_WINDOW:
            return any(c.role is Role.WINDOW or c.wishes_window or c.running for c in connections)
        return bool(connections)

    def _greeted(self, connection: Connection) -> None:
        with self._lock:
            known = not self._ended and connection.peer.terminal in self._terminals
            if known:
                self._let_in(connection)
        if known:
            self._somebody()

    def _remove(self, connection: Connection) -> None:
        with self._lock:
            self._connections.pop(connection, None)


def _is_stranger(connection: Connection) -> bool:
    """True for who gave no passphrase, and is no window that was locked and waits for it to be given again."""
    return connection.role is Role.ANYBODY and not (connection.locked_window or connection.dismissed)
