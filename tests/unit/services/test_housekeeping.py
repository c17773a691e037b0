from __future__ import annotations

import threading

import pytest

from tests.given_vault import GivenVault, actions, log
from vaultapp.contracts.keys import KeysChanged, NewKey
from vaultapp.core.errors import OperationCancelled
from vaultapp.core.work import WorkContext
from vaultapp.services.backups import Backups, folder_of
from vaultapp.services.housekeeping import Housekeeping
from vaultapp.services.unlocked import UnlockedVault


@pytest.fixture
def housekeeping(given: GivenVault, unlocked: UnlockedVault) -> Housekeeping:
    backups = Backups(given.path, given.places, unlocked.vault.vault_id, given.clock)
    return Housekeeping(unlocked, backups, given.clock, given.bus)


def test_a_round_rotates_removes_and_copies(
    given: GivenVault, unlocked: UnlockedVault, housekeeping: Housekeeping
) -> None:
    keys = given.keys(unlocked)
    keys.create(NewKey("Due", rotation_days=5))
    keys.create(NewKey("Leaving"))
    keys.delete("Leaving", 7)
    given.clock.forward(days=8)
    housekeeping.run_once(WorkContext())
    assert [(key.name, key.primary_number) for key in keys.list().keys] == [("Due", 2)]
    assert actions(unlocked)[-4:] == ["key.rotate", "key.destroy", "vault.backup", "vault.backup"]
    epoch = unlocked.vault.epoch
    housekeeping.run_once(WorkContext())
    assert unlocked.vault.epoch == epoch


def test_one_thing_that_fails_does_not_keep_the_others_from_being_done(
    given: GivenVault, unlocked: UnlockedVault, housekeeping: Housekeeping
) -> None:
    keys = given.keys(unlocked)
    keys.create(NewKey("Due", rotation_days=5))
    given.clock.forward(days=8)
    # A file where the folder of copies should be.
    folder = folder_of(given.places, unlocked.vault.vault_id)
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    housekeeping.run_once(WorkContext())
    assert keys.show("Due").primary_number == 2
    last = log(unlocked)[-1]
    assert (last.action, last.outcome) == ("vault.backup", "host_error")


def test_a_round_can_be_stopped(given: GivenVault, unlocked: UnlockedVault, housekeeping: Housekeeping) -> None:
    work: WorkContext[None] = WorkContext()
    work.cancel()
    with pytest.raises(OperationCancelled):
        housekeeping.run_once(work)
    assert not folder_of(given.places, unlocked.vault.vault_id).exists()


def test_the_unlock_is_written_down_before_the_first_round(unlocked: UnlockedVault, housekeeping: Housekeeping) -> None:
    housekeeping.start(unlocked.recorder.entry("vault.unlock", "vault", "personal"))
    try:
        assert log(unlocked)[0].action == "vault.unlock"
        assert housekeeping.wait_settled(30)
        assert actions(unlocked) == ["vault.unlock", "vault.backup", "vault.backup"]
    finally:
        housekeeping.stop()


def test_what_is_stopped_before_it_began_does_not_begin(unlocked: UnlockedVault, housekeeping: Housekeeping) -> None:
    housekeeping.stop()
    housekeeping.start(unlocked.recorder.entry("vault.unlock", "vault", "personal"))
    assert housekeeping.wait_settled(0)
    assert log(unlocked) == []
    housekeeping.stop()


def test_rounds_go_on_until_they_are_stopped(given: GivenVault, unlocked: UnlockedVault) -> None:
    given.keys(unlocked).create(NewKey("Due", rotation_days=5))
    backups = Backups(given.path, given.places, unlocked.vault.vault_id, given.clock)
    housekeeping = Housekeeping(unlocked, backups, given.clock, given.bus, every_s=0.005)
    housekeeping.start(unlocked.recorder.entry("vault.unlock", "vault", "personal"))
    try:
        assert housekeeping.wait_settled(30)
        rotated = threading.Event()
        given.bus.subscribe(KeysChanged, lambda _: rotated.set())
        given.clock.forward(days=5)
        assert rotated.wait(30)
    finally:
        housekeeping.stop()
    assert given.keys(unlocked).show("Due").primary_number == 2
    assert not any(thread.name == "vault-housekeeping" for thread in threading.enumerate())
