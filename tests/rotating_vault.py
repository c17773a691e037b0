"""An open vault with everything that rotates its credentials, in this process and on a clock that a test moves."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from tests.given_vault import GivenVault
from vaultapp.contracts.connectors import Connector
from vaultapp.contracts.credential_kinds import KINDS
from vaultapp.contracts.credentials import Credential, NewCredential, SecretFields
from vaultapp.contracts.rotation import RotationChanged, RotationState
from vaultapp.core.work import WorkContext
from vaultapp.services.credential_store import find_version
from vaultapp.services.credentials import CredentialsService
from vaultapp.services.password_generator import PasswordGenerator
from vaultapp.services.rotation import RotationService
from vaultapp.services.rotation_runner import RotationRunner
from vaultapp.services.rotation_targets import RotationTargets
from vaultapp.services.rotation_triggers import RotationTriggers
from vaultapp.services.unlocked import UnlockedVault


class FindsConnectors(Protocol):
    def find(self, kind: str) -> Connector: ...


class RotatingVault:
    """Everything is made anew by :meth:`open`, as a new life of the process would. Nothing goes on by itself.

    Args:
        given: Its folders and clock.
        reopen: Opens the vault.
        connectors: What may be used.
        lag_s: Waits between tries of a new value.
    """

    def __init__(
        self,
        given: GivenVault,
        reopen: Callable[[], UnlockedVault],
        connectors: FindsConnectors,
        lag_s: tuple[float, ...] = (0, 0),
    ) -> None:
        self.given = given
        self.clock = given.clock
        self.commands: list[tuple[str, ...]] = []
        self.command_exits_well = False
        self._reopen = reopen
        self._connectors = connectors
        self._lag_s = lag_s
        self.open()

    def open(self) -> None:
        """Open the vault as another process would."""
        self.unlocked = self._reopen()
        given, pen = self.given, self.given.pen(self.unlocked)
        self.targets = RotationTargets(self.unlocked, self._connectors)
        generate = PasswordGenerator(given.random)
        self.runner = RotationRunner(
            self.unlocked,
            self.targets,
            lambda rules: generate(rules).decode(),
            given.clock,
            given.bus,
            lag_s=self._lag_s,
        )
        self.credentials = CredentialsService(
            self.unlocked,
            pen,
            given.clock,
            given.random,
            given.bus,
            KINDS,
            self.runner.settle,
            lambda credential_id: self.runner.let_go(credential_id, pen),
        )
        self.triggers = RotationTriggers(self.unlocked, self.runner, given.clock, given.random, self._command)
        self.service = RotationService(
            self.unlocked, self.runner, self.targets, self.triggers, pen, given.clock, given.bus
        )

    def add(self, name: str, kind: str, value: dict[str, str], settings: dict[str, str] | None = None) -> UUID:
        """Put a credential into the vault."""
        new = NewCredential(name, name, kind, SecretFields(value), settings=settings or {})
        return self.credentials.create(new).credential_id

    def rotate(self, name: str, *, emergency: bool = False) -> RotationState:
        (changed,) = self.service.rotate((name,), WorkContext(), emergency=emergency)
        return changed.state

    def go_on(self, seconds: float) -> None:
        """Let time pass, and do what is due then."""
        self.clock.forward(seconds=seconds)
        self.runner.round()

    def shown(self, name: str) -> Credential:
        return self.credentials.show(name)

    def state(self, name: str) -> RotationState:
        found = self.shown(name).rotation
        assert found is not None
        return found

    def value(self, name: str, version: str = "current") -> dict[str, str]:
        """Return a value as the disk has it; nothing is settled by that."""
        credential_id = self.unlocked.credentials.resolve(name)
        credential, store = self.unlocked.credentials.named(credential_id), self.unlocked.credential_store
        return store.value(find_version(store.versions(credential_id), credential.labels, version).row_id)

    def held(self, name: str) -> list[dict[str, str]]:
        """Return every value that the vault holds."""
        return [self.value(name, version.version_id) for version in self.shown(name).versions]

    def labels(self, name: str) -> dict[str, int]:
        return {label.value: version.number for version in self.shown(name).versions for label in version.labels}

    def _command(self, command: tuple[str, ...], _seconds: float) -> bool:
        self.commands.append(command)
        return self.command_exits_well


def in_background(call: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    return thread


def one(changed: tuple[RotationChanged, ...]) -> RotationState:
    (found,) = changed
    return found.state
