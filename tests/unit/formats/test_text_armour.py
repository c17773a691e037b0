from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultapp.core.errors import Damaged, NotSealed
from vaultapp.formats import text_armour
from vaultapp.formats.text_armour import SEARCH_LIMIT, find_armoured

MINIMUM, LIMIT = 68, 68 + 4096


def blob_of(length: int, fill: int = 0x5C) -> bytes:
    body = bytes((fill + n * 7) & 0xFF for n in range(length + 64))
    return b"\xbe\x5b\x75\x01" + body


def find(text: str) -> bytes:
    return find_armoured(text, MINIMUM, LIMIT)


def wrapped(text: str, width: int, end: str = "\n") -> str:
    return end.join(text[at : at + width] for at in range(0, len(text), width))


BLOB = blob_of(14)
TEXT = b64encode(BLOB).decode()
LENGTHS = [0, 1, 2, 3, 14, 32, 100, 101, 102, 4096]


def test_the_texts_of_these_tests_begin_right_and_end_with_every_padding() -> None:
    assert TEXT.startswith("vlt1")
    assert {b64encode(blob_of(n)).decode().count("=") for n in LENGTHS} == {0, 1, 2}


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "  {}\n",
        '"{}"',
        "'{}',",
        "`{}`",
        "password = {}",
        "password={}\nuser=me\n",
        "The secret is {}. Best regards",
        '{{"secret": "{}", "other": 1}}',
        "<code>{}</code>",
        "({})",
        "https://example.org/#{}",
        "密文{}结束",
        "secret: {}\n\nThanks,\nAnn",
        "secret: {}\n-- \nAnn",
        "vlt1 texts look like this: {}",
        "line\\n{}\\nline",
    ],
)
def test_is_found_in_what_surrounds_it(length: int, around: str) -> None:
    blob = blob_of(length)
    assert find(around.format(b64encode(blob).decode())) == blob


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("width", [40, 60, 64, 72, 76, 80])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n> ", "\n    ", ' "\n  "', "\\\n", "\\n", '" +\n"'])
def test_is_found_over_line_breaks(length: int, width: int, end: str) -> None:
    blob = blob_of(length)
    assert find(wrapped(b64encode(blob).decode(), width, end)) == blob


@pytest.mark.parametrize("length", LENGTHS)
def test_is_found_over_line_breaks_with_words_around(length: int) -> None:
    blob = blob_of(length)
    text = b64encode(blob).decode()
    assert find(f"Hello,\n\n{wrapped(text, 64)}\n\nBest regards,\nAnn\n") == blob
    assert find('secret: "' + text[:55] + "\n" + wrapped(text[55:], 64) + '"\nnext: 1') == blob


@pytest.mark.parametrize("length", LENGTHS)
def test_url_safe_text_is_tolerated_with_and_without_padding(length: int) -> None:
    blob = blob_of(length, fill=0xFB)
    text = urlsafe_b64encode(blob).decode()
    assert set("-_") & set(text)
    assert find(text) == blob
    assert find(f"t={text.rstrip('=')}&x=1") == blob
    assert find(f"see {text.rstrip('=')}\nBest!") == blob


def test_a_word_on_the_next_line_is_not_part_of_it() -> None:
    for length in LENGTHS:
        blob = blob_of(length)
        for word in ("Best", "Thanks", "regards", "x"):
            assert find(f"{b64encode(blob).decode()}\n{word}\n") == blob


def test_the_first_sound_one_of_several_is_taken() -> None:
    other = b64encode(blob_of(20)).decode()
    assert find(f"{TEXT}\n{other}\n") == BLOB
    assert find(f"{TEXT[:50]}\n{TEXT}") == BLOB
    assert find(f"{TEXT[:-7]}!\n{other}") == blob_of(20)


@pytest.mark.parametrize(
    "text", ["", "hello", "vlt1", "a vlt1 text", "vlt1…", TEXT[1:], "x" + TEXT, b64encode(BLOB[1:]).decode()]
)
def test_where_there_is_none_it_is_said(text: str) -> None:
    with pytest.raises(NotSealed) as caught:
        find(text)
    assert caught.value.facts == {"reason": "other"}


