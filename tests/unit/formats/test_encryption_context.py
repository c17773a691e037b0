from __future__ import annotations

import unicodedata
from struct import pack

import pytest
from aws_encryption_sdk.internal.formatting.encryption_context import (  # type: ignore[import-untyped]
    deserialize_encryption_context,
    serialize_encryption_context,
)
from hypothesis import given
from hypothesis import strategies as st

from vaultapp.core.errors import ContextReserved, Damaged, InvalidValue
from vaultapp.formats.encryption_context import check_from_person, parse, serialise

CONTEXTS = st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=6)


def pairs(*given: tuple[bytes, bytes], count: int | None = None) -> bytes:
    return pack(">H", len(given) if count is None else count) + b"".join(
        pack(">H", len(name)) + name + pack(">H", len(value)) + value for name, value in given
    )


def test_layout_is_frozen() -> None:
    assert serialise({"b": "2", "a": ""}) == bytes.fromhex("0002 0001 61 0000 0001 62 0001 32")


def test_an_empty_context_is_no_bytes_at_all() -> None:
    assert serialise({}) == b""
    assert parse(b"") == {}
    with pytest.raises(Damaged):
        parse(b"\x00\x00")


def test_pairs_are_sorted_by_utf8_bytes_and_not_by_utf16_code_units() -> None:
    astral, private = "\U00010000", "\ue000"
    assert astral.encode("utf-16-be") < private.encode("utf-16-be")
    assert serialise({astral: "1", private: "2"}) == pairs((private.encode(), b"2"), (astral.encode(), b"1"))


@given(CONTEXTS)
def test_serialises_as_the_official_sdk_does(context: dict[str, str]) -> None:
    data = serialise(context)
    assert data == serialize_encryption_context(context)
    assert parse(data) == deserialize_encryption_context(data) == context


def test_serialises_astral_names_as_the_official_sdk_does() -> None:
    context = {"\U0001f511": "key", "\uffee": "last of the plane", "z": "", "\U00010000": "first astral"}
    assert serialise(context) == serialize_encryption_context(context)
    assert list(parse(serialise(context))) == ["z", "\uffee", "\U00010000", "\U0001f511"]


def test_text_is_not_normalised() -> None:
    composed, decomposed = "é", unicodedata.normalize("NFD", "é")
    assert serialise({composed: "x"}) != serialise({decomposed: "x"})
    assert parse(serialise({composed: "1", decomposed: "2"})) == {composed: "1", decomposed: "2"}


def test_unsorted_pairs_are_read() -> None:
    assert parse(pairs((b"b", b"2"), (b"a", b"1"))) == {"a": "1", "b": "2"}


def test_any_buffer_is_read() -> None:
    data = pairs((b"a", b"1"))
    assert parse(memoryview(data)) == parse(bytearray(data)) == {"a": "1"}


@pytest.mark.parametrize(
    "data",
    [
        b"\x00",
        pairs((b"a", b"1"), (b"a", b"2")),
        pairs((b"a", b"1"), (b"a", b"1")),
        pairs((b"a", b"1")) + b"\x00",
        pairs((b"a", b"1"), count=2),
        pairs((b"a", b"1"), (b"b", b"1"), count=1),
        pairs((b"a", b"1"))[:-1],
        pairs((b"a", b"1"))[:5],
        pairs((b"\xff", b"1")),
        pairs((b"a", b"\xc3")),
        pairs((b"a", b"\xed\xa0\x80")),
        pairs((b"a", b"\xc0\x80")),
        b"\xff\xff",
        pairs((b"a", b"x" * 65_530)),
    ],
    ids=str,
)
def test_malformed_contexts_are_refused(data: bytes) -> None:
    with pytest.raises(Damaged) as caught:
        parse(data[:70_000])
    assert caught.value.facts == {"reason": "context"}


@given(st.binary(max_size=60))
def test_arbitrary_bytes_are_read_back_the_same_or_refused(data: bytes) -> None:
    try:
        context = parse(data)
    except Damaged:
        return
    assert sorted(parse(serialise(context))) == sorted(context)
    assert len(serialise(context)) == len(data)


def test_the_limit_is_65535_bytes() -> None:
    longest = {"a": "x" * (65_535 - 7)}
    assert len(serialise(longest)) == 65_535
    assert parse(serialise(longest)) == longest
    for context in ({"a": "x" * (65_535 - 6)}, {"a": "x" * 70_000}, {str(n): "" for n in range(20_000)}):
        with pytest.raises(InvalidValue) as caught:
            serialise(context)
        assert caught.value.facts == {"field": "context", "reason": "too_long"}


@pytest.mark.parametrize("context", [{"\ud800": "x"}, {"x": "\udfff"}])
def test_what_utf8_cannot_hold_is_refused(context: dict[str, str]) -> None:
    with pytest.raises(InvalidValue) as caught:
        serialise(context)
    assert caught.value.facts == {"field": "context", "reason": "not_utf8"}


@pytest.mark.parametrize("name", ["aws-crypto-public-key", "aws-crypto-", "vaultapp-content", "vaultapp-"])
def test_reserved_names_are_refused_from_people_and_read_from_files(name: str) -> None:
    with pytest.raises(ContextReserved) as caught:
        check_from_person({"ok": "1", name: "x"})
    assert caught.value.facts == {"name": name}
    assert parse(serialise({name: "x"})) == {name: "x"}


@pytest.mark.parametrize("name", ["aws-crypto", "AWS-Crypto-x", "vaultapp", "x-vaultapp-", "aws"])
def test_names_that_only_look_reserved_are_fine(name: str) -> None:
    check_from_person({name: "x"})


def test_people_get_an_error_before_anything_is_sealed() -> None:
    for context, reason in (
        ({"": "x"}, "empty_name"),
        ({"a": "x" * 70_000}, "too_long"),
        ({"a": "\ud800"}, "not_utf8"),
    ):
        with pytest.raises(InvalidValue) as caught:
            check_from_person(context)
        assert caught.value.facts == {"field": "context", "reason": reason}
