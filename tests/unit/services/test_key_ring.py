from __future__ import annotations

import threading
from uuid import UUID

import msgspec
import pytest

from tests.given_vault import MICROS, GivenVault, log
from tests.unit.services.conftest import Reopen
from vaultapp.contracts.keys import Key, KeysChanged, KeyState, NewKey
from vaultapp.core.errors import KeyDisabled, KeyExhausted, KeyPendingDeletion, NotFound
from vaultapp.services.key_ring import KeyMaterial, NoRing, WrapCaps
from vaultapp.services.unlocked import UnlockedVault


@pytest.fixture
def key(given: GivenVault, unlocked: UnlockedVault) -> Key:
    return given.keys(unlocked).create(NewKey("Payroll"))


def reserved(unlocked: UnlockedVault, key: Key) -> list[int]:
    return [version.description.wraps_reserved for version in unlocked.store.versions(key.key_id)]


def test_the_primary_version_encrypts_and_any_enabled_one_decrypts(
    given: GivenVault, unlocked: UnlockedVault, key: Key
) -> None:
    first = unlocked.ring.primary("payroll", 0)
    given.keys(unlocked).rotate("Payroll")
    second = unlocked.ring.primary(str(key.key_id), 0)
    assert (first.number, second.number) == (1, 2)
    assert first.material != second.material
    assert unlocked.ring.find(key.key_id, first.version_id) == first
    assert unlocked.ring.find(key.key_id, second.version_id) == second


def test_what_is_not_here_is_none_or_not_found(unlocked: UnlockedVault, key: Key) -> None:
    assert unlocked.ring.find(UUID(int=5), key.primary) is None
    assert unlocked.ring.find(key.key_id, b"8 others") is None
    with pytest.raises(NotFound):
        unlocked.ring.primary("no such key", 0)


def test_a_disabled_key_and_a_disabled_version_are_refused(
    given: GivenVault, unlocked: UnlockedVault, key: Key
) -> None:
    keys = given.keys(unlocked)
    keys.rotate("Payroll")
    assert unlocked.ring.find(key.key_id, key.primary) is not None
    keys.disable("Payroll", "1")
    with pytest.raises(KeyDisabled) as caught:
        unlocked.ring.find(key.key_id, key.primary)
    assert caught.value.facts == {"key": "Payroll", "version": 1}
    assert unlocked.ring.primary("Payroll", 1).number == 2
    keys.disable("Payroll")
    with pytest.raises(KeyDisabled) as whole:
        unlocked.ring.primary("Payroll", 0)
    assert whole.value.facts == {"key": "Payroll", "version": 0}
    with pytest.raises(KeyDisabled) as whole:
        unlocked.ring.find(key.key_id, key.primary)
    assert whole.value.facts == {"key": "Payroll", "version": 0}
    keys.enable("Payroll")
    keys.enable("Payroll", "1")
    assert unlocked.ring.find(key.key_id, key.primary) is not None


def test_a_key_that_waits_for_its_deletion_is_refused(given: GivenVault, unlocked: UnlockedVault, key: Key) -> None:
    unlocked.ring.primary("Payroll", 0)
    given.keys(unlocked).delete("Payroll", 7)
    with pytest.raises(KeyPendingDeletion) as caught:
        unlocked.ring.primary("Payroll", 3)
    assert caught.value.facts == {"key": "Payroll"}
    with pytest.raises(KeyPendingDeletion):
        unlocked.ring.find(key.key_id, key.primary)
    assert reserved(unlocked, key) == [0]


def test_labels_are_given_whatever_the_state(given: GivenVault, unlocked: UnlockedVault, key: Key) -> None:
    ring = unlocked.ring
    assert ring.label(key.key_id, key.primary) == ("Payroll", 1)
    ring.primary("Payroll", 0)
    given.keys(unlocked).rename("Payroll", "Wages")
    given.keys(unlocked).disable("Wages")
    assert ring.label(key.key_id, key.primary) == ("Wages", 1)
    assert ring.label(key.key_id, b"8 others") == ("Wages", 0)
    assert ring.label(key.key_id, None) == ("Wages", 0)
    assert ring.label(UUID(int=5), key.primary) is None


def test_materials_show_nothing_of_themselves(unlocked: UnlockedVault, key: Key) -> None:
    found = unlocked.ring.primary("Payroll", 0)
    assert repr(found).startswith("KeyMaterial(")
    assert found.material.hex() not in repr(found)
    assert repr(found.material) not in repr(found)


def test_texts_reserve_nothing(unlocked: UnlockedVault, key: Key) -> None:
    epoch = unlocked.vault.epoch
    for _ in range(5):
        unlocked.ring.primary("Payroll", 0)
    assert reserved(unlocked, key) == [0]
    assert unlocked.vault.epoch == epoch


def test_wraps_are_reserved_in_blocks_that_are_written_before_use(unlocked: UnlockedVault, key: Key) -> None:
    seen = []
    for wraps in (1, 1023, 1, 1000, 24):
        unlocked.ring.primary("Payroll", wraps)
        seen.append(reserved(unlocked, key)[0])
    assert seen == [1024, 1024, 2048, 2048, 3072]


def test_a_batch_reserves_all_its_wraps_at_once(unlocked: UnlockedVault, key: Key) -> None:
    epoch = unlocked.vault.epoch
    unlocked.ring.primary("Payroll", 10_000)
    assert reserved(unlocked, key) == [10_000]
    assert unlocked.vault.epoch == epoch + 1


