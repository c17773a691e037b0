from __future__ import annotations

import pytest

from tests.given_vault import GivenVault, log
from vaultapp.contracts.keys import KeysChanged, NewKey
from vaultapp.core.clock import DAY
from vaultapp.core.errors import OperationCancelled
from vaultapp.core.work import WorkContext
from vaultapp.services.rotation_schedule import RotationSchedule
from vaultapp.services.unlocked import UnlockedVault


@pytest.fixture
def schedule(given: GivenVault, unlocked: UnlockedVault) -> RotationSchedule:
    return RotationSchedule(unlocked, given.clock, given.bus)


def test_a_key_is_rotated_when_its_time_has_come_and_not_before(
    given: GivenVault, unlocked: UnlockedVault, schedule: RotationSchedule
) -> None:
    keys = given.keys(unlocked)
    made = keys.create(NewKey("Payroll", rotation_days=10))
    keys.create(NewKey("Never"))
    given.clock.forward(days=9.99)
    assert schedule.rotate_due(WorkContext()) == 0
    given.clock.forward(days=0.01)
    told = given.heard(KeysChanged)
    assert schedule.rotate_due(WorkContext()) == 1
    rotated = keys.show("Payroll")
    assert (rotated.primary_number, rotated.next_rotation) == (2, given.clock.now() + 10 * DAY)
    assert keys.show("Never").primary_number == 1
    assert told == [KeysChanged((made.key_id,))]
    last = log(unlocked)[-1]
    assert (last.actor.role, last.action, last.subject) == ("agent", "key.rotate", "Payroll")
    assert last.facts == {"version": 2, "reason": "schedule", "key": str(made.key_id)}


def test_a_key_that_was_due_several_times_is_rotated_once(
    given: GivenVault, unlocked: UnlockedVault, schedule: RotationSchedule
) -> None:
    keys = given.keys(unlocked)
    keys.create(NewKey("Payroll", rotation_days=1))
    given.clock.forward(days=100)
    assert schedule.rotate_due(WorkContext()) == 1
    assert schedule.rotate_due(WorkContext()) == 0
    assert keys.show("Payroll").primary_number == 2


def test_keys_that_may_not_be_used_are_left_until_they_may(
    given: GivenVault, unlocked: UnlockedVault, schedule: RotationSchedule
) -> None:
    keys = given.keys(unlocked)
    for name in ("Disabled", "Leaving"):
        keys.create(NewKey(name, rotation_days=1))
    keys.disable("Disabled")
    keys.delete("Leaving", 30)
    given.clock.forward(days=5)
    assert schedule.rotate_due(WorkContext()) == 0
    keys.enable("Disabled")
    assert schedule.rotate_due(WorkContext()) == 1
    assert keys.show("Leaving").primary_number == 1


def test_hundreds_of_due_keys_are_all_rotated(
    given: GivenVault, unlocked: UnlockedVault, schedule: RotationSchedule
) -> None:
    keys = given.keys(unlocked)
    for number in range(201):
        keys.create(NewKey(f"key {number}", rotation_days=1))
    given.clock.forward(days=1)
    epoch = unlocked.vault.epoch
    assert schedule.rotate_due(WorkContext()) == 201
    assert unlocked.vault.epoch == epoch + 2
    assert {key.primary_number for key in keys.list().keys} == {2}


def test_a_cancelled_schedule_stops_before_the_next_transaction(
    given: GivenVault, unlocked: UnlockedVault, schedule: RotationSchedule
) -> None:
    given.keys(unlocked).create(NewKey("Payroll", rotation_days=1))
    given.clock.forward(days=1)
    work: WorkContext[None] = WorkContext()
    work.cancel()
    with pytest.raises(OperationCancelled):
        schedule.rotate_due(work)
    assert given.keys(unlocked).show("Payroll").primary_number == 1
