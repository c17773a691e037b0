from __future__ import annotations

import pytest

from tests.unit.services.fake_target import FakeTarget
from tests.unit.services.rotation_bench import OLD, RotationBench
from vaultapp.contracts.rotation import RotationOutcome
from vaultapp.core.clock import DAY
from vaultapp.core.target_errors import AccountLocked, PasswordRefused, ProbeFailed, TargetDenied

DENIED = TargetDenied(target="db:3306", account="app", number=1227)

REFUSED = PasswordRefused(target="db:3306")


def test_what_the_target_does_not_allow_fails_and_the_value_is_kept_for_thirty_days(bench: RotationBench) -> None:
    bench.server.before["set"] = [DENIED]
    changed = bench.rotate()
    assert (changed.state.outcome, changed.state.error) == (RotationOutcome.FAILED, "target_denied")
    assert (changed.state.facts["account"], changed.state.next_try) == ("app", None)
    assert bench.labels() == {"current": 1}
    assert bench.shown().versions[1].discarded_until == bench.clock.now() + 30 * DAY
    assert bench.server.secrets[0] in bench.held()
    bench.clock.forward(days=1)
    bench.runner.round()
    assert bench.server.calls.count("set") == 1, "tried again"


def test_a_value_that_the_policy_refuses_is_replaced_once_by_a_stricter_one(bench: RotationBench) -> None:
    bench.server.before["set"] = [REFUSED]
    state = bench.rotate().state
    assert state.outcome is RotationOutcome.SUCCEEDED
    assert [len(secret) for secret in bench.server.secrets] == [32, 40]
    assert bench.labels() == {"current": 3, "previous": 1}
    assert bench.shown().versions[1].discarded_until is not None


def test_a_policy_that_refuses_twice_ends_it(bench: RotationBench) -> None:
    bench.server.before["set"] = [REFUSED, REFUSED]
    state = bench.rotate().state
    assert (state.outcome, state.error) == (RotationOutcome.FAILED, "password_refused")
    assert len(bench.server.secrets) == 2
    assert bench.labels() == {"current": 1}
    assert bench.server.accounts["app"] == [OLD]
    assert set(bench.server.secrets) < bench.held()


def test_when_the_new_value_does_not_do_its_work_the_old_one_is_set_again(bench: RotationBench) -> None:
    bench.server.before["probe"] = [ProbeFailed(target="db:3306", account="app")]
    state = bench.rotate().state
    assert (state.outcome, state.error) == (RotationOutcome.FAILED, "probe_failed")
    assert bench.server.accounts["app"] == [OLD]
    assert bench.labels() == {"current": 1}
    assert bench.shown().versions[1].discarded_until is not None


def test_a_server_that_never_takes_the_new_value_gets_the_old_one_back(bench: RotationBench) -> None:
    bench.server.lag = 99
    state = bench.rotate().state
    assert (state.outcome, state.error) == (RotationOutcome.FAILED, "login_refused")
    assert bench.server.accounts["app"] == [OLD]


def test_when_no_value_logs_in_it_is_stuck_and_tried_no_more(bench: RotationBench) -> None:
    bench.server.accounts["app"] = ["somebody else's"]
    state = bench.rotate().state
    assert (state.outcome, state.error) == (RotationOutcome.STUCK, "login_refused")
    assert state.facts == {"target": "db:3306", "account": "app"}
    calls = len(bench.server.calls)
    bench.clock.forward(days=2)
    bench.runner.round()
    assert len(bench.server.calls) == calls, "an account may be locked by wrong passwords"
    assert bench.server.secrets[0] in bench.held()


def test_one_that_was_stuck_goes_on_with_the_same_value_when_asked(bench: RotationBench) -> None:
    bench.server.accounts["app"] = ["somebody else's"]
    bench.rotate()
    bench.server.accounts["app"] = [OLD]
    assert bench.rotate().state.outcome is RotationOutcome.SUCCEEDED
    assert bench.value() == bench.server.secrets[0]
    assert len(bench.server.secrets) == 1


def test_a_server_that_was_restored_is_set_again_by_the_value_before(bench: RotationBench) -> None:
    bench.connectors.keeps_old = False
    bench.rotate()
    bench.server.accounts["app"] = [OLD]
    assert bench.rotate().state.outcome is RotationOutcome.SUCCEEDED
    assert bench.server.accounts["app"] == [bench.value()]
    assert bench.labels() == {"current": 3, "previous": 2}


def test_a_discarded_value_that_is_in_force_after_all_is_found(bench: RotationBench) -> None:
    bench.server.before["set"] = [DENIED]
    bench.rotate()
    bench.server.accounts["app"] = [bench.server.secrets[0]]
    assert bench.rotate().state.outcome is RotationOutcome.SUCCEEDED
    assert bench.server.logs_in({"username": "app", "password": bench.value()})


def test_an_account_that_is_locked_stops_it(bench: RotationBench) -> None:
    bench.server.before["try_login"] = [AccountLocked(target="db:3306", account="app")]
    state = bench.rotate().state
    assert (state.outcome, state.error) == (RotationOutcome.FAILED, "account_locked")
    assert "set" not in bench.server.calls


def test_a_plug_ins_bug_is_a_failure_that_quotes_nothing(bench: RotationBench) -> None:
    bench.server.before["set"] = [ValueError(OLD)]
    changed = bench.rotate()
    assert (changed.state.outcome, changed.state.error) == (RotationOutcome.FAILED, "target_failed")
    assert changed.state.facts["reason"] == "ValueError"
    assert OLD not in str(changed)


def test_a_plug_in_that_cannot_even_connect_is_a_failure_that_quotes_nothing(
    bench: RotationBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_connection: object) -> None:
        raise ValueError(OLD)

    monkeypatch.setattr(bench.connectors, "_connect", broken)
    changed = bench.rotate()
    assert (changed.state.outcome, changed.state.error) == (RotationOutcome.FAILED, "target_failed")
    assert OLD not in str(changed)


@pytest.mark.parametrize(
    "proposed",
    [
        {},
        {"host": "db", "username": "app"},
        {"host": "db", "username": "app", "password": "x" * 70_000},
        {"host": "elsewhere", "username": "app", "password": "next"},
    ],
)
def test_a_proposal_that_is_no_value_of_its_kind_is_refused(
    bench: RotationBench, monkeypatch: pytest.MonkeyPatch, proposed: dict[str, str]
) -> None:
    monkeypatch.setattr(FakeTarget, "propose", lambda *_: proposed)
    state = bench.rotate().state
    assert (state.outcome, state.error) == (RotationOutcome.FAILED, "invalid_value")
    assert "set" not in bench.server.calls
    assert len(bench.shown().versions) == 1
