"""Two hundred rotations at a real MariaDB in a row, while a client asks the vault and logs in all the time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pymysql

from tests.bench.our_vault import PASSPHRASE, OurVault
from tests.bench.report import tell
from tests.bench.stage import Stage
from tests.servers.mariadb import ADMIN, ADMIN_PASSWORD, MariaDbServer
from vaultapp.contracts.credentials import CredentialsApi, NewCredential, SecretFields
from vaultapp.contracts.rotation import RotationApi, RotationOutcome
from vaultapp.contracts.vault import VaultApi
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.ipc import launch
from vaultapp.ipc.client import Client

_ROTATIONS = 200
_NAME, _ADMIN = "prod/mysql/app", "prod/mysql/root"


class _LoggingIn:
    """A program that asks for the password and logs in with it, over and over; counts how that goes."""

    def __init__(self, server: MariaDbServer, client: Client) -> None:
        self.logins = self.refused = 0
        self._server = server
        self._credentials = client.api(CredentialsApi, "credentials")
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        while not self._over.is_set():
            password = self._credentials.read(_NAME).fields["password"]
            try:
                self._server.connect("app", password).close()
                self.logins += 1
            except pymysql.err.OperationalError:
                self.refused += 1

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Log in as long as the block runs."""
        self._thread.start()
        try:
            yield
        finally:
            self._over.set()
            self._thread.join()


def bench(stage: Stage) -> None:
    """Rotate one account, and count the logins that were refused meanwhile."""
    vault = OurVault(stage.disk / "rotating")
    vault.make()
    with MariaDbServer() as server, vault.unlocked(), _clients(vault) as (ours, programs):
        server.account("app", "first-of-many-passwords")
        _add(ours, server)
        program = _LoggingIn(server, programs)
        rotation = ours.api(RotationApi, "rotation")
        begun = time.perf_counter()
        with program.going_on():
            told = [rotation.rotate((_NAME,), WorkContext())[0].state.outcome for _ in range(_ROTATIONS)]
        each = (time.perf_counter() - begun) / _ROTATIONS
        failed = sum(outcome is not RotationOutcome.SUCCEEDED for outcome in told)
    tell(f"  rotation: {program.logins:,} logins meanwhile, {program.refused} refused, {failed} rotations failed")
    note = f"{program.logins:,} logins"
    name = f"{_ROTATIONS} rotations at MariaDB"
    stage.report.figure(f"{name}: that did not succeed", unit="rotations", runs=[failed], most=0)
    stage.report.figure(f"{name}: logins refused meanwhile", unit="logins", runs=[program.refused], most=0, note=note)
    stage.report.figure(f"{name}: one of them", unit="s", runs=[each])


def _add(client: Client, server: MariaDbServer) -> None:
    credentials = client.api(CredentialsApi, "credentials")
    settings = server.settings()
    admin = SecretFields(server.value(ADMIN, ADMIN_PASSWORD))
    credentials.create(NewCredential("Root", _ADMIN, "mysql", admin, settings=settings))
    value = SecretFields(server.value("app", "first-of-many-passwords"))
    credentials.create(NewCredential("App", _NAME, "mysql", value, settings=settings | {"admin": _ADMIN}))


@contextmanager
def _clients(vault: OurVault) -> Iterator[tuple[Client, Client]]:
    places = Places.of_user(vault.environment)
    found = [launch.connect(places, vault.path) for _ in range(2)]
    ours, programs = (client for client in found if client is not None)
    try:
        for client in (ours, programs):
            client.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE.encode()), WorkContext())
        yield ours, programs
    finally:
        ours.close()
        programs.close()
