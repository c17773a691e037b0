from __future__ import annotations

import random
import string
from collections import Counter

import pytest

from vaultapp.contracts.credential_kinds import KINDS, PasswordRules
from vaultapp.core.errors import InvalidValue
from vaultapp.crypto.random import SystemRandom
from vaultapp.services.password_generator import PasswordGenerator


class GivenRandom:
    """Gives the same bytes every time."""

    def __init__(self) -> None:
        self._source = random.Random(7)

    def bytes(self, count: int) -> bytes:
        return self._source.randbytes(count)


@pytest.fixture
def generate() -> PasswordGenerator:
    return PasswordGenerator(SystemRandom())


@pytest.mark.parametrize("length", [4, 5, 32, 1024])
def test_every_set_that_is_on_gives_at_least_one(generate: PasswordGenerator, length: int) -> None:
    for _ in range(50):
        made = generate(PasswordRules(length=length, excluded="")).decode()
        assert len(made) == length
        for one in (string.ascii_lowercase, string.ascii_uppercase, string.digits, string.punctuation):
            assert set(one) & set(made)


def test_sets_that_are_off_give_none(generate: PasswordGenerator) -> None:
    assert set(generate(PasswordRules(length=500, letters=False, symbols=False)).decode()) == set("23456789")
    assert set(generate(PasswordRules(length=1000, digits=False, symbols=False)).decode()) <= set(string.ascii_letters)


def test_excluded_and_ambiguous_characters_never_come(generate: PasswordGenerator) -> None:
    made = set(generate(PasswordRules(length=1024, excluded="abcXYZ~")).decode())
    assert not made & set("abcXYZ~0O1lI|")
    assert set("0O1lI|") <= set(generate(PasswordRules(length=1024, excluded="", ambiguous=True)).decode())


@pytest.mark.parametrize(
    "rules", [PasswordRules(symbols=False, excluded=""), PasswordRules(), PasswordRules(ambiguous=True)]
)
def test_no_character_is_likelier_than_another(rules: PasswordRules) -> None:
    generate = PasswordGenerator(GivenRandom())
    made = "".join(generate(rules).decode() for _ in range(3000))
    counts = Counter(made)
    # 96,000 characters of some 60 to 90: a byte modulo their number would make some half as likely again as others.
    assert max(counts.values()) / min(counts.values()) < 1.35


@pytest.mark.parametrize(
    ("rules", "field", "reason"),
    [
        (PasswordRules(length=3), "length", "bounds"),
        (PasswordRules(length=1025), "length", "bounds"),
        (PasswordRules(letters=False, digits=False, symbols=False), "rules", "no_set"),
        (PasswordRules(excluded=string.digits), "excluded", "whole_set"),
        (PasswordRules(excluded=string.ascii_lowercase), "excluded", "whole_set"),
        (PasswordRules(excluded="23456789"), "excluded", "whole_set"),
    ],
)
def test_rules_that_nothing_follows_are_refused(
    generate: PasswordGenerator, rules: PasswordRules, field: str, reason: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        generate(rules)
    assert caught.value.facts == {"field": field, "reason": reason}


@pytest.mark.parametrize("rules", [kind.rules for kind in KINDS.values() if kind.rules is not None])
def test_the_rules_of_every_kind_make_one(generate: PasswordGenerator, rules: PasswordRules) -> None:
    made = generate(rules).decode()
    assert len(made) == rules.length
    assert not set(made) & set(rules.excluded)
