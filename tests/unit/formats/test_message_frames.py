from __future__ import annotations

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultapp.core.errors import Damaged, OutOfBounds
from vaultapp.formats.message_frames import (
    FINAL_HEAD,
    FINAL_HEAD_BYTES,
    FINAL_MARK,
    FINAL_OVERHEAD,
    MAX_SEQUENCE,
    REGULAR_HEAD,
    REGULAR_HEAD_BYTES,
    REGULAR_OVERHEAD,
    FrameAad,
    FrameLayout,
    check_final_head,
    check_regular_head,
    frame_aad,
    frame_iv,
)

MESSAGE_ID = bytes(range(32))
MIB = 1024 * 1024
LENGTHS = st.integers(1, 40)


def test_aad_layout_is_frozen() -> None:
    regular = MESSAGE_ID + b"AWSKMSEncryptionClient Frame" + pack(">I", 7) + pack(">Q", 262_144)
    final = MESSAGE_ID + b"AWSKMSEncryptionClient Final Frame" + pack(">I", 8) + pack(">Q", 0)
    assert frame_aad(MESSAGE_ID, 7, 262_144, final=False) == regular
    assert frame_aad(MESSAGE_ID, 8, 0, final=True) == final
    assert (len(regular), len(final)) == (72, 78)


@pytest.mark.parametrize(
    ("message_id", "sequence", "length", "final"),
    [
        (MESSAGE_ID[:31], 1, 1, False),
        (MESSAGE_ID, 0, 1, False),
        (MESSAGE_ID, 2**32, 1, False),
        (MESSAGE_ID, 1, 0, False),
        (MESSAGE_ID, 1, -1, True),
    ],
)
def test_aad_arguments_out_of_range_are_the_callers_bug(
    message_id: bytes, sequence: int, length: int, final: bool
) -> None:
    with pytest.raises(ValueError, match=r"message id|out of range"):
        frame_aad(message_id, sequence, length, final=final)


@given(st.lists(st.integers(1, MAX_SEQUENCE), min_size=1, max_size=5), st.integers(1, 64 * MIB))
def test_the_reused_buffer_gives_each_frames_aad(sequences: list[int], frame_length: int) -> None:
    aad = FrameAad(MESSAGE_ID, frame_length)
    for sequence in sequences:
        assert aad.of(sequence) == frame_aad(MESSAGE_ID, sequence, frame_length, final=False)
    assert aad.of(1) is aad.of(2)


def test_heads_and_ivs_are_frozen() -> None:
    assert frame_iv(0x01020304) == bytes(8) + b"\x01\x02\x03\x04"
    assert REGULAR_HEAD.pack(5, 5) == b"\x00\x00\x00\x05" + bytes(8) + b"\x00\x00\x00\x05"
    assert FINAL_HEAD.pack(FINAL_MARK, 6, 6, 300) == (
        b"\xff\xff\xff\xff" + b"\x00\x00\x00\x06" + bytes(8) + b"\x00\x00\x00\x06" + b"\x00\x00\x01\x2c"
    )
    assert (REGULAR_HEAD_BYTES, FINAL_HEAD_BYTES, REGULAR_OVERHEAD, FINAL_OVERHEAD) == (16, 24, 32, 40)


def test_packing_into_a_used_buffer_clears_the_ivs_zeros() -> None:
    buffer = bytearray(b"\xaa" * 40)
    REGULAR_HEAD.pack_into(buffer, 2, 9, 9)
    assert buffer[2:18] == b"\x00\x00\x00\x09" + bytes(8) + b"\x00\x00\x00\x09"
    FINAL_HEAD.pack_into(buffer, 0, FINAL_MARK, 9, 9, 1)
    assert buffer[8:16] == bytes(8)


def test_a_regular_head_must_be_its_numbers() -> None:
    good = REGULAR_HEAD.pack(3, 3)
    check_regular_head(memoryview(good), 3)
    for at in range(16):
        changed = bytearray(good)
        changed[at] ^= 1
        with pytest.raises(Damaged):
            check_regular_head(changed, 3)
    for bad in (REGULAR_HEAD.pack(4, 4), REGULAR_HEAD.pack(3, 4), FINAL_HEAD.pack(FINAL_MARK, 3, 3, 1)[:16], good[:15]):
        with pytest.raises(Damaged):
            check_regular_head(bad, 3)


