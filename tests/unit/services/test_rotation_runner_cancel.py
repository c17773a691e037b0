from __future__ import annotations

import threading

import pytest

from tests.unit.services.rotation_bench import NAME, OLD, UNREACHABLE, WAIT_S, RotationBench
from vaultapp.contracts.credentials import NewCredential, SecretFields
from vaultapp.contracts.rotation import RotationChanged, RotationOutcome, RotationStep
from vaultapp.core.credential_errors import RotationUnderWay
from vaultapp.core.errors import NotFound
from vaultapp.core.target_errors import TargetUnreachable
from vaultapp.core.work import WorkContext


def test_cancelling_before_the_target_was_asked_brings_it_back(bench: RotationBench) -> None:
    work: WorkContext[RotationChanged] = WorkContext()
    bench.server.after["propose"] = [work.cancel]
    (changed,) = bench.service.rotate((NAME,), work)
    assert changed.state.outcome is RotationOutcome.CANCELLED
    assert bench.server.accounts["app"] == [OLD]
    assert bench.labels() == {"current": 1}
    assert "set" not in bench.server.calls


def test_cancelling_after_the_target_took_it_comes_too_late(bench: RotationBench) -> None:
    work: WorkContext[RotationChanged] = WorkContext()
    bench.server.after["set"] = [work.cancel]
    (changed,) = bench.service.rotate((NAME,), work)
    assert changed.state.outcome is RotationOutcome.SUCCEEDED


def test_cancelling_leaves_those_alone_that_had_not_begun(bench: RotationBench) -> None:
    other = NewCredential("other", "other", "mysql", SecretFields({"host": "db", "username": "o", "password": OLD}))
    bench.credentials.create(other)
    work: WorkContext[RotationChanged] = WorkContext()
    bench.server.after["set"] = [work.cancel]
    assert len(bench.service.rotate((NAME, "other"), work)) == 1
    assert bench.credentials.show("other").rotation is None


def test_cancel_calls_off_what_another_client_does(
    bench: RotationBench, held: tuple[threading.Event, threading.Event]
) -> None:
    there, go_on = held
    bench.server.before["set"].clear()
    bench.server.after["propose"] = [lambda: (there.set(), go_on.wait(WAIT_S))]
    rotating = bench.in_background(bench.rotate)
    assert there.wait(WAIT_S)
    threading.Timer(0.05, go_on.set).start()
    assert bench.service.cancel(NAME).state.outcome is RotationOutcome.CANCELLED
    rotating.join(WAIT_S)
    assert bench.server.accounts["app"] == [OLD]


def test_cancel_of_an_unfinished_one_keeps_the_value(bench: RotationBench) -> None:
    bench.server.before["set"] = [UNREACHABLE]
    bench.rotate()
    assert bench.service.cancel(NAME).state.outcome is RotationOutcome.CANCELLED
    assert bench.labels() == {"current": 1}
    assert bench.server.secrets[0] in bench.held()


def test_cancel_where_the_target_does_not_answer_gives_up_and_keeps_the_value(bench: RotationBench) -> None:
    bench.server.before["try_login"] = [UNREACHABLE] * 10
    bench.rotate()
    assert bench.service.cancel(NAME).state.outcome is RotationOutcome.CANCELLED
    assert bench.server.secrets[0] in bench.held()
    bench.credentials.put(NAME, SecretFields({"host": "db2", "username": "app", "password": "given by hand"}))


def test_cancel_of_what_the_target_has_taken_brings_it_to_its_end(bench: RotationBench) -> None:
    bench.server.before["probe"] = [UNREACHABLE]
    bench.rotate()
    assert bench.service.cancel(NAME).state.outcome is RotationOutcome.SUCCEEDED
    assert bench.value() == bench.server.secrets[0]


def test_cancel_at_a_target_that_took_it_and_answers_no_more_makes_it_current(bench: RotationBench) -> None:
    bench.server.before["probe"] = [UNREACHABLE, UNREACHABLE]
    bench.rotate()
    bench.server.before["try_login"] = [UNREACHABLE] * 9
    assert bench.service.cancel(NAME).state.outcome is RotationOutcome.SUCCEEDED
    assert bench.value() == bench.server.secrets[0]


def test_cancel_of_an_old_value_that_cannot_be_taken_away_leaves_it_to_the_person(bench: RotationBench) -> None:
    bench.rotate()
    bench.server.before["try_login"] = [UNREACHABLE] * 9
    bench.clock.forward(days=1)
    bench.runner.round()
    assert [one.state.outcome for one in bench.service.status()] == [RotationOutcome.UNFINISHED]
    state = bench.service.cancel(NAME).state
    assert (state.outcome, state.step, state.error) == (RotationOutcome.SUCCEEDED, RotationStep.DONE, "")
    bench.credentials.put(NAME, SecretFields({"host": "db2", "username": "app", "password": "given by hand"}))
    assert bench.service.status() == ()


def test_cancel_of_what_never_was_is_an_error(bench: RotationBench) -> None:
    with pytest.raises(NotFound) as caught:
        bench.service.cancel(NAME)
    assert caught.value.facts == {"kind": "rotation", "name": NAME}


def test_a_stuck_one_ends_when_the_person_gives_the_present_value(bench: RotationBench) -> None:
    bench.server.accounts["app"] = ["set by somebody"]
    assert bench.rotate().state.outcome is RotationOutcome.STUCK
    brought = bench.value("pending")
    given = bench.credentials.put(NAME, SecretFields({"host": "db", "username": "app", "password": "set by somebody"}))
    assert given.rotation is not None
    assert given.rotation.outcome is RotationOutcome.CANCELLED
    # What it brought stays sealed for a while, because the target may have it all the same.
    shown = bench.credentials.show(NAME)
    (kept,) = [version for version in shown.versions if version.discarded_until is not None]
    assert bench.value(kept.version_id) == brought
    assert bench.rotate().state.outcome is RotationOutcome.SUCCEEDED
    assert bench.server.logs_in({"username": "app", "password": bench.value()})


def test_a_value_given_meanwhile_ends_no_rotation_but_a_stuck_one(bench: RotationBench) -> None:
    bench.server.before["set"] = [TargetUnreachable(target="db:3306")]
    assert bench.rotate().state.outcome is RotationOutcome.UNFINISHED
    with pytest.raises(RotationUnderWay):
        bench.credentials.put(NAME, SecretFields({"host": "db", "username": "app", "password": "another"}))
