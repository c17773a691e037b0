"""The agent's objects, built once, lowest layer first."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vaultapp import __version__
from vaultapp.agent.connection import Connection
from vaultapp.agent.dispatch import Dispatcher
from vaultapp.agent.lifecycle import Lifecycle
from vaultapp.agent.listener import listen
from vaultapp.agent.lock_guard import LockGuard
from vaultapp.agent.locking import watch
from vaultapp.agent.locks import VaultLocks
from vaultapp.agent.roles import PERSONS_WORK, Role
from vaultapp.agent.server import Server, Stay
from vaultapp.agent.vault import HOLDS_KEYS, AgentState
from vaultapp.agent.window_lock import WindowLock
from vaultapp.app.client_services import ClientServices
from vaultapp.app.vault_rotations import VaultRotations
from vaultapp.contracts.credentials import CredentialsChanged
from vaultapp.contracts.files import WaitingFiles
from vaultapp.contracts.keys import KeysChanged
from vaultapp.contracts.locking import LockTrigger
from vaultapp.contracts.rotation import RotationChanged
from vaultapp.contracts.vault import VaultChecked, VaultStatus, VaultUnlocked
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.clock import Clock, SystemClock
from vaultapp.core.errors import AgentGone, VaultLocked, VaultMissing
from vaultapp.core.events import EventBus
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import SystemRandom
from vaultapp.files.part_notes import PartNotes
from vaultapp.ipc.wire import Call
from vaultapp.services.file_journal import NoJournal
from vaultapp.services.files import FilesService
from vaultapp.services.key_ring import NoRing
from vaultapp.services.vault_keeper import VaultKeeper
from vaultapp.services.waiting_files import WaitingList
from vaultapp.services.window_activity import WindowActivity


@dataclass(frozen=True, slots=True)
class Agent:
    """A composed agent: serve, then close."""

    server: Server
    close: Callable[[], None]


def build_agent(
    vault: Path, stay: str, listen_fd: int | None, lock_fds: Sequence[int], clock: Clock | None = None
) -> Agent:
    """Build the agent of a vault. Clock: the machine's, if none is given.

    Raises:
        VaultBusy: Another agent has it.
        HostError: The runtime folder or the socket cannot be used.
    """
    clock = clock or SystemClock()
    places = Places.of_user(dict(os.environ))
    locks = VaultLocks(places, vault, lock_fds)
    locks.hold()
    path = places.socket_of(vault)
    listening = listen(path, listen_fd)
    bus = EventBus()
    keeper = VaultKeeper(vault, places, clock, SystemRandom(), bus)
    notes = PartNotes(places.state, SystemRandom())
    notes.sweep()
    waiting = WaitingList(bus)
    services = ClientServices(keeper, places, waiting, notes, bus, clock)
    dispatcher = Dispatcher(services.subject_for)

    def hello() -> tuple[str, object]:
        status = keeper.base_status()
        return status.state.value, status.vault_id

    def run(connection: Connection, call: Call, work: WorkContext[Any]) -> object:
        if lifecycle.begun:
            raise AgentGone
        if connection.role >= Role.TERMINAL and (call.subject, call.method) in PERSONS_WORK:
            # What comes from or goes to a pipe may wait there for ever.
            with guard.work(work.moves if work.descriptors else None):
                return dispatcher.run(connection, call, work)
        return dispatcher.run(connection, call, work)

    def lock_open_vault(reason: str) -> None:
        if keeper.base_status().state not in HOLDS_KEYS:
            return
        if reason == LockTrigger.SLEEP or not window_lock.lock(reason):
            lifecycle.lock(reason)

    def lock_everything(reason: str) -> None:
        lifecycle.lock(reason)

    def programs_go_on() -> bool:
        return guard.lets_programs_go_on and keeper.base_status().state is VaultState.UNLOCKED

    def somebody() -> None:
        guard.present()

    server = Server(listening, Stay(stay), run, hello, path.is_socket, _leave_terminal, somebody)
    guard = LockGuard(clock, dict(os.environ), lock_open_vault, server.broadcast)
    services.guard = guard
    log = WindowActivity(lambda: keeper.unlocked, vault.stem)
    window_lock = WindowLock(server, guard.delay, programs_go_on, guard.pause, log, lock_everything, clock)

    def close_vault(reason: str) -> bool:
        try:
            rotations.stop()
            services.grading.stop()
            return keeper.close(reason)
        finally:
            notes.close()

    def forget_socket() -> None:
        path.unlink(missing_ok=True)

    lifecycle = Lifecycle(vault, server, locks, listening, close_vault, forget_socket, guard.delay)
    rotations = VaultRotations(
        lambda: keeper.unlocked, services.connectors, clock, SystemRandom(), bus, lambda: lifecycle.begun
    )
    services.rotations = rotations
    services.agent = AgentState(server, lifecycle, locks, window_lock, lambda: len(waiting), keeper.base_status)
    for kind in (VaultUnlocked, VaultChecked, KeysChanged, CredentialsChanged, RotationChanged, WaitingFiles):
        bus.subscribe(kind, server.broadcast)
    bus.subscribe(VaultUnlocked, lambda _unlocked: watch(services.lock_settings, guard))
    bus.subscribe(VaultUnlocked, lambda _unlocked: _begin(rotations))
    bus.subscribe(VaultUnlocked, lambda _unlocked: services.grading.begin())

    def close() -> None:
        for connection in server.connections:
            connection.cancel_calls()
        lifecycle.lock("quit", quit_agent=True)

    return Agent(server, close)


def _begin(rotations: VaultRotations) -> None:
    # It may be locked again meanwhile.
    with suppress(VaultLocked):
        rotations.begin()


def _leave_terminal() -> None:
    """Let go of the standard error of the command that began it: who reads that would wait for this agent's end."""
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 2)
    os.close(null)


def build_vaultless_agent() -> Agent:
    """Build an agent without a vault, for looking at sealed files and for passphrase recipients."""
    places = Places.of_user(dict(os.environ))
    clock, random, bus = SystemClock(), SystemRandom(), EventBus()
    notes = PartNotes(places.state, random)
    notes.sweep()
    files = FilesService(NoRing(), NoJournal(clock), notes, WaitingList(bus), clock, random)

    def subject_for(subject: str, connection: Connection, call: Call) -> object:
        # There is nothing here to be guarded: whoever started this agent may use it.
        connection.role = Role.TERMINAL
        if subject == "files":
            return files
        if (subject, call.method) == ("vault", "status"):
            return _Vaultless()
        raise VaultMissing(path="")

    server = Server(None, Stay.WITH_CLIENTS, Dispatcher(subject_for).run, lambda: ("vaultless", None), lambda: True)
    return Agent(server, notes.close)


class _Vaultless:
    """The one call of the vault's contract that can be answered without one."""

    def status(self) -> VaultStatus:
        """Say that there is no vault."""
        return VaultStatus(VaultState.VAULTLESS, b"", "", __version__, os.getpid(), admitted=True)
