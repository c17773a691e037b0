from __future__ import annotations

from contextlib import suppress

import pytest

from tests.given_vault import GivenVault, secret
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import NoSuchSlot, VaultDamaged, VaultMissing, WordsMistyped, WordsOfAnotherVault
from vaultapp.formats.recovery_words import words_of
from vaultapp.services.vault_keeper import VaultKeeper

WORDS = words_of(bytes(range(32)))
OTHERS = words_of(bytes(32))


def refused(keeper: VaultKeeper, words: str) -> type[BaseException]:
    with pytest.raises((WordsMistyped, WordsOfAnotherVault, NoSuchSlot, VaultMissing, VaultDamaged)) as caught:
        keeper.check(secret(words))
    return caught.type


@pytest.mark.parametrize("is_open", [False, True])
def test_words_are_told_apart_and_nothing_is_opened_or_changed(given: GivenVault, *, is_open: bool) -> None:
    keeper = given.created(words=WORDS)
    if not is_open:
        given.close()
        keeper = given.keeper()
    before, state = given.path.read_bytes(), keeper.base_status().state
    keeper.check(secret(WORDS.upper()))
    assert refused(keeper, OTHERS) is WordsOfAnotherVault
    assert refused(keeper, "abandon " * 24) is WordsMistyped
    assert refused(keeper, WORDS.rpartition(" ")[0]) is WordsMistyped
    assert keeper.base_status().state is state is (VaultState.UNLOCKED if is_open else VaultState.LOCKED)
    assert given.path.read_bytes() == before


def test_the_words_that_were_given_are_overwritten(given: GivenVault) -> None:
    keeper = given.created(words=WORDS)
    for words in (secret(WORDS), secret(OTHERS)):
        with suppress(WordsOfAnotherVault):
            keeper.check(words)
        assert set(words) == {0}


def test_a_vault_without_words_or_no_vault_says_so(given: GivenVault) -> None:
    assert refused(given.keeper(), WORDS) is VaultMissing
    keeper = given.created()
    assert refused(keeper, WORDS) in (NoSuchSlot, WordsOfAnotherVault)
    given.close()
    given.path.write_bytes(b"no vault")
    assert refused(given.keeper(), WORDS) is VaultDamaged
