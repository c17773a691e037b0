"""The vault's contract as one client of the agent sees it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec

from vaultapp import __version__
from vaultapp.agent.connection import Connection
from vaultapp.agent.lifecycle import Lifecycle
from vaultapp.agent.locks import VaultLocks
from vaultapp.agent.roles import Role
from vaultapp.agent.server import Server, Stay
from vaultapp.agent.window_lock import WindowLock
from vaultapp.contracts.vault import NewVault, RestoreReport, VaultStatus
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import VaultError
from vaultapp.core.work import WorkContext
from vaultapp.ipc.wire import Call

# While unlocking the passphrase is in memory, and the vault would open after the answer "locked".
HOLDS_KEYS = frozenset({VaultState.UNLOCKING, VaultState.UNLOCKED})


class Service(Protocol):
    """The methods that are changed here; the service has all of the contract but status and lock."""

    def create(self, new: NewVault, work: WorkContext[None]) -> VaultStatus:
        """Make the vault."""

    def unlock(self, passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False) -> VaultStatus:
        """Open the vault."""

    def unlock_with_words(
        self, words: bytearray, new_passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False
    ) -> VaultStatus:
        """Open the vault by its recovery words."""

    def restore(self, source: bytes, passphrase: bytearray, work: WorkContext[None]) -> RestoreReport:
        """Put a copy in the vault's place."""


@dataclass(frozen=True, slots=True)
class AgentState:
    """What of the agent the vault's contract speaks of."""

    server: Server
    lifecycle: Lifecycle
    locks: VaultLocks
    window_lock: WindowLock
    waiting: Callable[[], int]
    base_status: Callable[[], VaultStatus]


class AgentVault:
    """Adds to the vault service what only the process knows: who is admitted, and how to lock.

    Every other method of the contract is the service's own.

    Args:
        service: The vault service, made for this client.
        agent: The process.
        connection: The client.
        call: The call under way.
    """

    def __init__(self, service: Service, agent: AgentState, connection: Connection, call: Call) -> None:
        self._service = service
        self._agent = agent
        self._connection = connection
        self._call = call

    def __getattr__(self, name: str) -> Any:
        """Return the service's method."""
        return getattr(self._service, name)

    def status(self) -> VaultStatus:
        """Return the state; never waits for anything."""
        base = self._agent.base_status()
        return msgspec.structs.replace(
            base,
            version=__version__,
            pid=os.getpid(),
            persistent=self._agent.server.stay is Stay.PERSISTENT,
            waiting=self._agent.waiting(),
            running=sum(connection.running for connection in self._agent.server.connections),
            window=any(
                found.locked_window
                or (found.wishes_window and (found.role is Role.WINDOW or base.state is not VaultState.UNLOCKED))
                for found in self._agent.server.connections
            ),
            window_locked=self._agent.window_lock.since if base.state is VaultState.UNLOCKED else None,
            admitted=base.state is VaultState.UNLOCKED and self._connection.role >= Role.TERMINAL,
        )

    def create(self, new: NewVault, work: WorkContext[None]) -> VaultStatus:
        """Make the vault; who made it may use it."""
        with self._opening():
            self._service.create(new, work)
            return self._admitted()

    def unlock(self, passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False) -> VaultStatus:
        """Open the vault, or admit this client to the open one."""
        self._agent.locks.hold()
        with self._opening():
            self._service.unlock(passphrase, work, accept_older=accept_older)
            return self._admitted()

    def unlock_with_words(
        self, words: bytearray, new_passphrase: bytearray, work: WorkContext[None], *, accept_older: bool = False
    ) -> VaultStatus:
        """Open the vault by its recovery words."""
        self._agent.locks.hold()
        with self._opening():
            self._service.unlock_with_words(words, new_passphrase, work, accept_older=accept_older)
            return self._admitted()

    def restore(self, source: bytes, passphrase: bytearray, work: WorkContext[None]) -> RestoreReport:
        """Put a copy in the vault's place, and lock: the file is another one now.

        A failure that leaves the old vault in place, but closed, locks too: nothing of it may stay in memory.
        """
        before = self._agent.base_status().state
        try:
            report = self._service.restore(source, passphrase, work)
        except VaultError as exc:
            if before is VaultState.UNLOCKED and self._agent.base_status().state is not VaultState.UNLOCKED:
                self._connection.fail_now(self._call, exc)
                self._agent.lifecycle.lock("restored")
            raise
        self._connection.answer_now(self._call, report)
        self._agent.lifecycle.lock("restored")
        return report

    def lock(self, *, quit_agent: bool = False, window: bool = False) -> None:
        """Replace or end the process, or lock the window only; the answer is sent when that is done."""
        if window and not quit_agent and self._agent.window_lock.lock("asked", (self._connection, self._call)):
            return
        if self._agent.base_status().state in HOLDS_KEYS or quit_agent:
            self._agent.lifecycle.lock("asked", (self._connection, self._call), quit_agent=quit_agent)

    def _opening(self) -> AbstractContextManager[None]:
        """Keep the agent until this client is admitted. A vault that is open already is kept open by no stranger."""
        if self._agent.base_status().state is VaultState.UNLOCKED:
            return nullcontext()
        return self._agent.server.opening(self._connection)

    def _admitted(self) -> VaultStatus:
        self._agent.locks.hold()
        self._agent.server.admit(self._connection)
        self._agent.window_lock.settle()
        return self.status()
