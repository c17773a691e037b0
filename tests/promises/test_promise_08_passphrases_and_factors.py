"""Promise 8: passphrases are NFC. Every factor of a slot changes every derived key."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.given_vault import GivenVault, secret
from vaultapp.core.errors import WrongPassphrase
from vaultapp.core.work import WorkContext
from vaultapp.services.slots import slot_key

WRITINGS = [
    ("Stra\u00dfe \u00e9t\u00e9", "Stra\u00dfe e\u0301te\u0301"),
    ("\u1e69", "s\u0323\u0307"),
    ("\uac00\ub098", "\u1100\u1161\u1102\u1161"),
    ("\u212b", "A\u030a"),
]


@pytest.fixture
def given(tmp_path: Path) -> Iterator[GivenVault]:
    found = GivenVault(tmp_path)
    yield found
    found.close()


@pytest.mark.parametrize(("one", "other"), WRITINGS)
def test_promise_08_a_passphrase_opens_however_its_letters_are_composed(
    given: GivenVault, one: str, other: str
) -> None:
    given.created(passphrase=one).close()
    print(f"{one.encode()!r} opened by {other.encode()!r}")
    assert one.encode() != other.encode()
    given.unlocked(other).close()
    given.unlocked(one).close()


@pytest.mark.parametrize(("one", "other"), [("\ufb01sh", "fish"), ("a b", "a\u00a0b"), ("x", "x "), ("x", "X")])
def test_promise_08_nothing_else_is_folded(given: GivenVault, one: str, other: str) -> None:
    given.created(passphrase=one).close()
    with pytest.raises(WrongPassphrase):
        given.keeper().unlock(secret(other), WorkContext())


def test_promise_08_every_bit_of_every_factor_changes_the_whole_key() -> None:
    factors = [bytes(range(32)), bytes(range(32, 64)), b"key file" * 4]
    salt = bytes(range(32))
    key = slot_key(salt, factors)
    least = 256
    for which, at in itertools.product(range(3), range(32)):
        changed = [bytearray(factor) for factor in factors]
        changed[which][at] ^= 1
        other = slot_key(salt, changed)
        least = min(least, (int.from_bytes(key, "big") ^ int.from_bytes(other, "big")).bit_count())
    print(f"96 changes of one bit: at least {least} of 256 bits differ")
    assert least > 80


def test_promise_08_no_factor_can_be_left_out_doubled_or_moved() -> None:
    one, two = b"1" * 32, b"2" * 32
    lists = [[], [one], [two], [one, two], [two, one], [one, one], [one, two, two], [one + two], [one, b"", two]]
    keys = {slot_key(bytes(32), factors) for factors in lists}
    print(f"{len(lists)} lists of factors: {len(keys)} keys")
    assert len(keys) == len(lists)
