"""Whole rotations by the vault, on the targets of every kind but MySQL's, which has tests of its own."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.given_vault import GivenVault
from tests.integration.postgres_account import NEW, OLD, ends
from tests.rotating_vault import RotatingVault
from tests.servers.moto_server import MotoServer
from tests.servers.postgresql import PostgresServer
from tests.servers.redis_server import RedisServer
from tests.unit.services.conftest import Reopen, given, reopen
from vaultapp.connectors.registry import Connectors
from vaultapp.contracts.rotation import ProofLine, RotationOutcome, RotationState, RotationStep

__all__ = ["given", "reopen"]

APP, ADMIN = "prod/app", "prod/admin"
GRACE_S = 31 * 60


@pytest.fixture
def vault(given: GivenVault, reopen: Reopen) -> RotatingVault:
    return RotatingVault(given, reopen, Connectors())


def proof(state: RotationState) -> dict[ProofLine, tuple[bool, int]]:
    assert state.outcome is RotationOutcome.SUCCEEDED, (state.error, state.facts)
    return {line.line: (line.holds, line.count) for line in state.proof}


def held_back_and_retired(vault: RotatingVault) -> None:
    """Rotate, and let the grace period pass."""
    state = vault.rotate(APP)
    assert (state.outcome, state.step) == (RotationOutcome.SUCCEEDED, RotationStep.RETIRE), (state.error, state.facts)
    vault.go_on(GRACE_S)
    state = vault.state(APP)
    assert (state.outcome, state.step) == (RotationOutcome.SUCCEEDED, RotationStep.DONE), (state.error, state.facts)


def test_a_role_of_postgresql(vault: RotatingVault, postgres: PostgresServer) -> None:
    vault.add(APP, "postgresql", postgres.value("app", OLD), postgres.settings(probe="SELECT now()"))
    state = vault.rotate(APP)
    assert (state.outcome, state.step) == (RotationOutcome.SUCCEEDED, RotationStep.DONE), (state.error, state.facts)
    assert postgres.logs_in("app", vault.value(APP)["password"])
    assert not postgres.logs_in("app", OLD)
    with closing(postgres.connect("app", vault.value(APP)["password"])) as intruder:
        stolen = vault.value(APP)["password"]
        assert proof(vault.rotate(APP, emergency=True)) == {
            ProofLine.OLD_REFUSED: (True, 1),
            ProofLine.OLD_SESSIONS_ENDED: (True, 1),
            ProofLine.NEW_LOGS_IN: (True, 1),
        }
        assert ends(intruder)
    assert not postgres.logs_in("app", stolen)


def test_roles_of_postgresql_that_take_turns(vault: RotatingVault, postgres: PostgresServer) -> None:
    vault.add(ADMIN, "postgresql", postgres.admin_value())
    settings = postgres.settings(strategy="alternating", admin=ADMIN)
    vault.add(APP, "postgresql", postgres.value("app", OLD), settings)
    for name, other in (("app_clone", "app"), ("app", "app_clone")):
        before = vault.value(APP)["password"]
        state = vault.rotate(APP)
        assert state.step is RotationStep.RETIRE, (state.error, state.facts)
        value = vault.value(APP)
        assert value["username"] == name
        assert vault.shown(APP).account == name
        assert postgres.logs_in(name, value["password"])
        assert postgres.logs_in(other, before), "the program was locked out before it could ask again"
        vault.go_on(GRACE_S)
        assert not postgres.logs_in(other, before)
    with closing(postgres.connect("app", vault.value(APP)["password"])) as intruder:
        lines = proof(vault.rotate(APP, emergency=True))
        assert lines[ProofLine.OLD_SESSIONS_ENDED] == (True, 1)
        assert lines[ProofLine.OLD_REFUSED] == (True, 1)
        assert ends(intruder)
    for value in vault.held(APP):
        assert postgres.leaks(value["password"]) == []


def test_a_probe_that_fails_puts_the_old_role_back(vault: RotatingVault, postgres: PostgresServer) -> None:
    vault.add(ADMIN, "postgresql", postgres.admin_value())
    for strategy in ("single", "alternating"):
        settings = postgres.settings(strategy=strategy, admin=ADMIN, probe="SELECT * FROM nowhere")
        vault.add(f"{APP}/{strategy}", "postgresql", postgres.value("app", OLD), settings)
        state = vault.rotate(f"{APP}/{strategy}")
        assert (state.outcome, state.error) == (RotationOutcome.FAILED, "probe_failed")
        assert vault.value(f"{APP}/{strategy}") == postgres.value("app", OLD)
        assert postgres.logs_in("app", OLD)


def test_a_role_whose_password_nobody_here_knows_asks_the_person(
    vault: RotatingVault, postgres: PostgresServer
) -> None:
    vault.add(APP, "postgresql", postgres.value("app", NEW), postgres.settings())
    state = vault.rotate(APP)
    assert (state.outcome, state.error) == (RotationOutcome.STUCK, "login_refused")
    assert postgres.logs_in("app", OLD)


def test_a_user_of_redis_on_two_nodes(vault: RotatingVault) -> None:
    with RedisServer() as first, RedisServer() as second:
        for node in (first, second):
            node.account("app", OLD)
        vault.add(ADMIN, "redis", first.admin_value())
        settings = first.settings(nodes=f"{second.host}:{second.port}", admin=ADMIN)
        vault.add(APP, "redis", first.value("app", OLD), settings)
        held_back_and_retired(vault)
        stolen = vault.value(APP)["password"]
        with closing(first.connect("app", stolen)) as one, closing(second.connect("app", stolen)) as two:
            one.ping()
            two.ping()
            assert proof(vault.rotate(APP, emergency=True)) == {
                ProofLine.OLD_REFUSED: (True, 1),
                ProofLine.OLD_SESSIONS_ENDED: (True, 2),
                ProofLine.NEW_LOGS_IN: (True, 1),
            }
        for node in (first, second):
            node.restart()
            assert node.logs_in("app", vault.value(APP)["password"])
            assert not node.logs_in("app", OLD)
            assert not node.logs_in("app", stolen)
            assert all(node.leaks(value["password"]) == [] for value in vault.held(APP))


def test_a_redis_that_keeps_no_access_lists_is_told_and_left_as_it_was(vault: RotatingVault) -> None:
    with RedisServer(acl_file=False) as forgetful:
        forgetful.account("app", OLD)
        vault.add(APP, "redis", forgetful.value("app", OLD), forgetful.settings())
        state = vault.rotate(APP)
        assert (state.outcome, state.facts["reason"]) == (RotationOutcome.FAILED, "no_aclfile")
        assert forgetful.logs_in("app", OLD)


def test_an_access_key_of_aws(vault: RotatingVault) -> None:
    with MotoServer() as aws:
        first = aws.user("app")
        vault.add(APP, "aws", first, aws.settings())
        held_back_and_retired(vault)
        second = vault.value(APP)
        assert aws.keys("app") == {second["access_key_id"]: "Active"}
        held_back_and_retired(vault)
        state = vault.rotate(APP, emergency=True)
        assert proof(state)[ProofLine.OLD_REFUSED] == (True, 1)
        assert aws.keys("app") == {vault.value(APP)["access_key_id"]: "Active"}
        assert vault.shown(APP).account == vault.value(APP)["access_key_id"]


def test_a_key_whose_answer_was_lost_is_not_left_at_aws(vault: RotatingVault) -> None:
    with MotoServer() as aws:
        first = aws.user("app")
        aws.another_key("app")
        vault.add(APP, "aws", first, aws.settings())
        held_back_and_retired(vault)
        assert aws.keys("app") == {vault.value(APP)["access_key_id"]: "Active"}


def test_whatever_a_program_changes(vault: RotatingVault, tmp_path: Path) -> None:
    passwords = tmp_path / "passwords"
    passwords.write_text(json.dumps([OLD]))
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM)
    command = f"{sys.executable} {program} {passwords}"
    vault.add(APP, "command", {"username": "app", "password": OLD}, {"command": command})
    held_back_and_retired(vault)
    assert json.loads(passwords.read_text()) == [vault.value(APP)["password"]]
    assert proof(vault.rotate(APP, emergency=True))[ProofLine.OLD_SESSIONS_ENDED] == (True, 0)
    assert json.loads(passwords.read_text()) == [vault.value(APP)["password"]]
    program.write_text("raise SystemExit(1)")
    state = vault.rotate(APP)
    assert (state.outcome, state.facts["reason"]) == (RotationOutcome.FAILED, "no_answer")
    assert json.loads(passwords.read_text()) == [vault.value(APP)["password"]]


_PROGRAM = """
import json, sys
from pathlib import Path
asked, room = json.load(sys.stdin), Path(sys.argv[1])
passwords = json.loads(room.read_text())
answer = {"ok": True}
if asked["step"] == "test" and asked["value"]["password"] not in passwords:
    answer = {"ok": False, "error": "refused"}
elif asked["step"] == "set":
    passwords = [asked[name]["password"] for name in ("pending", "keep") if asked[name]]
elif asked["step"] == "retire":
    passwords = [one for one in passwords if one != asked["old"]["password"]]
elif asked["step"] not in ("test", "propose"):
    answer = {"ok": False, "error": "unsupported"}
room.write_text(json.dumps(passwords))
print(json.dumps(answer))
"""
