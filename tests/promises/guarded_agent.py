"""A real agent on a desktop of stand-ins, with time that a test sets."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

from tests.desktop.processes import wait_until
from tests.promises.own_program import start_agent
from vaultapp.contracts.activity import ActivityApi
from vaultapp.contracts.credential_transfer import TransferApi
from vaultapp.contracts.credentials import CredentialsApi
from vaultapp.contracts.events import Event
from vaultapp.contracts.files import FilesApi
from vaultapp.contracts.keys import KeysApi
from vaultapp.contracts.locking import LockApi, LockTrigger, TriggerState
from vaultapp.contracts.rotation import RotationApi
from vaultapp.contracts.text import TextApi
from vaultapp.contracts.vault import KdfCost, NewVault, VaultApi, VaultLocking
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import AgentGone
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.ipc import launch
from vaultapp.ipc.client import Client

PASSPHRASE = b"zebra-locksmith-quartz-92741"
FLOOR = KdfCost(64 * 1024, 1, 1)


class GuardedAgent:
    """Starts an agent as the window does, makes a vault, and keeps what it tells.

    Args:
        clock: File by whose times the agent goes; None for the machine's clock.
        wait: Wait until the agent hears what the desktop tells.
        role: ``window``, or ``persistent``, which gets no descriptors at a lock.
    """

    def __init__(self, clock: SetClock | None = None, *, wait: bool = True, role: str = "window") -> None:
        self.places = Places.of_user(dict(os.environ))
        self.vault_file = self.places.default_vault
        self.told: list[Event | None] = []
        self.gone = threading.Event()
        self.client = self._start(clock, role)
        self.client.on_event(self._hear)
        self.vault = self.client.api(VaultApi, "vault")
        self.lock = self.client.api(LockApi, "lock")
        self.keys = self.client.api(KeysApi, "keys")
        self.files = self.client.api(FilesApi, "files")
        self.text = self.client.api(TextApi, "text")
        self.activity = self.client.api(ActivityApi, "activity")
        self.credentials = self.client.api(CredentialsApi, "credentials")
        self.rotation = self.client.api(RotationApi, "rotation")
        self.transfer = self.client.api(TransferApi, "transfer")
        new = NewVault(passphrase=bytearray(PASSPHRASE), cost=FLOOR, first_key="Personal")
        self.pid = self.vault.create(new, WorkContext()).pid
        if wait:
            self.lock.triggers()

    @property
    def locking(self) -> list[VaultLocking]:
        """What it said of locking."""
        return [event for event in self.told if isinstance(event, VaultLocking)]

    def hears(self, trigger: LockTrigger) -> TriggerState:
        """Return what it says of one trigger."""
        return next(state for state in self.lock.triggers() if state.trigger is trigger)

    def wait_hears(self, trigger: LockTrigger, available: bool = True) -> None:
        """Wait until a trigger can be heard, or no more."""
        wait_until(lambda: self.hears(trigger).available is available, f"{trigger} to be heard: {available}", 30)

    def wait_locked(self, reason: str) -> Client:
        """Wait until it has locked for this reason; return a connection to its successor."""
        assert self.gone.wait(20), f"not locked; told {self.told}"
        assert [event.reason for event in self.locking] == [reason]
        again = self.connect()
        assert again.status.state is VaultState.LOCKED
        return again

    def stays_open(self) -> None:
        """Let everything that was sent arrive, and see that the vault is open all the same."""
        self.lock.triggers()
        assert self.client.status.state is VaultState.UNLOCKED
        assert self.locking == []

    def connect(self) -> Client:
        """Return another connection."""
        found = launch.connect(self.places, self.vault_file)
        assert found is not None
        return found

    def close(self) -> None:
        """End it, and its successors."""
        left = launch.connect(self.places, self.vault_file)
        if left is not None:
            with suppress(AgentGone):
                left.api(VaultApi, "vault").lock(quit_agent=True)
            left.close()
        self.client.close()

    def _start(self, clock: SetClock | None, role: str) -> Client:
        if clock is None:
            start = launch.start_for_window if role == "window" else launch.start_persistent
            return start(self.places, self.vault_file)
        return start_agent("clocked_agent.py", str(clock.path), self.vault_file)

    def _hear(self, event: Event | None) -> None:
        self.told.append(event)
        if event is None:
            self.gone.set()


class SetClock:
    """Two clocks in a file: how far the wall's and the monotonic one are ahead of the machine's, in seconds."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._wall = self._monotonic = 0.0
        self._write()

    def pass_time(self, *, minutes: float) -> None:
        """Let time pass while the computer runs."""
        self._wall += minutes * 60
        self._monotonic += minutes * 60
        self._write()

    def sleep(self, *, minutes: float) -> None:
        """Let time pass while the computer sleeps: the monotonic clock stands."""
        self._wall += minutes * 60
        self._write()

    def _write(self) -> None:
        fresh = self.path.with_suffix(".new")
        fresh.write_text(f"{self._wall} {self._monotonic}")
        fresh.replace(self.path)
