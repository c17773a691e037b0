"""A MariaDB server for tests of its connector, with one account, and targets there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.mariadb import MariaDbServer
from vaultapp.connectors.mysql import CONNECTOR
from vaultapp.contracts.connectors import Connection, Target

OLD, NEW, NEXT = "the-Old-1-password", "the-New-2-password", "the-Next-3-password"
ODD = "q'u\"o\\t%e;-- `x` {%s} \N{SNOWMAN}"


@pytest.fixture(scope="module")
def server() -> Iterator[MariaDbServer]:
    with MariaDbServer("--plugin-load-add=auth_ed25519") as running:
        yield running


@pytest.fixture(autouse=True)
def app(server: MariaDbServer) -> Iterator[None]:
    """Give every test the account ``app`` with the old password, and take away what it made."""
    server.account("app", OLD)
    yield
    server.read_only(on=False)
    server.run("SET GLOBAL disconnect_on_expired_password = 0")
    for name, host in server.run("SELECT User, Host FROM mysql.user WHERE User LIKE 'app%' OR User = 'owner'"):
        server.run("DROP USER %s@%s", name, host)


def target(server: MariaDbServer, *, admin: dict[str, str] | None = None, **settings: str) -> Target:
    return CONNECTOR.connect(Connection(server.settings(**settings), admin, timeout_s=5))


@pytest.fixture
def managed(server: MariaDbServer) -> Target:
    """Give a target whose passwords the account ``rotator`` changes."""
    return target(server, admin=server.admin_value())


@pytest.fixture
def alone(server: MariaDbServer) -> Target:
    """Give a target that changes itself."""
    return target(server)


@pytest.fixture
def alternating(server: MariaDbServer) -> Target:
    return target(server, admin=server.admin_value(), strategy="alternating")


def methods(server: MariaDbServer, name: str = "app", host: str = "%") -> str:
    return str(server.run("SHOW CREATE USER %s@%s", name, host)[0][0])
