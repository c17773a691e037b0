"""Promise 10: key slots are added and removed without rewriting data; the last one can't be removed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.given_vault import PASSPHRASE, GivenVault, secret
from vaultapp.contracts.keys import NewKey
from vaultapp.contracts.vault_state import SlotKind
from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import LastSlot, NoSuchSlot, WrongPassphrase
from vaultapp.core.work import WorkContext
from vaultapp.services.vault_keeper import VaultKeeper

Row = tuple[object, ...]


@pytest.fixture
def given(tmp_path: Path) -> Iterator[GivenVault]:
    found = GivenVault(tmp_path)
    yield found
    found.close()


def rows(path: Path) -> tuple[list[Row], list[Row]]:
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        records = connection.execute("SELECT * FROM records ORDER BY id").fetchall()
        return records, connection.execute("SELECT id FROM slots ORDER BY rowid").fetchall()
    finally:
        connection.close()


def test_promise_10_no_change_of_slots_rewrites_a_record(given: GivenVault) -> None:
    keeper = given.created()
    for number in range(100):
        given.keys(keeper.unlocked).create(NewKey(f"key {number}"))
    service = given.service(keeper)
    records, slots = rows(given.path)
    assert (len(records), len(slots)) == (200, 1)
    words = service.new_words()
    after_words = rows(given.path)
    service.change_passphrase(secret(PASSPHRASE), secret("second"), WorkContext())
    after_passphrase = rows(given.path)
    service.remove_slot(next(slot.slot_id for slot in service.slots() if slot.kind is SlotKind.RECOVERY_WORDS))
    after_removal = rows(given.path)
    for what, (same, left) in (
        ("words added", after_words),
        ("passphrase changed", after_passphrase),
        ("words removed", after_removal),
    ):
        changed = sum(one != other for one, other in zip(records, same, strict=True))
        print(f"{what}: {changed} of {len(same)} records rewritten, {len(left)} slots")
        assert same == records
    assert [len(left) for _, left in (after_words, after_passphrase, after_removal)] == [2, 2, 1]
    keeper.close()
    with pytest.raises(NoSuchSlot):
        given.keeper().unlock_with_words(secret(words), secret("third"), WorkContext())
    with pytest.raises(WrongPassphrase):
        given.keeper().unlock(secret(PASSPHRASE), WorkContext())
    assert len(given.unlocked("second").keys) == 100


@pytest.mark.parametrize("last", list(SlotKind))
def test_promise_10_the_last_slot_stays_whatever_it_is(given: GivenVault, last: SlotKind) -> None:
    keeper = given.created()
    service = given.service(keeper)
    words = service.new_words()
    for slot in service.slots():
        if slot.kind is not last:
            service.remove_slot(slot.slot_id)
    (left,) = service.slots()
    assert left.kind is last
    with pytest.raises(LastSlot) as caught:
        service.remove_slot(left.slot_id)
    print(f"{last.value}: {caught.value}")
    assert service.slots() == (left,)
    keeper.close()
    # The words calibrate the new passphrase, since there is none whose cost could be kept: that takes a real clock.
    again = VaultKeeper(given.path, given.places, SystemClock(), given.random, given.bus)
    if last is SlotKind.PASSPHRASE:
        again.unlock(secret(PASSPHRASE), WorkContext())
    else:
        again.unlock_with_words(secret(words), secret("new"), WorkContext())
    kinds = again.base_status().slot_kinds
    again.close()
    assert set(kinds) == {last, SlotKind.PASSPHRASE}
