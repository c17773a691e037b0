"""A PostgreSQL server for tests of its connector, with one account, and targets there."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.servers.postgresql import PostgresServer
from vaultapp.connectors.postgresql import CONNECTOR
from vaultapp.contracts.connectors import Connection, Target

OLD, NEW, THIRD = "old-Passw0rd-$%;--", "new-Passw0rd-'\"\\x", "third-Passw0rd-ü"


@pytest.fixture(scope="module")
def postgres_process() -> Iterator[PostgresServer]:
    with PostgresServer("superuser_reserved_connections=3") as found:
        yield found


@pytest.fixture
def postgres(postgres_process: PostgresServer) -> Iterator[PostgresServer]:
    """Give a server on which nothing but one account is left of other tests."""
    postgres_process.role("app", OLD)
    yield postgres_process
    postgres_process.run("REASSIGN OWNED BY app TO postgres")
    for (name,) in postgres_process.run("SELECT rolname FROM pg_roles WHERE rolname LIKE 'app%%' ORDER BY 1 DESC"):
        postgres_process.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", name)
        postgres_process.run(f'DROP OWNED BY "{name}"')
        postgres_process.run(f'DROP ROLE "{name}"')


def target(postgres: PostgresServer, *, admin: bool = False, timeout_s: float = 5.0, **settings: str) -> Target:
    value = postgres.admin_value() if admin else None
    return CONNECTOR.connect(Connection(postgres.settings(**settings), value, timeout_s))


def ends(session: psycopg.Connection[object]) -> bool:
    try:
        session.execute("SELECT 1")
    except psycopg.OperationalError:
        return True
    return False
