from __future__ import annotations

import pytest

from tests.unit.services.fake_target import Killed
from tests.unit.services.rotation_bench import OLD, UNREACHABLE, RotationBench
from vaultapp.contracts.rotation import RotationOutcome
from vaultapp.core.clock import MICROS
from vaultapp.core.target_errors import ProbeFailed

METHODS = ("propose", "try_login", "exclusive", "set", "unlock", "probe")


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("keeps_old", [True, False])
def test_killed_at_any_call_it_is_brought_to_its_end(
    bench: RotationBench, method: str, when: str, keeps_old: bool
) -> None:
    bench.connectors.keeps_old = keeps_old
    getattr(bench.server, when)[method] = [Killed()]
    bench.killed()
    bench.check_promise()
    bench.runner.examine()
    assert bench.server.logs_in({"username": "app", "password": bench.value()})
    assert bench.value() != OLD
    made = 2 if (method, when) == ("propose", "after") else 1
    assert len(bench.server.secrets) == made, "another pending value was made"
    assert bench.labels() == {"current": 2, "previous": 1}


@pytest.mark.parametrize("number", range(1, 6))
def test_killed_after_any_commit_it_is_brought_to_its_end(
    bench: RotationBench, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.connectors.keeps_old = False
    real, commits = bench.unlocked.credential_store.write_rotation, []

    def counted(*arguments: object) -> None:
        commits.append(1)
        if len(commits) > number:
            # What was committed before is all that there is.
            raise Killed
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(bench.unlocked.credential_store, "write_rotation", counted)
    if number < 4:
        bench.killed()
    else:
        bench.rotate()
    bench.check_promise()
    bench.open()
    bench.runner.examine()
    assert bench.server.accounts["app"] == [bench.value()]
    assert bench.value() != OLD


@pytest.mark.parametrize("method", ["set", "unlock", "exclusive", "try_login", "probe"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_answer_that_is_lost_is_found_out_by_logging_in(bench: RotationBench, method: str, when: str) -> None:
    getattr(bench.server, when)[method] = [UNREACHABLE]
    state = bench.rotate().state
    bench.check_promise()
    if state.outcome is not RotationOutcome.SUCCEEDED:
        assert (state.outcome, state.error) == (RotationOutcome.UNFINISHED, "target_unreachable")
        assert state.next_try == bench.clock.now() + 30 * MICROS
        bench.clock.forward(seconds=31)
        bench.runner.round()
    assert bench.server.logs_in({"username": "app", "password": bench.value()})
    assert bench.value() != OLD
    assert len(bench.server.secrets) == 1


def test_a_change_that_was_made_though_its_answer_was_lost_goes_on_at_once(bench: RotationBench) -> None:
    bench.server.after["set"] = [UNREACHABLE]
    assert bench.rotate().state.outcome is RotationOutcome.SUCCEEDED
    assert bench.server.calls.count("set") == 1


def test_tries_back_off_with_the_same_value(bench: RotationBench) -> None:
    bench.server.before["try_login"] = [UNREACHABLE] * 20
    state = bench.rotate().state
    waits = []
    for _ in range(5):
        assert state.next_try is not None
        waits.append((state.next_try - bench.clock.now()) // MICROS)
        bench.clock.forward(seconds=waits[-1] - 1)
        calls = len(bench.server.calls)
        bench.runner.round()
        assert len(bench.server.calls) == calls, "tried too early"
        bench.clock.forward(seconds=2)
        bench.runner.round()
        found = bench.shown().rotation
        assert found is not None
        state = found
    assert waits == [30, 120, 600, 3600, 3600]
    assert len(bench.server.secrets) == 1
    bench.server.before.clear()
    bench.clock.forward(seconds=3601)
    bench.runner.round()
    assert bench.value() == bench.server.secrets[0]


@pytest.mark.parametrize("method", ["set", "try_login", "retire", "exclusive"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_setting_back(bench: RotationBench, method: str, when: str) -> None:
    def later() -> None:
        getattr(bench.server, when)[method] = [Killed()]
        raise ProbeFailed(target="db:3306", account="app")

    bench.server.before["probe"] = [later, ProbeFailed(target="db:3306", account="app")]
    bench.killed()
    bench.check_promise()
    bench.runner.examine()
    found = bench.shown().rotation
    assert found is not None
    assert found.outcome is RotationOutcome.FAILED
    assert bench.server.accounts["app"] == [OLD]
    assert bench.value() == OLD


def test_a_server_that_lags_is_waited_for(bench: RotationBench) -> None:
    bench.server.lag = 2
    assert bench.rotate().state.outcome is RotationOutcome.SUCCEEDED
    assert bench.server.calls.count("probe") == 3


def test_a_value_that_is_pending_already_is_used(bench: RotationBench) -> None:
    bench.server.before["set"] = [Killed()]
    bench.killed()
    pending = bench.value("pending")
    # A record that was lost with a restored copy, say.
    with bench.unlocked.credentials.changing, bench.unlocked.vault.transaction() as transaction:
        found = bench.unlocked.credentials.named(bench.credential_id)
        from msgspec.structs import replace

        changed = replace(found, rotation=None)
        bench.unlocked.credential_store.write(transaction, bench.credential_id, changed)
        bench.unlocked.credentials.put(bench.credential_id, changed)
    assert bench.rotate().state.outcome is RotationOutcome.SUCCEEDED
    assert bench.value() == pending


def test_another_vault_that_rotates_there_is_waited_for(bench: RotationBench) -> None:
    bench.server.locked = True
    state = bench.rotate().state
    assert (state.outcome, state.error) == (RotationOutcome.UNFINISHED, "target_busy")
    bench.server.locked = False
    bench.clock.forward(seconds=31)
    bench.runner.round()
    assert bench.value() == bench.server.secrets[0]
