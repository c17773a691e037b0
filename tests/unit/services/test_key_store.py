from __future__ import annotations

import hashlib
import hmac

import pytest

from tests.given_vault import GivenVault
from vaultapp.contracts.keys import NewKey
from vaultapp.core.errors import NotFound
from vaultapp.services.key_store import check_value, find_version, new_id, next_rotation
from vaultapp.services.unlocked import UnlockedVault


def test_the_check_value_is_the_head_of_an_hmac() -> None:
    material = bytes(range(32))
    expected = hmac.new(material, b"vaultapp-kcv-1", hashlib.sha256).digest()[:8]
    assert check_value(material) == expected
    assert check_value(bytearray(material)) == expected


def test_ids_are_random_uuids_of_version_four(given: GivenVault) -> None:
    ids = {new_id(given.random) for _ in range(50)}
    assert len(ids) == 50
    assert {(found.version, found.variant) for found in ids} == {(4, "specified in RFC 4122")}


def test_the_next_rotation_counts_from_the_last() -> None:
    assert next_rotation(5, None) is None
    assert next_rotation(5, 2) == 5 + 2 * 86_400_000_000


def test_a_version_is_found_by_number_and_by_id(given: GivenVault, unlocked: UnlockedVault) -> None:
    keys = given.keys(unlocked)
    key_id = keys.create(NewKey("Payroll")).key_id
    keys.rotate("Payroll")
    versions = unlocked.store.versions(key_id)
    assert [version.description.number for version in versions] == [1, 2]
    assert find_version(versions, "2") == versions[1]
    assert find_version(versions, versions[0].description.version_id.hex()) == versions[0]
    for unknown in ("3", "0", "", "02", versions[0].description.version_id.hex()[:15]):
        with pytest.raises(NotFound) as caught:
            find_version(versions, unknown)
        assert caught.value.facts == {"kind": "version", "name": unknown}


def test_each_version_has_material_of_its_own_that_its_check_value_fits(
    given: GivenVault, unlocked: UnlockedVault
) -> None:
    keys = given.keys(unlocked)
    key_id = keys.create(NewKey("Payroll")).key_id
    keys.rotate("Payroll")
    versions = unlocked.store.versions(key_id)
    materials = [bytes(unlocked.store.material(version)) for version in versions]
    assert len(set(materials)) == 2
    assert {len(material) for material in materials} == {32}
    assert [check_value(material) for material in materials] == [version.description.check for version in versions]


def test_raising_the_wrap_counts_reaches_every_version_and_keeps_its_material(
    given: GivenVault, unlocked: UnlockedVault
) -> None:
    keys = given.keys(unlocked)
    key_id = keys.create(NewKey("Payroll")).key_id
    unlocked.ring.primary("Payroll", 1)
    keys.rotate("Payroll")
    before = [bytes(unlocked.store.material(version)) for version in unlocked.store.versions(key_id)]
    with unlocked.vault.transaction() as transaction:
        unlocked.store.raise_reserved(transaction)
    after = unlocked.store.versions(key_id)
    assert [version.description.wraps_reserved for version in after] == [1024 + 2**20, 2**20]
    assert [bytes(unlocked.store.material(version)) for version in after] == before
