"""What becomes of the old value on a real server: rows 17 to 19 of the design's table of failures."""

from __future__ import annotations

import pymysql
import pytest

from tests.given_vault import GivenVault
from tests.integration.rotated_account import APP, OLD, app, interference, logs_in, server, vault
from tests.rotating_vault import RotatingVault
from tests.servers.mariadb import MariaDbServer
from tests.servers.redis_server import RedisServer
from tests.unit.services.conftest import Reopen, given, reopen
from vaultapp.connectors.registry import Connectors
from vaultapp.contracts.rotation import ProofLine, RotationOutcome, RotationStep

__all__ = ["app", "given", "interference", "reopen", "server", "vault"]


def test_17_a_program_with_the_old_password_logs_in_until_the_grace_period_is_over(
    vault: RotatingVault, server: MariaDbServer
) -> None:
    state = vault.rotate(APP)
    assert state.step is RotationStep.RETIRE
    assert server.logs_in("app", OLD)
    assert logs_in(vault, server)
    vault.go_on(29 * 60)
    assert server.logs_in("app", OLD)
    vault.go_on(2 * 60)
    assert not server.logs_in("app", OLD)
    assert logs_in(vault, server)


def test_18_after_a_break_in_the_old_password_and_its_sessions_are_out(
    vault: RotatingVault, server: MariaDbServer
) -> None:
    intruder = server.connect("app", OLD)
    try:
        state = vault.rotate(APP, emergency=True)
        assert state.outcome is RotationOutcome.SUCCEEDED
        assert {line.line: (line.holds, line.count) for line in state.proof} == {
            ProofLine.OLD_REFUSED: (True, 1),
            ProofLine.OLD_SESSIONS_ENDED: (True, 1),
            ProofLine.NEW_LOGS_IN: (True, 1),
        }
        with pytest.raises(pymysql.err.OperationalError):
            intruder.ping(reconnect=False)
    finally:
        intruder.close()
    assert not server.logs_in("app", OLD)
    assert logs_in(vault, server)


def test_19_a_node_that_is_missed_is_brought_up_before_the_old_value_goes(given: GivenVault, reopen: Reopen) -> None:
    with RedisServer() as first, RedisServer() as second:
        for node in (first, second):
            node.account("app", OLD)
        vault = RotatingVault(given, reopen, Connectors())
        vault.add("admin", "redis", first.admin_value())
        nodes = ",".join(f"{node.host}:{node.port}" for node in (first, second))
        vault.add(APP, "redis", first.value("app", OLD), first.settings(nodes=nodes, admin="admin"))
        second.kill()
        state = vault.rotate(APP)
        assert (state.outcome, state.error) == (RotationOutcome.UNFINISHED, "target_unreachable")
        assert first.logs_in("app", OLD)
        second.start()
        assert any(first.logs_in("app", value["password"]) for value in vault.held(APP))
        vault.go_on(31)
        assert vault.state(APP).outcome is RotationOutcome.SUCCEEDED
        for node in (first, second):
            assert node.logs_in("app", vault.value(APP)["password"])
            assert node.logs_in("app", OLD)
        vault.go_on(31 * 60)
        for node in (first, second):
            assert node.logs_in("app", vault.value(APP)["password"])
            assert not node.logs_in("app", OLD)
