from __future__ import annotations

import threading
import traceback
from typing import Any

import pytest

from tests.unit.services.fake_target import Killed
from tests.unit.services.rotation_bench import NAME, OLD, UNREACHABLE, WAIT_S, RotationBench
from vaultapp.contracts.credentials import NewCredential, SecretFields
from vaultapp.contracts.rotation import RotationChanged, RotationOutcome, RotationReason, RotationStep
from vaultapp.core.credential_errors import ConnectorMissing, CredentialInBin, RotationUnderWay
from vaultapp.core.errors import HostError, NotFound, SpaceMissing
from vaultapp.core.target_errors import TargetDenied
from vaultapp.core.work import WorkContext


def test_two_clients_cannot_rotate_one_credential(
    bench: RotationBench, held: tuple[threading.Event, threading.Event]
) -> None:
    there, go_on = held
    first = bench.in_background(bench.rotate)
    assert there.wait(WAIT_S)
    with pytest.raises(RotationUnderWay) as caught:
        bench.rotate()
    assert caught.value.facts == {"credential": NAME}
    go_on.set()
    first.join(WAIT_S)
    assert len(bench.server.secrets) == 1
    assert bench.server.logs_in({"username": "app", "password": bench.value()})


def test_one_of_several_that_is_under_way_is_told_and_the_others_rotate(
    bench: RotationBench, held: tuple[threading.Event, threading.Event]
) -> None:
    there, go_on = held
    other = NewCredential("other", "other", "mysql", SecretFields({"host": "db", "username": "o", "password": OLD}))
    bench.credentials.create(other)
    bench.server.accounts["o"] = [OLD]
    first = bench.in_background(bench.rotate)
    assert there.wait(WAIT_S)
    outcomes = bench.service.rotate((NAME, "other"), WorkContext())
    assert [one.state.outcome for one in outcomes] == [RotationOutcome.RUNNING, RotationOutcome.SUCCEEDED]
    go_on.set()
    first.join(WAIT_S)


def test_what_the_vault_does_while_it_closes_stops_at_the_next_step_and_goes_on_after_the_unlock(
    bench: RotationBench, held: tuple[threading.Event, threading.Event]
) -> None:
    there, go_on = held
    outcomes: list[RotationChanged] = []
    rotating = bench.in_background(lambda: outcomes.append(bench.rotate()))
    assert there.wait(WAIT_S)
    stopping = bench.in_background(bench.runner.stop)
    while not bench.runner.leaving:
        pass
    go_on.set()
    rotating.join(WAIT_S)
    stopping.join(WAIT_S)
    (changed,) = outcomes
    assert (changed.state.outcome, changed.state.step) == (RotationOutcome.UNFINISHED, RotationStep.TEST)
    assert changed.state.error == ""
    bench.open()
    bench.runner.examine()
    assert bench.value() == bench.server.secrets[0]


def test_closing_waits_for_a_target_only_so_long(
    bench: RotationBench, held: tuple[threading.Event, threading.Event]
) -> None:
    there, go_on = held
    rotating = bench.in_background(bench.rotate)
    assert there.wait(WAIT_S)
    assert not bench.runner.stop(0.05)
    go_on.set()
    rotating.join(WAIT_S)


def test_what_cannot_be_rotated_is_refused_before_anything_is_done(bench: RotationBench) -> None:
    bench.credentials.create(NewCredential("note", "note", "note", SecretFields({"note": "n"})))
    bench.credentials.create(
        NewCredential("gone", "gone", "mysql", SecretFields({"host": "db", "username": "g", "password": "p"}))
    )
    bench.credentials.delete("gone", 7)
    for name, error in (("note", ConnectorMissing), ("gone", CredentialInBin), ("nobody", NotFound)):
        with pytest.raises(error):
            bench.service.rotate((NAME, name), WorkContext())
    assert bench.server.calls == []


def test_an_admin_that_is_missing_is_an_outcome(bench: RotationBench) -> None:
    from vaultapp.contracts.credentials import CredentialChange

    bench.credentials.edit(NAME, CredentialChange(settings={"admin": "nobody"}))
    state = bench.rotate().state
    assert (state.outcome, state.error) == (RotationOutcome.FAILED, "not_found")
    assert state.facts["name"] == "nobody"


