"""Promise 9: recovery words that are valid, another vault's, and mistyped are three answers; a drill proves it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.given_vault import PASSPHRASE, GivenVault, secret
from vaultapp.contracts.keys import NewKey
from vaultapp.core.errors import VaultError, WordsMistyped, WordsOfAnotherVault, WrongPassphrase
from vaultapp.core.work import WorkContext
from vaultapp.formats.recovery_words import words_of

WORDS = words_of(bytes(range(32)))
ANOTHERS = words_of(bytes(range(100, 132)))


@pytest.fixture
def given(tmp_path: Path) -> Iterator[GivenVault]:
    found = GivenVault(tmp_path)
    yield found
    found.close()


def variants() -> list[tuple[str, str, type[VaultError] | None]]:
    words = WORDS.split()
    return [
        ("as printed", WORDS, None),
        ("in capitals, on several lines", "\n  ".join(words).upper(), None),
        ("another vault's", ANOTHERS, WordsOfAnotherVault),
        ("one word wrong", " ".join([*words[:5], "zoo", *words[6:]]), WordsMistyped),
        ("one letter wrong", WORDS.replace(words[3], words[3] + "x", 1), WordsMistyped),
        ("two words exchanged", " ".join([words[1], words[0], *words[2:]]), WordsMistyped),
        ("one word missing", " ".join(words[:-1]), WordsMistyped),
        ("one word too many", f"{WORDS} zoo", WordsMistyped),
        ("nothing", "", WordsMistyped),
    ]


@pytest.mark.parametrize(("how", "words", "error"), variants(), ids=[how for how, _, _ in variants()])
def test_promise_09_each_kind_of_words_has_its_answer_at_unlock_and_in_a_drill(
    given: GivenVault, how: str, words: str, error: type[VaultError] | None
) -> None:
    keeper = given.created(words=WORDS, first_key="Personal")
    service = given.service(keeper)
    if error is None:
        assert service.drill(secret(words), WorkContext()).keys == 1
        keeper.close()
        again = given.keeper()
        again.unlock_with_words(secret(words), secret("new"), WorkContext())
        assert len(again.keys) == 1
        print(f"{how}: opened")
        return
    with pytest.raises(error) as drilled:
        service.drill(secret(words), WorkContext())
    keeper.close()
    before = given.path.read_bytes()
    with pytest.raises(error) as caught:
        given.keeper().unlock_with_words(secret(words), secret("new"), WorkContext())
    print(f"{how}: {caught.value}")
    assert type(drilled.value) is type(caught.value) is error
    assert given.path.read_bytes() == before


def test_promise_09_a_drill_touches_neither_the_vault_nor_its_slots(given: GivenVault, tmp_path: Path) -> None:
    keeper = given.created(words=WORDS, first_key="Personal")
    for number in range(20):
        given.keys(keeper.unlocked).create(NewKey(f"key {number}"))
    service = given.service(keeper)
    slots, epoch, files = service.slots(), keeper.vault.epoch, sorted(os.listdir(given.path.parent))
    outcome = service.drill(secret(WORDS), WorkContext())
    print(f"a drill read {outcome.rows} rows and {outcome.keys} keys")
    assert (outcome.keys, outcome.rows) == (21, 42)
    assert service.slots() == slots
    # One entry of the log, and nothing else.
    assert keeper.vault.epoch == epoch + 1
    assert sorted(os.listdir(given.path.parent)) == files
    keeper.admit(secret(PASSPHRASE))


def test_promise_09_the_words_lead_on_to_a_new_passphrase(given: GivenVault) -> None:
    given.created(words=WORDS, first_key="Personal").close()
    given.keeper().unlock_with_words(secret(WORDS), secret("new passphrase"), WorkContext())
    given.close()
    with pytest.raises(WrongPassphrase):
        given.keeper().unlock(secret(PASSPHRASE), WorkContext())
    assert len(given.unlocked("new passphrase").keys) == 1


def test_promise_09_a_kit_printed_before_new_words_is_told_as_such(given: GivenVault) -> None:
    keeper = given.created(words=WORDS)
    fresh = given.service(keeper).new_words()
    keeper.close()
    with pytest.raises(WordsOfAnotherVault):
        given.keeper().unlock_with_words(secret(WORDS), secret("new"), WorkContext())
    given.keeper().unlock_with_words(secret(fresh), secret("new"), WorkContext())
