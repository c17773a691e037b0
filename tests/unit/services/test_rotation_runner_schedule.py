from __future__ import annotations

import pytest

from tests.unit.services.rotation_bench import NAME, OLD, RotationBench
from vaultapp.contracts.credentials import NewCredential, SecretFields
from vaultapp.contracts.rotation import RotationOutcome, RotationPlan, RotationReason
from vaultapp.core.clock import DAY
from vaultapp.core.credential_errors import ConnectorMissing
from vaultapp.core.errors import InvalidValue
from vaultapp.core.target_errors import TargetDenied
from vaultapp.core.work import WorkContext


def plan(bench: RotationBench, **given: int | str) -> None:
    bench.service.schedule(NAME, RotationPlan(**given))  # type: ignore[arg-type]


def test_a_due_rotation_begins_by_itself_while_the_vault_is_open(bench: RotationBench) -> None:
    plan(bench, days=1)
    bench.clock.forward(days=0.9)
    bench.runner.round()
    assert bench.shown().rotation is None
    bench.clock.forward(days=0.2)
    assert bench.service.due() == (bench.credential_id,)
    bench.runner.round()
    found = bench.shown().rotation
    assert found is not None
    assert (found.outcome, found.reason) == (RotationOutcome.SUCCEEDED, RotationReason.SCHEDULE)
    assert bench.service.due() == ()
    assert bench.shown().plan.next_due == bench.clock.now() + DAY


def test_what_came_due_while_the_vault_was_closed_is_offered_and_begins_a_day_later(bench: RotationBench) -> None:
    plan(bench, days=1)
    bench.clock.forward(days=5)
    bench.open()
    bench.runner.round()
    assert bench.shown().rotation is None
    assert bench.service.due() == (bench.credential_id,)
    bench.clock.forward(days=1.1)
    bench.runner.round()
    assert bench.shown().rotation is not None


def test_all_that_is_due_is_rotated_when_asked_whatever_the_window(bench: RotationBench) -> None:
    plan(bench, days=1, window_start=0, window_minutes=1)
    bench.clock.forward(days=5)
    (changed,) = bench.service.rotate_due(WorkContext())
    assert (changed.state.outcome, changed.state.reason) == (RotationOutcome.SUCCEEDED, RotationReason.SCHEDULE)
    assert bench.service.rotate_due(WorkContext()) == ()


def test_no_plan_rotates_twice_within_an_hour_whatever_the_clock_does(bench: RotationBench) -> None:
    plan(bench, cron="* * * * *")
    for _ in range(50):
        bench.clock.forward(seconds=70)
        bench.runner.round()
    assert len(bench.server.secrets) == 1
    real = bench.clock.now
    for days in (400, -400, 800):
        bench.clock.now = lambda days=days: real() + days * DAY  # type: ignore[method-assign]
        bench.runner.round()
    assert len(bench.server.secrets) == 1


def test_what_the_target_does_not_allow_is_tried_by_its_plan_once_a_day(bench: RotationBench) -> None:
    plan(bench, days=1)
    bench.server.before["set"] = [TargetDenied(target="db:3306", account="app")] * 99
    bench.clock.forward(days=1.01)
    for _ in range(47):
        bench.runner.round()
        bench.clock.forward(seconds=3700)
    assert bench.server.calls.count("set") == 2


def test_a_credential_in_the_bin_does_not_rotate(bench: RotationBench) -> None:
    plan(bench, days=1)
    bench.credentials.delete(NAME, 7)
    bench.clock.forward(days=2)
    bench.runner.round()
    assert bench.server.calls == []
    assert bench.service.due() == ()


@pytest.mark.parametrize(
    ("kind", "given_plan", "error"),
    [
        ("mysql", RotationPlan(days=1, cron="0 3 * * *"), InvalidValue),
        ("login", RotationPlan(days=1), ConnectorMissing),
    ],
)
def test_a_plan_that_cannot_be_followed_makes_no_credential(
    bench: RotationBench, kind: str, given_plan: RotationPlan, error: type[Exception]
) -> None:
    value = SecretFields({"host": "db", "username": "n", "password": OLD})
    with pytest.raises(error):
        bench.credentials.create(NewCredential("new", "new", kind, value, plan=given_plan))


def test_a_plan_that_was_given_at_the_making_is_followed(bench: RotationBench) -> None:
    value = SecretFields({"host": "db", "username": "n", "password": OLD})
    bench.server.accounts["n"] = [OLD]
    bench.credentials.create(NewCredential("new", "new", "mysql", value, plan=RotationPlan(days=1)))
    bench.clock.forward(days=1.01)
    bench.runner.round()
    assert bench.credentials.show("new").rotation is not None


def test_the_next_moment_is_waited_for_and_no_other(bench: RotationBench) -> None:
    assert bench.runner.agenda.seconds_to_next(15) == 15
    bench.rotate()
    bench.clock.forward(seconds=30 * 60 - 8)
    assert bench.runner.agenda.seconds_to_next(15) == pytest.approx(8)
    bench.clock.forward(seconds=60)
    assert bench.runner.agenda.seconds_to_next(15) == 1, "asked without end"
    bench.credentials.delete(NAME, 7)
    assert bench.runner.agenda.seconds_to_next(15) == 15
