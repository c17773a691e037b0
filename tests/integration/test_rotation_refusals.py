"""Rotations that a real server refuses: rows 11 to 16 of the design's table of failures."""

from __future__ import annotations

from tests.integration.rotated_account import ADMIN_NAME, APP, OLD, app, interference, logs_in, server, vault
from tests.interfering_target import Interference
from tests.rotating_vault import RotatingVault
from tests.servers.mariadb import ADMIN, MariaDbServer
from tests.unit.services.conftest import given, reopen
from vaultapp.contracts.rotation import RotationOutcome

__all__ = ["app", "given", "interference", "reopen", "server", "vault"]


def test_11_an_account_that_may_not_change_others_ends_it_at_once(
    vault: RotatingVault, server: MariaDbServer, interference: Interference
) -> None:
    server.run(f"REVOKE CREATE USER ON *.* FROM {ADMIN}@'%'")
    try:
        state = vault.rotate(APP)
        assert (state.outcome, state.error, state.next_try) == (RotationOutcome.FAILED, "target_denied", None)
        vault.go_on(2 * 86400)
        assert interference.calls.count("set") == 1
    finally:
        server.run(f"GRANT CREATE USER ON *.* TO {ADMIN}@'%'")
    assert logs_in(vault, server)
    assert len(vault.held(APP)) == 2


def test_12_a_policy_that_refuses_gets_one_stricter_password_and_no_third(
    vault: RotatingVault, server: MariaDbServer, interference: Interference
) -> None:
    server.run("INSTALL SONAME 'simple_password_check'")
    server.run("SET GLOBAL general_log = 0")
    try:
        server.run("SET GLOBAL simple_password_check_minimal_length = 36")
        state = vault.rotate(APP)
        assert state.outcome is RotationOutcome.SUCCEEDED
        assert len(vault.value(APP)["password"]) == 40
        server.run("SET GLOBAL simple_password_check_minimal_length = 90")
        state = vault.rotate(APP)
        assert (state.outcome, state.error) == (RotationOutcome.FAILED, "password_refused")
    finally:
        server.run("UNINSTALL SONAME 'simple_password_check'")
        server.run("SET GLOBAL general_log = 1")
    assert interference.calls.count("set") == 4
    assert logs_in(vault, server)


def test_13_a_server_that_can_only_be_read_changes_nothing(vault: RotatingVault, server: MariaDbServer) -> None:
    server.read_only(on=True)
    state = vault.rotate(APP)
    assert (state.outcome, state.error) == (RotationOutcome.FAILED, "target_read_only")
    server.read_only(on=False)
    assert logs_in(vault, server)
    assert vault.rotate(APP).outcome is RotationOutcome.SUCCEEDED


def test_14_a_new_value_that_does_not_do_its_work_is_taken_back(
    vault: RotatingVault, server: MariaDbServer, interference: Interference
) -> None:
    from vaultapp.contracts.credentials import CredentialChange

    settings = server.settings(admin=ADMIN_NAME, probe="SELECT count(*) FROM mysql.user")
    vault.credentials.edit(APP, CredentialChange(settings=settings))
    state = vault.rotate(APP)
    assert (state.outcome, state.error) == (RotationOutcome.FAILED, "probe_failed")
    assert vault.labels(APP) == {"current": 1}
    assert logs_in(vault, server)
    assert not logs_in(vault, server, "2")


def test_15_the_row_that_lets_the_account_in_is_the_one_that_changes(
    vault: RotatingVault, server: MariaDbServer
) -> None:
    server.account("app", OLD, host="127.0.0.1")
    assert vault.rotate(APP).outcome is RotationOutcome.SUCCEEDED
    assert logs_in(vault, server)


def test_16_an_account_that_is_locked_stops_it(
    vault: RotatingVault, server: MariaDbServer, interference: Interference
) -> None:
    server.run("ALTER USER app@'%' ACCOUNT LOCK")
    state = vault.rotate(APP)
    assert (state.outcome, state.error) == (RotationOutcome.FAILED, "account_locked")
    assert "set" not in interference.calls
    server.run("ALTER USER app@'%' ACCOUNT UNLOCK")
    assert logs_in(vault, server)


def test_16b_a_password_that_has_expired_is_renewed(vault: RotatingVault, server: MariaDbServer) -> None:
    server.run("ALTER USER app@'%' PASSWORD EXPIRE")
    assert vault.rotate(APP).outcome is RotationOutcome.SUCCEEDED
    assert logs_in(vault, server)
