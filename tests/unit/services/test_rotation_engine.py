from __future__ import annotations

import pytest

from tests.given_vault import log
from tests.unit.services.fake_target import Killed
from tests.unit.services.rotation_bench import NAME, OLD, UNREACHABLE, RotationBench
from vaultapp.contracts.rotation import ProofLine, RotationChanged, RotationOutcome, RotationReason, RotationStep
from vaultapp.core.clock import MICROS


def test_a_rotation_goes_through_its_steps_and_keeps_the_old_value_for_a_while(bench: RotationBench) -> None:
    told = bench.given.heard(RotationChanged)
    state = bench.rotate().state
    assert (state.outcome, state.step) == (RotationOutcome.SUCCEEDED, RotationStep.RETIRE)
    assert state.old_until == bench.clock.now() + 30 * 60 * MICROS
    assert [(one.state.step, one.state.outcome) for one in told] == [
        (RotationStep.CREATE, RotationOutcome.RUNNING),
        (RotationStep.SET, RotationOutcome.RUNNING),
        (RotationStep.TEST, RotationOutcome.RUNNING),
        (RotationStep.FINISH, RotationOutcome.RUNNING),
        (RotationStep.RETIRE, RotationOutcome.SUCCEEDED),
    ]
    assert list(state.times) == ["create", "set", "test", "finish"]
    assert bench.server.accounts["app"] == [OLD, bench.value()]
    assert bench.labels() == {"current": 2, "previous": 1}
    assert bench.server.calls.count("set") == 1
    assert not bench.server.exclusive


def test_the_old_value_is_retired_when_its_time_is_over(bench: RotationBench) -> None:
    bench.rotate()
    bench.clock.forward(seconds=29 * 60)
    bench.runner.round()
    assert bench.server.logs_in({"username": "app", "password": OLD})
    bench.clock.forward(seconds=2 * 60)
    bench.runner.round()
    assert bench.server.accounts["app"] == [bench.value()]
    state = bench.shown().rotation
    assert state is not None
    assert (state.step, state.old_until) == (RotationStep.DONE, None)
    assert [(entry.action, entry.outcome) for entry in log(bench.unlocked) if "ret" in entry.action] == [
        ("credential.retire", "ok")
    ]


def test_where_one_value_is_valid_at_a_time_nothing_is_left_to_do(bench: RotationBench) -> None:
    bench.connectors.keeps_old = False
    state = bench.rotate().state
    assert (state.outcome, state.step) == (RotationOutcome.SUCCEEDED, RotationStep.DONE)
    assert bench.server.accounts["app"] == [bench.value()]
    assert "retire" not in bench.server.calls


def test_the_log_tells_of_begin_and_end_and_holds_no_value(bench: RotationBench) -> None:
    bench.rotate()
    told = [entry for entry in log(bench.unlocked) if entry.action == "credential.rotate"]
    assert [(entry.outcome, entry.facts.get("step")) for entry in told] == [("begun", None), ("ok", "retire")]
    assert all(password not in str(log(bench.unlocked)) for password in bench.held())


def test_the_new_value_is_on_the_disk_before_the_target_hears_of_it(bench: RotationBench) -> None:
    seen: list[bool] = []
    bench.server.before["set"] = [lambda: seen.append(bench.server.secrets[0] in bench.held())]
    bench.rotate()
    assert seen == [True]


def test_an_emergency_leaves_no_grace_ends_sessions_and_proves_it(bench: RotationBench) -> None:
    bench.server.sessions = [OLD, OLD, "another's"]
    state = bench.rotate(emergency=True).state
    assert (state.outcome, state.step) == (RotationOutcome.SUCCEEDED, RotationStep.DONE)
    assert state.reason is RotationReason.EMERGENCY
    assert bench.server.accounts["app"] == [bench.value()]
    assert bench.server.sessions == ["another's"]
    assert {line.line: (line.holds, line.count) for line in state.proof} == {
        ProofLine.OLD_REFUSED: (True, 1),
        ProofLine.OLD_SESSIONS_ENDED: (True, 2),
        ProofLine.NEW_LOGS_IN: (True, 1),
    }


def test_an_emergency_whose_proof_fails_is_not_called_a_success(bench: RotationBench) -> None:
    bench.server.after["retire"] = [lambda: bench.server.accounts["app"].append(OLD)]
    state = bench.rotate(emergency=True).state
    assert (state.outcome, state.step, state.error) == (
        RotationOutcome.UNFINISHED,
        RotationStep.RETIRE,
        "target_failed",
    )
    assert [line.holds for line in state.proof if line.line is ProofLine.OLD_REFUSED] == [False]
    bench.clock.forward(seconds=31)
    bench.runner.round()
    found = bench.shown().rotation
    assert found is not None
    assert found.outcome is RotationOutcome.SUCCEEDED
    assert all(line.holds for line in found.proof)


@pytest.mark.parametrize("method", ["retire", "end_sessions"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_emergency_killed_while_it_takes_the_old_value_away(bench: RotationBench, method: str, when: str) -> None:
    bench.server.sessions = [OLD]
    getattr(bench.server, when)[method] = [Killed()]
    bench.killed(emergency=True)
    bench.runner.examine()
    found = bench.shown().rotation
    assert found is not None
    assert found.outcome is RotationOutcome.SUCCEEDED
    assert bench.server.sessions == []
    assert bench.server.accounts["app"] == [bench.value()]


def test_an_emergency_takes_an_unfinished_rotation_over(bench: RotationBench) -> None:
    bench.server.before["probe"] = [UNREACHABLE]
    bench.rotate()
    assert OLD in bench.server.accounts["app"]
    state = bench.rotate(emergency=True).state
    assert (state.outcome, state.reason) == (RotationOutcome.SUCCEEDED, RotationReason.EMERGENCY)
    assert bench.server.accounts["app"] == [bench.value()]
    assert len(bench.server.secrets) == 1
    assert len(state.proof) == 3


def test_a_rotation_within_a_grace_period_ends_that_first(bench: RotationBench) -> None:
    bench.rotate()
    second = bench.value()
    bench.rotate()
    assert bench.server.accounts["app"] == [second, bench.value()]
    bench.open()
    assert [one.state.step for one in bench.service.status()] == [RotationStep.RETIRE]
    records = bench.unlocked.credential_store.rotations(bench.credential_id)
    assert [one.description.step for one in records] == [RotationStep.DONE, RotationStep.RETIRE]


def test_a_value_that_the_person_made_current_in_the_grace_period_is_left_alone(bench: RotationBench) -> None:
    bench.rotate()
    bench.credentials.promote(NAME, "previous")
    bench.clock.forward(days=1)
    bench.runner.round()
    assert OLD in bench.server.accounts["app"]
    found = bench.shown().rotation
    assert found is not None
    assert found.step is RotationStep.DONE
