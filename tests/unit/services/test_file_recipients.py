"""Passphrase recipients of sealed files: what they may cost, and that a cancel is heeded before each derivation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from struct import pack

import pytest

from tests.file_room import FLOOR
from vaultapp.core.errors import AuthenticationFailed, OperationCancelled, OutOfBounds
from vaultapp.core.work import WorkContext
from vaultapp.crypto.kdf import Argon2Parameters
from vaultapp.crypto.random import SystemRandom
from vaultapp.formats import recipients
from vaultapp.formats.message_header import EncryptedDataKey, MessageHeader, build_header, parse_header
from vaultapp.services.key_ring import NoRing
from vaultapp.services.recipients import Openers, Recipients

MIB = 1024


def header_of(costs: Sequence[tuple[int, int]]) -> MessageHeader:
    """Return a header whose passphrase recipients cost so many MiB and passes each; none of them opens."""
    edks = [
        EncryptedDataKey(
            "vaultapp-passphrase",
            b"\x01" + pack(">IIB", mib * MIB, passes, 1) + bytes((number,)) * 28,
            bytes(48),
        )
        for number, (mib, passes) in enumerate(costs)
    ]
    built, _ = build_header(
        message_id=bytes(32), context_bytes=b"", edks=edks, frame_length=4096, data_key=bytes(range(32))
    )
    return parse_header(built)


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> list[Argon2Parameters]:
    """What was derived, without the memory and time it takes."""
    found: list[Argon2Parameters] = []

    def derive(_passphrase: bytearray, parameters: Argon2Parameters, _ceiling: int) -> bytearray:
        found.append(parameters)
        return bytearray(32)

    monkeypatch.setattr(recipients, "argon2id", derive)
    return found


def opening(costs: Sequence[tuple[int, int]], checkpoint: Callable[[], object] = lambda: None) -> None:
    passphrases = [bytearray(b"one"), bytearray(b"two")]
    Openers(NoRing(), passphrases, checkpoint).open(header_of(costs))


def test_recipients_that_cost_too_much_together_are_refused_before_anything_is_derived(
    derived: list[Argon2Parameters],
) -> None:
    with pytest.raises(OutOfBounds) as caught:
        opening([(1024, 4)] * 3 + [(1024, 5)])
    assert caught.value.facts["field"] == "kdf_work"
    with pytest.raises(OutOfBounds):
        opening([(1024, 17)])
    assert derived == []


def test_what_is_not_tried_does_not_count(derived: list[Argon2Parameters]) -> None:
    with pytest.raises(AuthenticationFailed):
        opening([(1024, 4)] * 4 + [(1024, 16)])
    assert len(derived) == 2 * 4


def test_a_cancel_is_heeded_before_each_derivation(derived: list[Argon2Parameters]) -> None:
    work: WorkContext[None] = WorkContext()

    def checkpoint() -> None:
        if len(derived) == 3:
            work.cancel()
        work.heed_cancel()

    with pytest.raises(OperationCancelled):
        opening([(64, 1)] * 4, checkpoint)
    assert len(derived) == 3


def test_a_cancel_is_heeded_before_each_derivation_when_sealing(derived: list[Argon2Parameters]) -> None:
    work: WorkContext[None] = WorkContext()

    def checkpoint() -> None:
        if len(derived) == 1:
            work.cancel()
        work.heed_cancel()

    passphrases = [bytearray(b"one"), bytearray(b"two")]
    with pytest.raises(OperationCancelled):
        Recipients(NoRing(), SystemRandom(), (), passphrases, 1, FLOOR, checkpoint)
    assert len(derived) == 1