def test_what_was_reserved_and_not_used_is_not_used_by_the_next_process(reopen: Reopen, given: GivenVault) -> None:
    first = reopen()
    key = given.keys(first).create(NewKey("Payroll"))
    first.ring.primary("Payroll", 1)
    second = reopen()
    second.ring.primary("Payroll", 1)
    assert reserved(second, key) == [2048]


def test_threads_never_share_a_reserved_wrap(unlocked: UnlockedVault, key: Key) -> None:
    def use() -> None:
        for _ in range(300):
            unlocked.ring.primary("Payroll", 7)

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    used = 4 * 300 * 7
    assert used <= reserved(unlocked, key)[0] < used + 1024 + 7


def test_a_key_is_rotated_by_itself_at_its_cap(reopen: Reopen, given: GivenVault) -> None:
    unlocked = reopen(WrapCaps(rotate_at=2000, refuse_at=4000))
    key = given.keys(unlocked).create(NewKey("Payroll"))
    told = given.heard(KeysChanged)
    uses = [unlocked.ring.primary("Payroll", 500) for _ in range(5)]
    assert [use.number for use in uses] == [1, 1, 1, 1, 2]
    assert all(count <= 2000 for count in reserved(unlocked, key))
    assert told == [KeysChanged((key.key_id,))]
    last = log(unlocked)[-1]
    facts = {"version": 2, "reason": "wraps", "key": str(key.key_id)}
    assert (last.actor.role, last.action, last.facts) == ("agent", "key.rotate", facts)
    assert unlocked.ring.find(key.key_id, key.primary) == uses[0]


def test_a_batch_greater_than_the_rotation_cap_is_made_if_it_stays_below_the_limit(
    reopen: Reopen, given: GivenVault
) -> None:
    unlocked = reopen(WrapCaps(rotate_at=2000, refuse_at=4000))
    key = given.keys(unlocked).create(NewKey("Payroll"))
    assert unlocked.ring.primary("Payroll", 3000).number == 1
    assert reserved(unlocked, key) == [3000]


def test_a_key_that_cannot_be_rotated_refuses_at_its_limit(reopen: Reopen, given: GivenVault) -> None:
    unlocked = reopen(WrapCaps(rotate_at=2000, refuse_at=4000))
    key = given.keys(unlocked).create(NewKey("Payroll"))
    imported = msgspec.structs.replace(unlocked.index.named(key.key_id), origin="imported")
    with unlocked.vault.transaction() as transaction:
        unlocked.store.write_key(transaction, key.key_id, imported)
    unlocked.index.put(key.key_id, imported)
    assert [unlocked.ring.primary("Payroll", 1000).number for _ in range(4)] == [1, 1, 1, 1]
    with pytest.raises(KeyExhausted) as caught:
        unlocked.ring.primary("Payroll", 1)
    assert caught.value.facts == {"key": "Payroll", "version": 1}
    assert reserved(unlocked, key) == [4000]
    assert unlocked.ring.primary("Payroll", 0).number == 1


def test_no_wrap_is_lost_or_made_over_the_limit_by_blocks(reopen: Reopen, given: GivenVault) -> None:
    unlocked = reopen(WrapCaps(rotate_at=1100, refuse_at=1100))
    key = given.keys(unlocked).create(NewKey("Payroll"))
    numbers = [unlocked.ring.primary("Payroll", 1).number for _ in range(1101)]
    assert numbers == [1] * 1100 + [2]
    assert reserved(unlocked, key)[0] == 1100


def test_the_last_use_is_kept_in_memory_and_written_with_the_next_reservation_or_at_the_end(
    reopen: Reopen, given: GivenVault
) -> None:
    unlocked = reopen()
    keys = given.keys(unlocked)
    key = keys.create(NewKey("Payroll"))
    assert keys.show("Payroll").last_used is None
    given.clock.forward(seconds=5)
    used = given.clock.now()
    epoch = unlocked.vault.epoch
    unlocked.ring.find(key.key_id, key.primary)
    assert keys.show("Payroll").last_used == used
    assert unlocked.vault.epoch == epoch
    unlocked.ring.write_last_used()
    unlocked.ring.write_last_used()
    assert unlocked.vault.epoch == epoch + 1
    assert given.keys(reopen()).show("Payroll").last_used == used


def test_finding_a_version_does_not_outlive_a_change_of_it(given: GivenVault, unlocked: UnlockedVault) -> None:
    keys = given.keys(unlocked)
    key = keys.create(NewKey("Payroll"))
    keys.rotate("Payroll")
    stop = threading.Event()
    refused: list[int] = []

    def use() -> None:
        while not stop.is_set():
            try:
                unlocked.ring.find(key.key_id, key.primary)
            except KeyDisabled:
                refused.append(1)

    thread = threading.Thread(target=use)
    thread.start()
    try:
        for _ in range(30):
            keys.disable("Payroll", "1")
            with pytest.raises(KeyDisabled):
                unlocked.ring.find(key.key_id, key.primary)
            keys.enable("Payroll", "1")
    finally:
        stop.set()
        thread.join()
    found = unlocked.ring.find(key.key_id, key.primary)
    assert isinstance(found, KeyMaterial)
    assert unlocked.store.versions(key.key_id)[0].description.state is KeyState.ENABLED


def test_without_a_vault_there_is_no_key() -> None:
    ring = NoRing()
    assert ring.find(UUID(int=1), b"12345678") is None
    assert ring.label(UUID(int=1), None) is None
    with pytest.raises(NotFound):
        ring.primary("Payroll", 0)


def test_time_of_last_use_is_in_microseconds(given: GivenVault, unlocked: UnlockedVault, key: Key) -> None:
    unlocked.ring.primary("Payroll", 1)
    used = unlocked.index.named(key.key_id).last_used
    assert used == 1_800_000_000 * MICROS
