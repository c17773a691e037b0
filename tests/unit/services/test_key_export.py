from __future__ import annotations

import pytest

from tests.given_vault import GivenVault, log
from vaultapp.contracts.keys import NewKey
from vaultapp.core.errors import (
    KeyPendingDeletion,
    NotFound,
    VaultReplaced,
)
from vaultapp.services.key_store import check_value
from vaultapp.services.keys import KeyService
from vaultapp.services.unlocked import UnlockedVault


@pytest.fixture
def keys(given: GivenVault, unlocked: UnlockedVault) -> KeyService:
    return given.keys(unlocked)


def test_an_export_gives_the_material_under_the_official_sdks_names(unlocked: UnlockedVault, keys: KeyService) -> None:
    made = keys.create(NewKey("Payroll"))
    keys.rotate("Payroll")
    first, primary = keys.export("Payroll", "1"), keys.export("Payroll")
    assert check_value(first.material) == made.versions[0].check
    assert check_value(primary.material) == keys.show("Payroll").versions[1].check
    assert first.key_namespace == "vaultapp"
    assert first.key_name == f"{made.key_id}/{made.primary.hex()}"
    assert first.material.hex() not in repr(first)
    exports = [entry for entry in log(unlocked) if entry.action == "key.export"]
    assert [(entry.subject, entry.facts) for entry in exports] == [
        ("Payroll", {"version": 1, "key": str(made.key_id)}),
        ("Payroll", {"version": 2, "key": str(made.key_id)}),
    ]


def test_a_disabled_key_may_be_exported(keys: KeyService) -> None:
    keys.create(NewKey("Payroll"))
    keys.disable("Payroll")
    assert len(keys.export("Payroll").material) == 32


def test_a_refused_export_is_in_the_log(unlocked: UnlockedVault, keys: KeyService) -> None:
    keys.create(NewKey("Payroll"))
    keys.delete("Payroll", 7)
    with pytest.raises(KeyPendingDeletion):
        keys.export("Payroll")
    with pytest.raises(NotFound):
        keys.export("Unknown")
    last = log(unlocked)[-1]
    assert (last.action, last.subject, last.outcome) == ("key.export", "Payroll", "key_pending_deletion")


def test_no_material_leaves_that_the_log_could_not_take(
    given: GivenVault, unlocked: UnlockedVault, keys: KeyService
) -> None:
    keys.create(NewKey("Payroll"))
    replaced = given.path.with_suffix(".other")
    replaced.write_bytes(given.path.read_bytes())
    replaced.rename(given.path)
    with pytest.raises(VaultReplaced):
        keys.export("Payroll")