def test_a_final_head_must_be_its_numbers_and_within_a_frame() -> None:
    good = FINAL_HEAD.pack(FINAL_MARK, 3, 3, 100)
    assert check_final_head(memoryview(good), 3, 100) == 100
    assert check_final_head(FINAL_HEAD.pack(FINAL_MARK, 1, 1, 0), 1, 1) == 0
    for at in range(20):
        changed = bytearray(good)
        changed[at] ^= 1
        with pytest.raises(Damaged):
            check_final_head(changed, 3, 100)
    for cut in (b"", good[:23], good + b"\x00"):
        with pytest.raises(Damaged):
            check_final_head(cut, 3, 100)
    with pytest.raises(OutOfBounds) as caught:
        check_final_head(good, 3, 99)
    assert caught.value.facts == {"field": "final_length", "value": 100, "limit": 99}


@given(header=st.integers(0, 300), frame_length=LENGTHS, content=st.integers(0, 400), extra=st.booleans())
def test_layout_is_where_frames_written_one_by_one_lie(
    header: int, frame_length: int, content: int, extra: bool
) -> None:
    empty_final = extra and content > 0 and content % frame_length == 0
    at, left, offsets, lengths = header, content, [], []
    while left > frame_length or (left == frame_length and empty_final):
        offsets.append(at)
        lengths.append(frame_length)
        at += 4 + 12 + frame_length + 16
        left -= frame_length
    offsets.append(at)
    lengths.append(left)
    total = at + 4 + 4 + 12 + 4 + left + 16

    layout = FrameLayout(header, frame_length, content, empty_final)
    assert (layout.frames, layout.regular, layout.final_length, layout.total) == (
        len(offsets),
        len(offsets) - 1,
        left,
        total,
    )
    assert [layout.offset_of(n) for n in range(1, layout.frames + 1)] == offsets
    assert [layout.length_of(n) for n in range(1, layout.frames + 1)] == lengths
    assert FrameLayout.of_total(header, frame_length, total) == layout
    assert FrameLayout.of_total(header, frame_length, total + 105, footer=105) == layout


def test_a_content_that_fills_its_frames_may_end_either_way() -> None:
    full, empty = FrameLayout.of_content(100, 10, 20), FrameLayout(100, 10, 20, empty_final=True)
    assert (full.frames, full.final_length, empty.frames, empty.final_length) == (2, 10, 3, 0)
    assert FrameLayout.of_total(100, 10, full.total) == full
    assert FrameLayout.of_total(100, 10, empty.total) == empty


def test_an_empty_content_is_one_empty_final_frame() -> None:
    layout = FrameLayout.of_content(92, 262_144, 0)
    assert (layout.frames, layout.final_length, layout.total) == (1, 0, 132)
    assert FrameLayout.of_total(92, 262_144, 132) == layout


@given(header=st.integers(0, 50), frame_length=LENGTHS, total=st.integers(-5, 600))
def test_every_length_is_one_layouts_or_no_messages(header: int, frame_length: int, total: int) -> None:
    try:
        layout = FrameLayout.of_total(header, frame_length, total)
    except Damaged:
        totals = {FrameLayout(header, frame_length, n).total for n in range(600)}
        totals |= {FrameLayout(header, frame_length, n * frame_length, empty_final=True).total for n in range(1, 600)}
        assert total not in totals
        return
    assert layout.total == total


def test_more_frames_than_numbers_are_refused() -> None:
    most = MAX_SEQUENCE * 10
    assert FrameLayout.of_content(0, 10, most).frames == 2**32 - 1
    with pytest.raises(ValueError, match="frames"):
        FrameLayout.of_content(0, 10, most + 1)
    largest = FrameLayout.of_content(0, 10, most).total
    assert FrameLayout.of_total(0, 10, largest).frames == MAX_SEQUENCE
    with pytest.raises(OutOfBounds) as caught:
        FrameLayout.of_total(0, 10, largest + 42)
    assert caught.value.facts == {"field": "frames", "value": 2**32, "limit": 2**32 - 1}


@pytest.mark.parametrize("arguments", [(-1, 1, 1), (0, 0, 1), (0, 1, -1), (0, 2, 3, True), (0, 2, 0, True)])
def test_impossible_layouts_are_the_callers_bug(arguments: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"lengths|full frames"):
        FrameLayout(*arguments)
