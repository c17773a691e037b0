"""A vault with a credential, and everything that rotates it, at a target in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tests.given_vault import GivenVault
from tests.rotating_vault import RotatingVault, in_background
from tests.unit.services.fake_target import FakeConnectors, FakeServer, Killed
from vaultapp.contracts.credentials import Credential
from vaultapp.contracts.rotation import RotationChanged
from vaultapp.core.target_errors import TargetUnreachable
from vaultapp.core.work import WorkContext
from vaultapp.services.unlocked import UnlockedVault

OLD = "old-password"
NAME = "prod/mysql/app"
WAIT_S = 10
UNREACHABLE = TargetUnreachable(target="db:3306")


class RotationBench:
    """One credential in a :class:`RotatingVault`, whose parts it hands on.

    Args:
        given: Its folders and clock.
        reopen: Opens the vault.
    """

    def __init__(self, given: GivenVault, reopen: Callable[[], UnlockedVault]) -> None:
        self.given = given
        self.clock = given.clock
        self.server = FakeServer({"app": [OLD]})
        self.connectors = FakeConnectors(self.server)
        self.vault = RotatingVault(given, reopen, self.connectors)
        self._take_parts()
        self.credential_id = self.vault.add(NAME, "mysql", {"host": "db", "username": "app", "password": OLD})

    @property
    def commands(self) -> list[tuple[str, ...]]:
        return self.vault.commands

    def open(self) -> None:
        """Open the vault as another process would."""
        self.vault.open()
        self._take_parts()

    def _take_parts(self) -> None:
        vault = self.vault
        self.unlocked, self.runner, self.service = vault.unlocked, vault.runner, vault.service
        self.credentials, self.triggers = vault.credentials, vault.triggers

    def rotate(self, *, emergency: bool = False, name: str = NAME) -> RotationChanged:
        (changed,) = self.service.rotate((name,), WorkContext(), emergency=emergency)
        return changed

    def killed(self, *, emergency: bool = False) -> None:
        """Rotate in a process that is killed where the server says."""
        try:
            self.rotate(emergency=emergency)
        except Killed:
            self.open()
            return
        raise AssertionError("nobody killed it")

    def shown(self) -> Credential:
        return self.credentials.show(NAME)

    def value(self, version: str = "current") -> str:
        """Return a password as the disk has it; nothing is settled by that."""
        return self.vault.value(NAME, version)["password"]

    def read(self) -> str:
        """Return the current password as a program gets it."""
        return self.credentials.read(NAME).fields["password"]

    def held(self) -> set[str]:
        """Return every password that the vault holds."""
        return {value["password"] for value in self.vault.held(NAME)}

    def labels(self) -> dict[str, int]:
        return self.vault.labels(NAME)

    def check_promise(self) -> None:
        """See that what is in force is held."""
        assert set(self.server.accounts["app"]) & self.held(), "locked out"

    def in_background(self, call: Callable[[], object]) -> threading.Thread:
        return in_background(call)
