"""Every way in which a rotation is known to fail, on a real server: one test for each row of the design's table.

What a server refuses (11 to 16) is in ``test_rotation_refusals.py``, the end of the old value (17 to 19) in
``test_rotation_old_value.py``.
"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.given_vault import GivenVault, log
from tests.integration.rotated_account import (
    ADMIN_NAME,
    APP,
    OLD,
    Killed,
    add_app,
    app,
    holds_what_is_in_force,
    interference,
    kill,
    killed,
    logs_in,
    server,
    vault,
)
from tests.interfering_target import Interference
from tests.rotating_vault import RotatingVault, in_background
from tests.servers.mariadb import MariaDbServer
from tests.unit.services.conftest import given, reopen
from vaultapp.connectors.registry import Connectors
from vaultapp.contracts.rotation import RotationOutcome, RotationPlan
from vaultapp.core.clock import DAY
from vaultapp.core.errors import SpaceMissing
from vaultapp.core.target_errors import TargetUnreachable
from vaultapp.core.work import WorkContext

__all__ = ["app", "given", "interference", "reopen", "server", "vault"]

WAIT_S = 20


def test_01_killed_before_the_new_value_is_durable_nothing_changed(
    vault: RotatingVault, server: MariaDbServer, interference: Interference
) -> None:
    interference.after["propose"] = kill
    killed(vault)
    assert vault.labels(APP) == {"current": 1}
    assert server.logs_in("app", OLD)
    vault.runner.examine()
    assert logs_in(vault, server)
    assert vault.labels(APP) == {"current": 2, "previous": 1}


def test_02_killed_before_the_target_is_asked_it_goes_on_with_the_same_value(
    vault: RotatingVault, server: MariaDbServer, interference: Interference
) -> None:
    interference.before["set"] = kill
    killed(vault)
    pending = vault.value(APP, "pending")
    assert server.logs_in("app", OLD)
    vault.runner.examine()
    assert vault.value(APP) == pending
    assert logs_in(vault, server)


def test_03_killed_after_the_target_took_it_it_is_finished_before_it_is_read(
    vault: RotatingVault, server: MariaDbServer, interference: Interference
) -> None:
    interference.after["set"] = kill
    killed(vault)
    pending = vault.value(APP, "pending")
    assert vault.credentials.read(APP).fields == pending
    assert logs_in(vault, server)
    assert interference.calls.count("set") == 1


def test_04_an_answer_that_is_lost_is_found_out_by_logging_in(
    vault: RotatingVault, server: MariaDbServer, interference: Interference
) -> None:
    def lose() -> None:
        raise TargetUnreachable(target="db")

    interference.after["set"] = lose
    assert vault.rotate(APP).outcome is RotationOutcome.SUCCEEDED
    assert logs_in(vault, server)


def test_04b_a_server_that_loses_its_power_after_the_change(
    vault: RotatingVault, server: MariaDbServer, interference: Interference
) -> None:
    def power_cut() -> None:
        server.kill()
        raise TargetUnreachable(target="db")

    interference.after["set"] = power_cut
    state = vault.rotate(APP)
    assert (state.outcome, state.error) == (RotationOutcome.UNFINISHED, "target_unreachable")
    server.start()
    assert holds_what_is_in_force(vault, server)
    vault.go_on(31)
    assert vault.state(APP).outcome is RotationOutcome.SUCCEEDED
    assert logs_in(vault, server)


def test_05_no_retry_makes_another_value(
    vault: RotatingVault, server: MariaDbServer, interference: Interference
) -> None:
    interference.before["set"] = kill
    killed(vault)
    pending = vault.value(APP, "pending")
    interference.after["set"] = kill
    with pytest.raises(Killed):
        vault.runner.examine()
    vault.open()
    assert holds_what_is_in_force(vault, server)
    vault.runner.examine()
    assert vault.value(APP) == pending
    assert len(vault.held(APP)) == 2
    assert logs_in(vault, server)


def test_06_a_full_disk_stops_it_before_the_target_is_asked(
    vault: RotatingVault, server: MariaDbServer, interference: Interference, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_named: object) -> None:
        raise SpaceMissing(path="vault")

    monkeypatch.setattr(vault.unlocked.credential_store, "insert_version", full)
    state = vault.rotate(APP)
    assert (state.outcome, state.error) == (RotationOutcome.UNFINISHED, "space_missing")
    assert "set" not in interference.calls
    assert logs_in(vault, server)


def test_07_a_server_that_was_restored_is_brought_up_by_the_value_before(
    vault: RotatingVault, server: MariaDbServer
) -> None:
    vault.rotate(APP)
    server.run("ALTER USER app@'%%' IDENTIFIED BY %s", OLD)
    assert vault.rotate(APP).outcome is RotationOutcome.SUCCEEDED
    assert logs_in(vault, server)
    assert vault.labels(APP) == {"current": 3, "previous": 2}


def test_08_a_password_that_somebody_changed_asks_the_person_and_is_not_guessed_at(
    vault: RotatingVault, server: MariaDbServer, interference: Interference
) -> None:
    server.run("ALTER USER app@'%' IDENTIFIED BY 'by-Hand-7-somebody'")
    state = vault.rotate(APP)
    assert (state.outcome, state.error, state.next_try) == (RotationOutcome.STUCK, "login_refused", None)
    assert interference.calls.count("try_login") == 2
    vault.go_on(3 * 86400)
    assert interference.calls.count("try_login") == 2
    vault.service.cancel(APP)
    from vaultapp.contracts.credentials import SecretFields

    vault.credentials.put(APP, SecretFields({**vault.value(APP), "password": "by-Hand-7-somebody"}))
    assert vault.rotate(APP).outcome is RotationOutcome.SUCCEEDED
    assert logs_in(vault, server)


def test_09_of_two_vaults_one_waits_and_both_never_write_at_once(
    vault: RotatingVault, server: MariaDbServer, interference: Interference, tmp_path: Path
) -> None:
    there, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        there.set()
        assert go_on.wait(WAIT_S)

    interference.before["set"] = wait
    rotating = in_background(lambda: vault.rotate(APP))
    assert there.wait(WAIT_S)
    other = GivenVault(tmp_path / "other")
    try:
        keeper = other.created()
        second = RotatingVault(other, lambda: keeper.unlocked, Connectors())
        second.add(ADMIN_NAME, "mysql", {**server.admin_value(), "engine": "mysql"})
        add_app(second, server)
        state = second.rotate(APP)
        assert (state.outcome, state.error, state.facts["reason"]) == (
            RotationOutcome.UNFINISHED,
            "target_busy",
            "lock",
        )
        go_on.set()
        rotating.join(WAIT_S)
        assert logs_in(vault, server)
        # The other one took the password away, or leaves it for a while; either way nothing of the first is lost.
        second.go_on(31)
        assert holds_what_is_in_force(second, server)
    finally:
        other.close()


def test_10_a_server_that_does_not_answer_is_tried_again_with_the_same_value(
    vault: RotatingVault, server: MariaDbServer
) -> None:
    server.stop()
    try:
        state = vault.rotate(APP)
        assert (state.outcome, state.error) == (RotationOutcome.UNFINISHED, "target_unreachable")
        pending = vault.value(APP, "pending")
        vault.go_on(31)
        assert vault.state(APP).attempts == 2
    finally:
        server.start()
    vault.go_on(121)
    assert vault.state(APP).outcome is RotationOutcome.SUCCEEDED
    assert vault.value(APP) == pending
    assert logs_in(vault, server)


def test_14b_killed_while_it_is_taken_back(
    vault: RotatingVault, server: MariaDbServer, interference: Interference
) -> None:
    from vaultapp.contracts.credentials import CredentialChange

    settings = server.settings(admin=ADMIN_NAME, probe="SELECT count(*) FROM mysql.user", strategy="single")
    vault.credentials.edit(APP, CredentialChange(settings=settings))
    interference.before["probe"] = lambda: interference.after.update(set=kill)
    killed(vault)
    assert holds_what_is_in_force(vault, server)
    vault.runner.examine()
    assert vault.state(APP).outcome is RotationOutcome.FAILED
    assert logs_in(vault, server)


def test_20_no_password_is_in_any_log_of_the_server_nor_in_the_vaults_own(
    vault: RotatingVault, server: MariaDbServer
) -> None:
    vault.rotate(APP)
    vault.rotate(APP, emergency=True)
    for value in vault.held(APP)[1:]:
        assert server.leaks(value["password"]) == []
        assert value["password"] not in str(log(vault.unlocked))
        assert value["password"].encode() not in vault.given.path.read_bytes()


def test_21_what_came_due_while_the_vault_was_locked_is_offered(vault: RotatingVault, server: MariaDbServer) -> None:
    vault.service.schedule(APP, RotationPlan(days=1))
    vault.clock.forward(days=3)
    vault.open()
    vault.runner.round()
    assert vault.service.due() == (vault.shown(APP).credential_id,)
    assert vault.shown(APP).rotation is None
    vault.service.rotate_due(WorkContext())
    assert logs_in(vault, server)
    assert vault.service.due() == ()


def test_22_a_clock_that_jumps_rotates_once(
    vault: RotatingVault, server: MariaDbServer, interference: Interference
) -> None:
    vault.service.schedule(APP, RotationPlan(days=1))
    real = vault.clock.now
    for days in (2, 4, -300, 500):
        vault.clock.now = lambda days=days: real() + days * DAY  # type: ignore[method-assign]
        vault.runner.round()
    assert interference.calls.count("set") == 1
    assert logs_in(vault, server)
