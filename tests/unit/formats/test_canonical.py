from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultapp.formats.canonical import Part, canonical

GOLDEN = bytes.fromhex(
    "0000000e"
    "7661756c746170702f312f726f77"  # vaultapp/1/row
    "00000002"
    "0102"
    "00000003"
    "e282ac"  # €
    "00000008"
    "000000000000012c"
    "00000008"
    "ffffffffffffffff"
    "ffffffff"
    "00000000"
)

PARTS = st.lists(st.one_of(st.binary(max_size=40), st.text(max_size=20), st.integers(-(2**63), 2**63 - 1), st.none()))


def by_hand(purpose: str, parts: list[Part]) -> bytes:
    out = b""
    for part in [f"vaultapp/1/{purpose}", *parts]:
        if part is None:
            out += b"\xff" * 4
            continue
        if isinstance(part, int):
            data = part.to_bytes(8, "big", signed=True)
        else:
            data = part.encode() if isinstance(part, str) else bytes(part)
        out += len(data).to_bytes(4, "big") + data
    return out


def test_layout_is_frozen() -> None:
    assert canonical("row", b"\x01\x02", "€", 300, -1, None, b"") == GOLDEN


@given(PARTS)
def test_agrees_with_the_description(parts: list[Part]) -> None:
    assert canonical("purpose", *parts) == by_hand("purpose", parts)


@given(st.lists(st.one_of(st.none(), st.binary(max_size=9))), st.lists(st.one_of(st.none(), st.binary(max_size=9))))
def test_different_parts_give_different_bytes(one: list[Part], other: list[Part]) -> None:
    assert (canonical("p", *one) == canonical("p", *other)) is (one == other)


def test_purposes_are_apart() -> None:
    assert canonical("row", b"x") != canonical("rows", b"x")
    assert canonical("row") != canonical("", "row")


def test_buffers_count_as_their_bytes() -> None:
    assert canonical("p", bytearray(b"ab"), memoryview(b"cd")) == canonical("p", b"ab", b"cd")


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1])
def test_an_integer_of_more_than_64_bits_is_the_callers_bug(number: int) -> None:
    with pytest.raises(ValueError, match="64 bits"):
        canonical("p", number)