@pytest.mark.parametrize(
    "text", [TEXT[:60], TEXT[:88], f'"{TEXT[:-9]}"', TEXT[:89] + "=", TEXT[:30] + "\n" + TEXT[31:60]]
)
def test_one_that_is_cut_short_is_damaged(text: str) -> None:
    with pytest.raises(Damaged) as caught:
        find(text)
    assert caught.value.facts == {"reason": "cut_short"}


def test_one_that_is_too_long_is_damaged_and_not_decoded() -> None:
    with pytest.raises(Damaged) as caught:
        find(b64encode(blob_of(4100)).decode())
    assert caught.value.facts == {"reason": "length"}


def test_bits_beyond_the_last_byte_must_be_zero() -> None:
    assert TEXT.endswith("=")
    last = TEXT.rstrip("=")[-1]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    changed = alphabet[alphabet.index(last) | 1]
    assert changed != last
    with pytest.raises(Damaged):
        find(TEXT.rstrip("=")[:-1] + changed + "=" * TEXT.count("="))


@given(st.text(alphabet=st.sampled_from(list("vlt1AB=\n\r \\n\"'>+/-_é.")), max_size=400))
def test_arbitrary_text_raises_only_our_errors(text: str) -> None:
    try:
        found = find(text)
    except (NotSealed, Damaged):
        return
    assert found.startswith(b"\xbe\x5b\x75")


@given(st.text(max_size=40), st.sampled_from([" ", "\n\n", '"', "'", "(", "\t", "="]), st.text(max_size=40))
def test_arbitrary_surroundings_do_not_hide_it(before: str, edge: str, after: str) -> None:
    assert find(f"{before}{edge}{TEXT}{edge}\x00{after}") == BLOB


@pytest.mark.parametrize(
    "hostile",
    [
        "vlt1",
        "vlt1 ",
        "vlt1\n",
        "vlt1/",
        "+vlt1AAB\n",
        "+vlt1AAB\n+A\n",
        "'vlt1A\n>",
        "vlt1" + "A" * 15 + "\n",
        "vlt1" + "A" * 200 + "\n",
        "vlt1" + "+" * SEARCH_LIMIT,
        "vlt1" + "\n+" * SEARCH_LIMIT,
        "vlt1" + "\\" * SEARCH_LIMIT,
        "vlt1" + "A" * 90 + " " * SEARCH_LIMIT,
    ],
    ids=range(13),
)
@pytest.mark.timeout(60)
def test_hostile_clipboards_are_read_in_one_pass(hostile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0
    runs_at = text_armour._runs_at

    def counting(text: str, begin: int, minimum_chars: int, limit_chars: int) -> list[str]:
        nonlocal read
        found = runs_at(text, begin, minimum_chars, limit_chars)
        read += sum(map(len, found))
        return found

    monkeypatch.setattr(text_armour, "_runs_at", counting)
    whole = (hostile * (SEARCH_LIMIT // len(hostile) + 1))[:SEARCH_LIMIT]
    with suppress(NotSealed, Damaged):
        assert len(find(whole)) <= LIMIT
    # Each of 16 beginnings may be joined to the length of the longest text.
    assert read <= 6 * len(whole)


def test_a_text_that_is_too_long_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find(TEXT + "\n" + " " * (SEARCH_LIMIT - len(TEXT) - 1)) == BLOB
    monkeypatch.setattr(text_armour, "_BEGIN", None)
    with pytest.raises(NotSealed) as caught:
        find(TEXT + "\n" + " " * (SEARCH_LIMIT - len(TEXT)))
    assert caught.value.facts == {"reason": "too_long"}


def test_words_about_the_format_do_not_use_up_the_tries() -> None:
    assert find("A vlt1 text begins with vlt1.\n" * 1000 + TEXT) == BLOB
    assert find(f"{TEXT[:60]}!\n" * 15 + TEXT) == BLOB
    with pytest.raises(Damaged):
        find(f"{TEXT[:60]}!\n" * 16 + TEXT)
