from __future__ import annotations

from uuid import UUID

import msgspec
import pytest

from vaultapp.contracts.keys import KeyState
from vaultapp.core.errors import NameTaken, NotFound
from vaultapp.services.descriptions import KeyDescription
from vaultapp.services.key_index import KeyIndex
from vaultapp.services.unlocked import UnlockedVault

ONE, TWO = UUID(int=1 << 80, version=4), UUID(int=2 << 80, version=4)


def described(name: str, *aliases: str) -> KeyDescription:
    return KeyDescription(name, "symmetric", KeyState.ENABLED, 1, b"12345678", "plum", aliases=aliases)


@pytest.fixture
def index(unlocked: UnlockedVault) -> KeyIndex:
    found = unlocked.index
    found.put(ONE, described("Payroll", "prod/pay"))
    found.put(TWO, described("Straße"))
    return found


@pytest.mark.parametrize("key", ["payroll", " PAYROLL ", "prod/pay", "PROD/pay", str(ONE), str(ONE).upper()])
def test_a_key_is_found_by_name_alias_and_id(index: KeyIndex, key: str) -> None:
    assert index.resolve(key) == ONE


@pytest.mark.parametrize("key", ["", "pay", ONE.hex, f"{{{ONE}}}", str(UUID(int=9))])
def test_anything_else_is_not_found(index: KeyIndex, key: str) -> None:
    with pytest.raises(NotFound) as caught:
        index.resolve(key)
    assert caught.value.facts == {"kind": "key", "name": key}


def test_a_name_is_free_for_its_owner_only(index: KeyIndex) -> None:
    index.check_free("STRASSE", TWO)
    index.check_free("new")
    for owner in (ONE, None):
        with pytest.raises(NameTaken):
            index.check_free("STRASSE", owner)
    with pytest.raises(NameTaken):
        index.check_free("Prod/Pay", TWO)


def test_a_changed_key_keeps_its_place_and_loses_its_old_names(index: KeyIndex) -> None:
    index.put(ONE, described("Wages"))
    assert [key.name for _, key in index.page(0, 10)] == ["Wages", "Straße"]
    assert index.resolve("wages") == ONE
    for gone in ("payroll", "prod/pay"):
        with pytest.raises(NotFound):
            index.resolve(gone)


def test_a_removed_key_is_found_no_more(index: KeyIndex) -> None:
    index.remove(ONE)
    assert len(index) == 1
    assert index.get(ONE) is None
    for gone in ("payroll", "prod/pay", str(ONE)):
        with pytest.raises(NotFound):
            index.resolve(gone)
    with pytest.raises(NotFound):
        index.named(ONE)


def test_times_of_use_only_go_forward_and_are_taken_once(index: KeyIndex) -> None:
    index.touch(ONE, 50)
    index.touch(ONE, 40)
    index.touch(UUID(int=9), 60)
    assert index.take_touched() == [(ONE, msgspec.structs.replace(described("Payroll", "prod/pay"), last_used=50))]
    assert index.take_touched() == []


def test_pages_and_the_newest_key(index: KeyIndex) -> None:
    assert [key_id for key_id, _ in index.page(1, 1)] == [TWO]
    assert index.page(2, 5) == []
    newest = index.newest()
    assert newest is not None
    assert newest.name == "Straße"
