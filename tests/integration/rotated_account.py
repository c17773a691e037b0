"""An account of a MariaDB server that a vault rotates, and a process that is killed in the middle of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.given_vault import GivenVault
from tests.interfering_target import Interference, InterferingConnectors
from tests.rotating_vault import RotatingVault
from tests.servers.mariadb import MariaDbServer
from tests.unit.services.conftest import Reopen
from vaultapp.connectors.registry import Connectors

APP, ADMIN_NAME = "prod/mysql/app", "prod/mysql/admin"
OLD = "the-Old-1-password"


class Killed(BaseException):
    """The process ends here."""


def kill() -> None:
    raise Killed


@pytest.fixture(scope="module")
def server() -> Iterator[MariaDbServer]:
    with MariaDbServer() as running:
        yield running


@pytest.fixture(autouse=True)
def app(server: MariaDbServer) -> Iterator[None]:
    server.account("app", OLD)
    yield
    server.read_only(on=False)
    for name, host in server.run("SELECT User, Host FROM mysql.user WHERE User LIKE 'app%'"):
        server.run("DROP USER %s@%s", name, host)


@pytest.fixture
def interference() -> Interference:
    return Interference()


@pytest.fixture
def vault(server: MariaDbServer, given: GivenVault, reopen: Reopen, interference: Interference) -> RotatingVault:
    found = RotatingVault(given, reopen, InterferingConnectors(Connectors(), interference))
    found.add(ADMIN_NAME, "mysql", {**server.admin_value(), "engine": "mysql"})
    add_app(found, server)
    return found


def add_app(vault: RotatingVault, server: MariaDbServer, **settings: str) -> None:
    settings = server.settings(admin=ADMIN_NAME, **settings)
    vault.add(APP, "mysql", {**server.value("app", OLD), "engine": "mysql"}, settings)


def killed(vault: RotatingVault) -> None:
    """Rotate until the process is killed, and open the vault again."""
    with pytest.raises(Killed):
        vault.rotate(APP)
    vault.open()


def logs_in(vault: RotatingVault, server: MariaDbServer, version: str = "current") -> bool:
    value = vault.value(APP, version)
    return server.logs_in(value["username"], value["password"])


def holds_what_is_in_force(vault: RotatingVault, server: MariaDbServer) -> bool:
    return any(server.logs_in(value["username"], value["password"]) for value in vault.held(APP))
