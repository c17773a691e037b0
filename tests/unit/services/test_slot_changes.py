from __future__ import annotations

from uuid import UUID

import pytest

from tests.given_vault import COST, GivenVault, actions, log, secret
from vaultapp.contracts.vault import KdfCost
from vaultapp.contracts.vault_state import SlotKind
from vaultapp.core.errors import NotFound, OutOfBounds
from vaultapp.services.slot_changes import SlotChanges
from vaultapp.services.slots import SlotMaker, open_with_passphrase
from vaultapp.services.unlocked import UnlockedVault


class Changed:
    """Slots of an open vault, and how many of them there were each time that a change was told."""

    def __init__(self, given: GivenVault, unlocked: UnlockedVault) -> None:
        self.told: list[int] = []
        self.vault = unlocked.vault
        maker = SlotMaker(unlocked.vault.vault_id, given.clock, given.random)
        with unlocked.vault.transaction() as transaction:
            transaction.put_slot(maker.for_passphrase(unlocked.root_key.read(), secret("one"), COST))
            transaction.put_slot(maker.for_passphrase(unlocked.root_key.read(), secret("two"), COST))
            transaction.remove_slot(UUID(int=1))
        self.slots = SlotChanges(unlocked, given.pen(unlocked), given.clock, given.random, self._tell)

    def _tell(self) -> None:
        self.told.append(len(self.vault.slots()))

    def opened_by(self, passphrase: str) -> UUID:
        return open_with_passphrase(self.vault.vault_id, self.vault.slots(), secret(passphrase))[1]


@pytest.fixture
def changed(given: GivenVault, unlocked: UnlockedVault) -> Changed:
    return Changed(given, unlocked)


def test_one_passphrase_of_two_is_replaced(changed: Changed, unlocked: UnlockedVault) -> None:
    one, two = changed.opened_by("one"), changed.opened_by("two")
    changed.slots.replace_passphrase(secret("three"), None, two, "passphrase.change")
    assert changed.opened_by("one") == one
    assert changed.opened_by("three") not in (one, two)
    assert changed.told == [2]
    assert log(unlocked)[-1].facts == {"replaced": 1}


def test_all_passphrases_are_replaced_when_none_is_named(changed: Changed, unlocked: UnlockedVault) -> None:
    changed.slots.replace_passphrase(secret("three"), None, None, "passphrase.reset")
    assert [record.kind for record in changed.slots.records()] == [SlotKind.PASSPHRASE]
    assert log(unlocked)[-1].facts == {"replaced": 2}


def test_a_change_that_is_refused_is_not_told(changed: Changed, unlocked: UnlockedVault) -> None:
    before = changed.slots.records()
    with pytest.raises(OutOfBounds):
        changed.slots.replace_passphrase(secret("three"), KdfCost(1, 1, 1), None, "passphrase.change")
    with pytest.raises(NotFound) as caught:
        changed.slots.remove(UUID(int=9))
    assert caught.value.facts == {"kind": "slot", "name": str(UUID(int=9))}
    assert changed.slots.records() == before
    assert changed.told == []
    assert actions(unlocked) == []


def test_words_are_added_and_replaced(changed: Changed) -> None:
    changed.slots.replace_words(bytearray(32))
    first = changed.slots.records()[-1]
    changed.slots.replace_words(bytearray(b"\x01" * 32))
    assert [record.kind for record in changed.slots.records()].count(SlotKind.RECOVERY_WORDS) == 1
    assert changed.slots.records()[-1].slot_id != first.slot_id
    assert changed.told == [3, 3]