def test_the_admins_current_value_goes_to_the_connector(bench: RotationBench) -> None:
    from vaultapp.contracts.credentials import CredentialChange

    value = {"host": "db", "username": "root", "password": "rootpw"}
    bench.credentials.create(NewCredential("root", "prod/root", "mysql", SecretFields(value)))
    bench.credentials.edit(NAME, CredentialChange(settings={"admin": "prod/root"}))
    bench.rotate()
    admin = bench.connectors.seen[-1].admin
    assert admin is not None
    assert admin["password"] == "rootpw"
    assert "rootpw" not in repr(bench.connectors.seen[-1])


def test_all_at_a_target_are_rotated(bench: RotationBench) -> None:
    for name, host, port in (("b", "db", "3306"), ("c", "db", "3307"), ("d", "elsewhere", "3306")):
        value = {"host": host, "port": port, "username": name, "password": OLD}
        bench.credentials.create(NewCredential(name, name, "mysql", SecretFields(value)))
        bench.server.accounts[name] = [OLD]
    found = bench.service.rotate_target("DB", WorkContext())
    assert sorted(one.identifier for one in found) == ["b", "c", NAME]
    found = bench.service.rotate_target("db:3307", WorkContext(), emergency=True)
    assert [(one.identifier, one.state.reason) for one in found] == [("c", RotationReason.EMERGENCY)]
    with pytest.raises(NotFound):
        bench.service.rotate_target("nowhere", WorkContext())


def test_a_full_disk_before_the_target_is_asked_changes_nothing(
    bench: RotationBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_named: object) -> None:
        raise SpaceMissing(path="vault")

    monkeypatch.setattr(bench.unlocked.credential_store, "insert_version", full)
    state = bench.rotate().state
    assert (state.outcome, state.error) == (RotationOutcome.UNFINISHED, "space_missing")
    assert bench.server.accounts["app"] == [OLD]
    assert "set" not in bench.server.calls
    monkeypatch.undo()
    bench.clock.forward(seconds=31)
    bench.runner.round()
    assert bench.server.logs_in({"username": "app", "password": bench.value()})
    assert bench.value() != OLD


