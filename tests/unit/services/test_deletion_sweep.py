from __future__ import annotations

import pytest

from tests.given_vault import GivenVault, log
from tests.unit.services.conftest import Reopen
from vaultapp.contracts.keys import KeysChanged, NewKey
from vaultapp.core.errors import KeyNotHere, NotFound
from vaultapp.core.work import WorkContext
from vaultapp.services.deletion_sweep import DeletionSweep
from vaultapp.services.descriptions import KEY, KEY_VERSION


def test_a_key_goes_for_good_when_its_time_is_over_and_not_before(reopen: Reopen, given: GivenVault) -> None:
    unlocked = reopen()
    keys, text = given.keys(unlocked), given.text(unlocked)
    made = keys.create(NewKey("Payroll"))
    keys.rotate("Payroll")
    keys.create(NewKey("Stays"))
    sealed = text.encrypt("Payroll", bytearray(b"x"), {})
    keys.delete("Payroll", 7)
    sweep = DeletionSweep(unlocked, given.clock, given.bus)
    given.clock.forward(days=6.99)
    assert sweep.sweep() == 0
    assert keys.show("Payroll")
    given.clock.forward(days=0.01)
    told = given.heard(KeysChanged)
    assert sweep.sweep() == 1
    assert told == [KeysChanged((made.key_id,))]
    with pytest.raises(NotFound):
        keys.show("Payroll")
    with pytest.raises(KeyNotHere):
        text.decrypt(sealed, {})
    last = log(unlocked)[-2]
    assert (last.actor.role, last.action, last.subject) == ("agent", "key.destroy", "Payroll")
    assert last.facts == {"key": str(made.key_id)}
    again = reopen()
    assert (again.vault.records.count(KEY), again.vault.records.count(KEY_VERSION)) == (1, 1)
    again.vault.check(WorkContext())
    assert given.keys(again).create(NewKey("Payroll")).key_id != made.key_id


def test_nothing_is_written_when_nothing_is_over(reopen: Reopen, given: GivenVault) -> None:
    unlocked = reopen()
    keys = given.keys(unlocked)
    keys.create(NewKey("Taken back"))
    keys.delete("Taken back", 7)
    keys.undelete("Taken back")
    given.clock.forward(days=60)
    epoch = unlocked.vault.epoch
    assert DeletionSweep(unlocked, given.clock, given.bus).sweep() == 0
    assert unlocked.vault.epoch == epoch
    assert keys.show("Taken back")


def test_the_files_pages_are_given_back(reopen: Reopen, given: GivenVault) -> None:
    unlocked = reopen()
    keys = given.keys(unlocked)
    for number in range(120):
        keys.create(NewKey(f"key {number}", description="x" * 2000))
        keys.delete(f"key {number}", 7)
    given.clock.forward(days=7)
    before = given.path.stat().st_size
    assert DeletionSweep(unlocked, given.clock, given.bus).sweep() == 120
    assert given.path.stat().st_size < before / 2
    keys.create(NewKey("after"))
