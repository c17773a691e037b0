"""Promise 30: a password that the target's policy refuses is replaced, not retried for ever; MySQL 8 keeps the old one
for a grace period, MariaDB has its own path.

Origin: hashicorp/vault#28989, #7222. What MySQL 8 is sent is tested against a stand-in (tests/unit/connectors).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.rotating_agent import RotatingAgent
from tests.servers.mariadb import MariaDbServer
from vaultapp.contracts.rotation import RotationOutcome, RotationStep

OLD = "the-Old-1-password"


@pytest.fixture
def server() -> Iterator[MariaDbServer]:
    with MariaDbServer() as running:
        running.account("app", OLD)
        yield running


@pytest.fixture
def agent(server: MariaDbServer, tmp_path: Path) -> Iterator[RotatingAgent]:
    with RotatingAgent(tmp_path) as started:
        started.add("admin", "mysql", server.admin_value() | {"engine": "mysql"})
        started.add("app", "mysql", server.value("app", OLD) | {"engine": "mysql"}, server.settings(admin="admin"))
        yield started


def demand(server: MariaDbServer, length: int) -> None:
    """Let the server refuse what is shorter; what it is to check it must be sent, so its own log is off."""
    if not server.run("SELECT 1 FROM information_schema.plugins WHERE plugin_name = 'simple_password_check'"):
        server.run("INSTALL SONAME 'simple_password_check'")
    server.run("SET GLOBAL general_log = 0")
    server.run(f"SET GLOBAL simple_password_check_minimal_length = {length}")


def test_promise_30_a_refused_password_is_replaced_by_a_stricter_one(
    agent: RotatingAgent, server: MariaDbServer
) -> None:
    demand(server, 36)
    state = agent.rotate("app")
    assert state.outcome is RotationOutcome.SUCCEEDED
    password = agent.password("app")
    assert len(password) == 40
    assert server.logs_in("app", password)
    versions = agent.credentials.show("app").versions
    assert len(versions) == 3
    assert versions[1].discarded_until is not None, "the refused one is kept for a while"


def test_promise_30_it_is_replaced_once_and_then_said(agent: RotatingAgent, server: MariaDbServer) -> None:
    demand(server, 90)
    state = agent.rotate("app")
    assert (state.outcome, state.error, state.next_try) == (RotationOutcome.FAILED, "password_refused", None)
    assert len(agent.credentials.show("app").versions) == 3
    assert agent.password("app") == OLD
    assert server.logs_in("app", OLD)


def test_promise_30_mariadb_keeps_the_old_password_for_a_grace_period(
    agent: RotatingAgent, server: MariaDbServer
) -> None:
    state = agent.rotate("app")
    assert (state.outcome, state.step) == (RotationOutcome.SUCCEEDED, RotationStep.RETIRE)
    assert state.old_until is not None
    assert server.logs_in("app", OLD)
    assert server.logs_in("app", agent.password("app"))
    ((ways,),) = server.run("SHOW CREATE USER app@'%'")
    assert str(ways).count("mysql_native_password") == 2