def test_a_disk_that_refuses_after_the_change_loses_nothing(
    bench: RotationBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = bench.unlocked.credential_store.write_rotation

    def refuse() -> None:
        monkeypatch.setattr(bench.unlocked.credential_store, "write_rotation", broken)

    def broken(*_arguments: object) -> None:
        raise HostError(reason="io")

    bench.connectors.keeps_old = False
    bench.server.after["set"] = [refuse]
    state = bench.rotate().state
    assert (state.outcome, state.error) == (RotationOutcome.UNFINISHED, "host_error")
    bench.check_promise()
    monkeypatch.setattr(bench.unlocked.credential_store, "write_rotation", real)
    bench.open()
    bench.runner.examine()
    assert bench.server.accounts["app"] == [bench.value()]


def test_reading_settles_first_what_a_life_before_left_half_way(bench: RotationBench) -> None:
    bench.connectors.keeps_old = False
    bench.server.after["set"] = [Killed()]
    bench.killed()
    assert bench.value() == OLD
    assert bench.server.accounts["app"] == [bench.read()]
    assert bench.labels() == {"current": 2, "previous": 1}


def test_reading_waits_only_so_long_for_a_target_that_does_not_answer(bench: RotationBench) -> None:
    bench.server.after["set"] = [Killed()]
    bench.killed()
    go_on = threading.Event()
    bench.server.before["try_login"] = [lambda: go_on.wait(WAIT_S)]
    bench.runner.settle(bench.credential_id, 0.05)
    assert bench.runner.is_under_way(bench.credential_id)
    go_on.set()
    bench.runner.settle(bench.credential_id, WAIT_S)
    assert bench.value() == bench.server.secrets[0]


def test_the_thread_examines_first_and_ends_when_told(bench: RotationBench) -> None:
    bench.server.after["set"] = [Killed()]
    bench.killed()
    bench.runner._start_after_s = 0
    bench.runner.start()
    assert bench.runner.wait_examined(WAIT_S)
    assert bench.value() == bench.server.secrets[0]
    assert bench.runner.stop(WAIT_S)
    assert not bench.runner._thread.is_alive()


def test_what_was_tried_in_this_life_is_not_tried_again_by_the_examination(bench: RotationBench) -> None:
    bench.server.before["set"] = [UNREACHABLE] * 9
    bench.rotate()
    bench.runner.examine()
    assert bench.server.calls.count("set") == 1
    bench.open()
    bench.runner.examine()
    assert bench.server.calls.count("set") == 2


def test_status_tells_what_is_not_simply_over(bench: RotationBench) -> None:
    assert bench.service.status() == ()
    bench.rotate()
    assert [one.state.step for one in bench.service.status()] == [RotationStep.RETIRE]
    bench.open()
    assert [one.state.step for one in bench.service.status()] == [RotationStep.RETIRE]
    bench.clock.forward(days=1)
    bench.runner.round()
    assert bench.service.status() == ()
    bench.server.before["set"] = [TargetDenied(target="db:3306", account="app")]
    bench.rotate()
    assert [one.state.error for one in bench.service.status()] == ["target_denied"]
    bench.rotate()
    assert [one.state.error for one in bench.service.status()] == [""]


def test_resume_brings_unfinished_ones_to_their_end_at_once(bench: RotationBench) -> None:
    bench.server.before["set"] = [UNREACHABLE]
    bench.rotate()
    (changed,) = bench.service.resume(WorkContext())
    assert changed.state.outcome is RotationOutcome.SUCCEEDED
    assert bench.service.resume(WorkContext()) == ()


def test_check_changes_nothing_and_tells_what_would_stop_it(bench: RotationBench) -> None:
    bench.service.check(NAME)
    assert "set" not in bench.server.calls
    bench.server.accounts["app"] = ["another"]
    from vaultapp.core.target_errors import LoginRefused

    with pytest.raises(LoginRefused):
        bench.service.check(NAME)
    assert bench.shown().rotation is None


def test_a_disk_that_refused_is_tried_again_soon(bench: RotationBench, monkeypatch: pytest.MonkeyPatch) -> None:
    store = bench.unlocked.credential_store
    real, tries = store.write_rotation, [1, 2]

    def refuses_twice(*given: Any) -> None:
        if bench.server.calls.count("set") and tries:
            tries.pop()
            raise HostError(reason="io")
        real(*given)

    monkeypatch.setattr(store, "write_rotation", refuses_twice)
    assert bench.rotate().state.outcome is RotationOutcome.UNFINISHED
    bench.vault.go_on(31)
    assert bench.server.logs_in({"username": "app", "password": bench.value()})
    assert bench.value() != OLD


def test_what_was_planned_by_a_clock_far_ahead_goes_on_when_it_is_right_again(bench: RotationBench) -> None:
    bench.clock.forward(days=3650)
    bench.rotate()
    bench.server.before["set"] = [UNREACHABLE]
    bench.server.accounts["b"] = [OLD]
    bench.vault.add("b", "mysql", {"host": "db", "username": "b", "password": OLD})
    bench.vault.rotate("b")
    bench.clock.forward(days=-3649)
    bench.runner.round()
    assert not bench.server.logs_in({"username": "app", "password": OLD})
    assert bench.vault.state("b").outcome is RotationOutcome.SUCCEEDED


def test_a_bug_that_check_finds_tells_nothing_of_a_value(bench: RotationBench) -> None:
    from vaultapp.core.target_errors import TargetFailed

    bench.server.before["probe"] = [ValueError(f"cannot read {OLD}")]
    with pytest.raises(TargetFailed) as caught:
        bench.service.check(NAME)
    assert caught.value.facts["reason"] == "ValueError"
    assert OLD not in "".join(traceback.format_exception(caught.value))


def test_at_a_target_those_that_change_others_come_last(bench: RotationBench) -> None:
    from vaultapp.contracts.credentials import CredentialChange

    for name in ("b", "root", "c"):
        bench.server.accounts[name] = [OLD]
        bench.vault.add(name, "mysql", {"host": "db", "username": name, "password": OLD})
    bench.credentials.edit("c", CredentialChange(settings={"admin": "root"}))
    found = bench.service.rotate_target("db", WorkContext())
    assert [one.identifier for one in found] == [NAME, "b", "c", "root"]
