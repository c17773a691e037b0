from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA384
from hypothesis import given
from hypothesis import strategies as st

from vaultapp.core.errors import Damaged
from vaultapp.formats.message_footer import FOOTER_LIMIT, footer_length, parse_signature

PRIVATE = ec.derive_private_key(0xC0FFEE, ec.SECP384R1())
LONGEST = encode_dss_signature(2**384 - 1, 2**384 - 2)
SHORTEST = encode_dss_signature(1, 1)


def footer_of(signature: bytes) -> bytes:
    return len(signature).to_bytes(2, "big") + signature


def test_the_limit_fits_the_longest_signature() -> None:
    assert len(footer_of(LONGEST)) == FOOTER_LIMIT == 106


@pytest.mark.parametrize("signature", [LONGEST, SHORTEST, PRIVATE.sign(b"x", ec.ECDSA(SHA384()))])
def test_reads_a_footer_and_finds_it_behind_frames(signature: bytes) -> None:
    footer = footer_of(signature)
    assert parse_signature(footer) == parse_signature(memoryview(footer)) == signature
    assert footer_length(footer) == len(footer)
    assert footer_length(memoryview(b"\xa5" * 500 + footer)) == len(footer)


@given(st.integers(1, 2**384 - 1), st.integers(1, 2**384 - 1), st.binary(min_size=FOOTER_LIMIT, max_size=FOOTER_LIMIT))
def test_finds_every_length_behind_any_bytes(r: int, s: int, before: bytes) -> None:
    footer = footer_of(encode_dss_signature(r, s))
    assert footer_length(before + footer) == len(footer)


@pytest.mark.parametrize(
    "footer",
    [
        b"",
        b"\x00",
        b"\x00\x00",
        footer_of(LONGEST)[:-1],
        footer_of(LONGEST) + b"\x00",
        footer_of(LONGEST + b"\x00"),
        footer_of(b"\x31" + LONGEST[1:]),
        footer_of(LONGEST[:2] + b"\x03" + LONGEST[3:]),
        footer_of(b"\x30\x04\x02\x00\x02\x00"),
        footer_of(bytes(103)),
        b"\xff\xff" + LONGEST,
    ],
    ids=lambda footer: footer.hex()[:12],
)
def test_malformed_footers_are_damage(footer: bytes) -> None:
    with pytest.raises(Damaged):
        parse_signature(footer)


def test_a_message_that_does_not_end_with_a_signature_is_damage() -> None:
    for tail in (b"", b"\x00", bytes(FOOTER_LIMIT), footer_of(LONGEST)[:-1], footer_of(LONGEST) + b"\x00"):
        with pytest.raises(Damaged):
            footer_length(tail)


@given(st.binary(max_size=120))
def test_arbitrary_bytes_are_a_footer_or_damage(data: bytes) -> None:
    try:
        signature = parse_signature(data)
    except Damaged:
        return
    assert footer_of(signature) == data
