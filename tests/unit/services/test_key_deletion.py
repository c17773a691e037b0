from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from tests.given_vault import GivenVault
from vaultapp.contracts.keys import KeyState, NewKey
from vaultapp.core.clock import DAY
from vaultapp.core.errors import (
    InvalidValue,
    KeyPendingDeletion,
)
from vaultapp.services.keys import KeyService
from vaultapp.services.unlocked import UnlockedVault


@pytest.fixture
def keys(given: GivenVault, unlocked: UnlockedVault) -> KeyService:
    return given.keys(unlocked)


def test_a_deletion_waits_and_can_be_taken_back(given: GivenVault, keys: KeyService) -> None:
    keys.create(NewKey("Payroll"))
    leaving = keys.delete("Payroll", 7)
    assert (leaving.state, leaving.deletes_at) == (KeyState.PENDING_DELETION, given.clock.now() + 7 * DAY)
    back = keys.undelete("Payroll")
    assert (back.state, back.deletes_at) == (KeyState.DISABLED, None)
    assert keys.enable("Payroll").state is KeyState.ENABLED


@pytest.mark.parametrize("days", [6, 31, 0, -7])
def test_a_deletion_takes_seven_to_thirty_days(keys: KeyService, days: int) -> None:
    keys.create(NewKey("Payroll"))
    with pytest.raises(InvalidValue) as caught:
        keys.delete("Payroll", days)
    assert caught.value.facts == {"field": "days", "reason": "seven_to_thirty"}
    assert keys.show("Payroll").state is KeyState.ENABLED


@pytest.mark.parametrize(
    "use",
    [
        lambda keys: keys.rotate("Payroll"),
        lambda keys: keys.schedule_rotation("Payroll", 30),
        lambda keys: keys.enable("Payroll"),
        lambda keys: keys.enable("Payroll", "1"),
        lambda keys: keys.disable("Payroll"),
        lambda keys: keys.delete("Payroll", 30),
        lambda keys: keys.export("Payroll"),
    ],
)
def test_a_key_that_waits_for_its_deletion_stays_as_it_is(
    keys: KeyService, use: Callable[[KeyService], object]
) -> None:
    keys.create(NewKey("Payroll"))
    leaving = keys.delete("Payroll", 7)
    with pytest.raises(KeyPendingDeletion):
        use(keys)
    assert msgspec.structs.replace(keys.show("Payroll"), known_files=-1, older_files=-1) == leaving


def test_only_a_deletion_that_is_under_way_is_taken_back(keys: KeyService) -> None:
    keys.create(NewKey("Payroll"))
    with pytest.raises(InvalidValue):
        keys.undelete("Payroll")
