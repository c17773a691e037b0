from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid1

import pytest

from tests.given_vault import COST, PASSPHRASE, WINDOW, GivenVault, log, secret
from vaultapp.contracts.vault import KdfCost, NewVault, VaultUnlocked
from vaultapp.contracts.vault_state import SlotKind, VaultState
from vaultapp.core.errors import (
    InvalidValue,
    NoSuchSlot,
    OutOfBounds,
    VaultDamaged,
    VaultExists,
    WordsMistyped,
    WrongPassphrase,
)
from vaultapp.core.work import WorkContext
from vaultapp.formats.recovery_words import words_of
from vaultapp.services.names import NAME_LIMIT

WORDS = words_of(bytes(range(32)))


def test_a_made_vault_is_unlocked_with_its_first_key(given: GivenVault) -> None:
    told = given.heard(VaultUnlocked)
    keeper = given.created(words=WORDS, first_key="Personal")
    status = keeper.base_status()
    assert (status.state, status.checked) == (VaultState.UNLOCKED, "sound")
    assert status.slot_kinds == (SlotKind.PASSPHRASE, SlotKind.RECOVERY_WORDS)
    assert status.vault_id == keeper.vault.vault_id
    assert told == [VaultUnlocked()]
    assert [key.name for key in given.keys(keeper.unlocked).list().keys] == ["Personal"]
    first = log(keeper.unlocked)[0]
    assert (first.action, first.subject, first.actor) == ("vault.create", "personal", WINDOW)


def test_a_vault_without_words_has_one_slot(given: GivenVault) -> None:
    keeper = given.created()
    assert keeper.base_status().slot_kinds == (SlotKind.PASSPHRASE,)
    keeper.close()
    with pytest.raises(NoSuchSlot):
        given.keeper().unlock_with_words(secret(WORDS), secret("new"), WorkContext())


def test_the_secrets_given_are_overwritten(given: GivenVault) -> None:
    new = NewVault(secret(PASSPHRASE), secret(WORDS), COST)
    given.keeper().create(new, WorkContext())
    assert set(new.passphrase) == {0}
    assert new.recovery_words is not None
    assert set(new.recovery_words) == {0}
    keeper = given.keeper()
    right, wrong, words, after = secret(PASSPHRASE), secret("wrong"), secret(WORDS), secret("after")
    with pytest.raises(WrongPassphrase):
        given.keeper().unlock(wrong, WorkContext())
    given.close()
    keeper.unlock(right, WorkContext())
    keeper.unlock_with_words(words, after, WorkContext())
    for given_secret in (right, wrong, words, after):
        assert set(given_secret) == {0}


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (NewVault(bytearray(), None, COST), InvalidValue),
        (NewVault(secret("x"), secret("these are not words"), COST), WordsMistyped),
        (NewVault(secret("x"), None, KdfCost(1024, 1, 1)), OutOfBounds),
        (NewVault(secret("x"), None, COST, "n" * (NAME_LIMIT + 1)), InvalidValue),
    ],
)
def test_a_vault_that_cannot_be_made_leaves_nothing(given: GivenVault, new: NewVault, error: type[Exception]) -> None:
    keeper = given.keeper()
    with pytest.raises(error):
        keeper.create(new, WorkContext())
    assert keeper.base_status().state is VaultState.MISSING
    assert not given.path.exists()


def test_a_vault_has_the_id_that_its_kit_was_printed_with(given: GivenVault) -> None:
    chosen = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
    keeper = given.keeper()
    keeper.create(NewVault(secret(PASSPHRASE), secret(WORDS), COST, vault_id=chosen), WorkContext())
    assert keeper.base_status().vault_id == chosen
    keeper.close()
    again = given.keeper()
    again.unlock_with_words(secret(WORDS), secret("after"), WorkContext())
    assert again.base_status().vault_id == chosen


def test_an_id_that_is_not_random_or_another_vaults_is_not_taken(given: GivenVault, tmp_path: Path) -> None:
    first = given.created()
    taken = first.base_status().vault_id
    assert taken is not None
    first.close()
    given.path.rename(tmp_path / "elsewhere.vault")
    keeper = given.keeper()
    for chosen, reason in ((UUID(int=7), "not_random"), (uuid1(), "not_random"), (taken, "in_use")):
        with pytest.raises(InvalidValue) as caught:
            keeper.create(NewVault(secret(PASSPHRASE), None, COST, vault_id=chosen), WorkContext())
        assert caught.value.facts == {"field": "vault_id", "reason": reason}
    assert not given.path.exists()


def test_a_vault_is_never_made_over_a_file(given: GivenVault) -> None:
    given.path.parent.mkdir(parents=True)
    given.path.write_bytes(b"mine")
    with pytest.raises(VaultExists):
        given.keeper().create(NewVault(secret("x"), None, COST), WorkContext())
    assert given.path.read_bytes() == b"mine"
    keeper = given.keeper()
    assert keeper.base_status().state is VaultState.LOCKED
    assert keeper.base_status().vault_id is None
    with pytest.raises(VaultDamaged):
        keeper.unlock(secret("x"), WorkContext())
    assert keeper.base_status().state is VaultState.LOCKED


def test_an_open_vault_is_not_made_again(given: GivenVault) -> None:
    keeper = given.created()
    with pytest.raises(VaultExists):
        keeper.create(NewVault(secret("x"), None, COST), WorkContext())
    assert keeper.base_status().state is VaultState.UNLOCKED
