from __future__ import annotations

import hmac
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultapp.core.errors import WordsMistyped
from vaultapp.formats.recovery_words import check_value, entropy_of, words_of

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "bip39_english_256.json").read_text())["vectors"]
ENTROPY = bytes.fromhex(VECTORS[4][0])
WORDS = VECTORS[4][1]


@pytest.mark.parametrize(("entropy", "words"), VECTORS)
def test_gives_the_published_words_and_takes_them_back(entropy: str, words: str) -> None:
    assert words_of(bytes.fromhex(entropy)) == words
    assert entropy_of(words) == bytes.fromhex(entropy)


@given(st.binary(min_size=32, max_size=32))
def test_any_entropy_survives_its_words(entropy: bytes) -> None:
    words = words_of(bytearray(entropy))
    assert len(words.split(" ")) == 24
    back = entropy_of(words.encode())
    assert isinstance(back, bytearray)
    assert back == entropy


@pytest.mark.parametrize(
    "typed",
    [
        WORDS.upper(),
        "  " + WORDS.replace(" ", "\n") + "\n",
        WORDS.replace(" ", "\u3000"),
        WORDS.replace(" ", "\u00a0\t"),
        WORDS.title(),
        "".join(chr(ord(c) + 0xFEE0) if c != " " else c for c in WORDS),
        WORDS.encode(),
        bytearray(WORDS.encode()),
    ],
)
def test_case_width_and_white_space_do_not_matter(typed: str | bytes) -> None:
    assert entropy_of(typed) == ENTROPY


def test_every_wrong_word_is_named_by_its_place() -> None:
    for position in range(1, 25):
        words = WORDS.split()
        words[position - 1] = "vault"[:-1] + "x"
        with pytest.raises(WordsMistyped) as caught:
            entropy_of(" ".join(words))
        assert caught.value.facts == {"reason": "word", "position": position}


@pytest.mark.parametrize("count", [0, 1, 12, 23, 25])
def test_another_number_of_words_is_told(count: int) -> None:
    with pytest.raises(WordsMistyped) as caught:
        entropy_of(" ".join((WORDS.split() * 2)[:count]))
    assert caught.value.facts == {"reason": "count", "position": count}


def test_a_word_of_the_list_in_a_wrong_place_fails_the_checksum() -> None:
    swapped = WORDS.split()
    swapped[0], swapped[1] = swapped[1], swapped[0]
    with pytest.raises(WordsMistyped) as caught:
        entropy_of(" ".join(swapped))
    assert caught.value.facts == {"reason": "checksum", "position": 0}


def test_an_abbreviation_is_not_a_word() -> None:
    with pytest.raises(WordsMistyped) as caught:
        entropy_of(WORDS.replace("gorilla", "gori"))
    assert caught.value.facts == {"reason": "word", "position": 2}


def test_what_is_no_text_or_endless_is_mistyped() -> None:
    for typed in (b"\xff\xfe" * 12, "zoo " * 100_000, "\ud800"):
        with pytest.raises(WordsMistyped):
            entropy_of(typed)


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_arbitrary_input_is_words_or_mistyped(typed: str | bytes) -> None:
    with pytest.raises(WordsMistyped):
        entropy_of(typed)


def test_errors_carry_no_word() -> None:
    with pytest.raises(WordsMistyped) as caught:
        entropy_of(WORDS.replace("gorilla", "secretword"))
    assert "secretword" not in str(caught.value) + repr(caught.value)


def test_another_length_of_entropy_is_the_callers_bug() -> None:
    with pytest.raises(ValueError, match="entropy"):
        words_of(bytes(16))


def test_check_value_is_frozen() -> None:
    prk = hmac.digest(bytes(64), ENTROPY, "sha512")
    assert check_value(ENTROPY) == hmac.digest(prk, b"vaultapp/1/recovery-check\x01", "sha512")[:8]
    assert check_value(bytearray(ENTROPY)).hex() == "73d5ff0bc21e9705"
    assert check_value(ENTROPY) != check_value(bytes(32))
