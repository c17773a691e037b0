from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode

import pytest

from vaultapp.core.errors import NotSealed, UnsupportedFormat
from vaultapp.formats.message_suite import Suite, looks_sealed, suite_of


def test_the_two_suites_are_told_by_three_bytes() -> None:
    assert suite_of(b"\x02\x04\x78") is Suite.COMMITTING
    assert suite_of(memoryview(b"\x02\x05\x78rest")) is Suite.SIGNING


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"\x02\x01\x78", "suite 0x0178"),
        (b"\x02\x03\x78", "suite 0x0378"),
        (b"\x02\x00\x14", "suite 0x0014"),
        (b"\x02\x06\x78", "suite 0x0678"),
        (b"\x01\x80\x03\x78", "message version 1"),
    ],
)
def test_other_messages_are_named(head: bytes, found: str) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        suite_of(head)
    assert caught.value.facts == {"found": found}


@pytest.mark.parametrize(
    "message", [b"\x02\x04\x78" + bytes(90), b"\x02\x05\x78" + bytes(90), b"\x01\x80\x03\x78" + bytes(90)]
)
def test_base64_of_a_message_is_told_from_other_text(message: bytes) -> None:
    for text in (b64encode(message), urlsafe_b64encode(message), b64encode(message)[:4]):
        assert text[:2] in (b"Ag", b"AY")
        with pytest.raises(NotSealed) as caught:
            suite_of(text)
        assert caught.value.facts == {"reason": "base64"}


@pytest.mark.parametrize(
    "head", [b"Again, it rained", b"\x02\x04\x79", b"\x02\xff\x78", b"\x03\x04\x78", b"PK\x03\x04", b"\x00" * 3]
)
def test_anything_else_is_not_sealed(head: bytes) -> None:
    with pytest.raises(NotSealed) as caught:
        suite_of(head)
    assert caught.value.facts == {"reason": "other"}


def test_what_looks_sealed() -> None:
    assert looks_sealed(b"\x02\x04\x78")
    assert looks_sealed(memoryview(b"\x02\x05\x78 and more"))
    for head in (b"", b"\x02", b"\x02\x04", b"\x02\x03\x78", b"AgR4"):
        assert not looks_sealed(head)
