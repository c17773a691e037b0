"""A real agent that rotates at a real server, is killed, and comes back."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

from tests.closes_on_leaving import ClosesOnLeaving
from tests.ended import wait_gone
from tests.promises.guarded_agent import FLOOR, PASSPHRASE
from tests.promises.own_program import start_agent
from vaultapp.contracts.credentials import CredentialsApi, NewCredential, SecretFields
from vaultapp.contracts.rotation import RotationApi, RotationChanged, RotationState
from vaultapp.contracts.vault import NewVault, VaultApi
from vaultapp.core.errors import AgentGone
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext


class RotatingAgent(ClosesOnLeaving):
    """Starts an agent that can be killed at a moment, and makes a vault.

    Args:
        folder: For the file that names the moment.
    """

    def __init__(self, folder: Path) -> None:
        self.places = Places.of_user(dict(os.environ))
        self.vault_file = self.places.default_vault
        self.moment = folder / "moment"
        self._begin()
        new = NewVault(passphrase=bytearray(PASSPHRASE), cost=FLOOR)
        self.pid = self.vault.create(new, WorkContext()).pid

    def add(self, name: str, kind: str, value: dict[str, str], settings: dict[str, str] | None = None) -> None:
        self.credentials.create(NewCredential(name, name, kind, SecretFields(value), settings=settings or {}))

    def rotate(self, name: str, *, emergency: bool = False) -> RotationState:
        """Rotate, and return how that ended."""
        (changed,) = self.rotation.rotate((name,), WorkContext(), emergency=emergency)
        return changed.state

    def killed_at(self, moment: str, name: str, *, emergency: bool = False) -> None:
        """Rotate until it is killed at a moment, and start again."""
        self.moment.write_text(moment)
        with suppress(AgentGone):
            state = self.rotate(name, emergency=emergency)
            raise AssertionError(f"{moment} never came: {state}")
        assert not self.moment.exists()
        self.start_again()

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def start_again(self) -> None:
        """Wait for the end of the agent that was killed, start another one and unlock."""
        wait_gone(self.pid)
        self.client.close()
        self._begin()
        self.pid = self.vault.unlock(bytearray(PASSPHRASE), WorkContext()).pid

    def password(self, name: str, field: str = "password") -> str:
        """Return the current password as a program gets it."""
        return self.credentials.read(name).fields[field]

    def status(self) -> tuple[RotationChanged, ...]:
        return self.rotation.status()

    def close(self) -> None:
        with suppress(AgentGone):
            self.pid = self.vault.status().pid
            self.vault.lock(quit_agent=True)
        self.client.close()
        wait_gone(self.pid)

    def take_apis(self) -> None:
        """Speak over the connection that there is now."""
        self.vault = self.client.api(VaultApi, "vault")
        self.credentials = self.client.api(CredentialsApi, "credentials")
        self.rotation = self.client.api(RotationApi, "rotation")

    def _begin(self) -> None:
        self.client = start_agent("interrupted_agent.py", str(self.moment), self.vault_file)
        self.take_apis()
