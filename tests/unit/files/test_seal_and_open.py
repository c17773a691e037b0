"""The engines, checked against a few lines that know the format and nothing of them."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.unit.files.conftest import DATA_KEY, MESSAGE_ID, message
from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import (
    AuthenticationFailed,
    Damaged,
    DataError,
    InvalidValue,
    OperationCancelled,
    SourceChanged,
)
from vaultapp.core.work import WorkContext
from vaultapp.files.buffers import IN_PLACE_FROM
from vaultapp.files.meter import Meter
from vaultapp.files.open import FrameReader, discard, layout_of, open_file, open_small, read_header, write_to
from vaultapp.files.seal import FrameWriter, seal_file, seal_small
from vaultapp.files.source import open_file as open_source
from vaultapp.files.streams import FileReader, FileWriter
from vaultapp.files.workers import Workers
from vaultapp.formats.message_frames import FrameLayout

MIB = 1024 * 1024


def by_hand(header: bytes, content: bytes, frame_length: int) -> bytes:
    """Seal as format.md says, frame by frame."""
    prk = hmac.digest(MESSAGE_ID, DATA_KEY, "sha512")
    key = AESGCM(hmac.digest(prk, b"\x04\x78DERIVEKEY\x01", "sha512")[:32])
    pieces = [content[at : at + frame_length] for at in range(0, len(content), frame_length)] or [b""]
    out = header
    for number, piece in enumerate(pieces, 1):
        counted = number.to_bytes(4, "big")
        iv, length = bytes(8) + counted, len(piece).to_bytes(8, "big")
        if number == len(pieces):
            aad = MESSAGE_ID + b"AWSKMSEncryptionClient Final Frame" + counted + length
            out += b"\xff\xff\xff\xff" + counted + iv + length[4:] + key.encrypt(iv, piece, aad)
        else:
            aad = MESSAGE_ID + b"AWSKMSEncryptionClient Frame" + counted + length
            out += counted + iv + key.encrypt(iv, piece, aad)
    return out


def sealed(place: Path, content: bytes, frame_length: int, meter: Meter, threads: int = 2) -> bytes:
    (place / "in").write_bytes(content)
    target = os.open(place / "sealed", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    with open_source(os.fsencode(place / "in")) as source:
        size = seal_file(source, message(frame_length), target, b"", Workers(threads), meter)
    os.close(target)
    found = (place / "sealed").read_bytes()
    assert len(found) == size
    return found


def opened(place: Path, data: bytes, frame_length: int, meter: Meter, threads: int = 2) -> bytes:
    (place / "s").write_bytes(data)
    target = os.open(place / "opened", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    try:
        with open_source(os.fsencode(place / "s")) as source:
            layout = layout_of(source, read_header(source))
            open_file(source, message(frame_length), layout, write_to(target, b""), Workers(threads), meter)
    finally:
        os.close(target)
    return (place / "opened").read_bytes()


def opened_in_order(place: Path, data: bytes, frame_length: int) -> bytes:
    (place / "s").write_bytes(data)
    with open_source(os.fsencode(place / "s")) as source:
        header = read_header(source)
        reader = FileReader(source, header.length)
        return b"".join(bytes(frame) for frame in FrameReader(reader, header, message(frame_length)))


SHAPES = [
    (0, 100),
    (1, 100),
    (99, 100),
    (100, 100),
    (101, 100),
    (300, 100),
    (5, 1),
    (3 * MIB + 7, 4096),
    (5 * MIB, 256 * 1024),
    (2 * 256 * 1024, 256 * 1024),
    (3 * MIB, MIB),
]


@pytest.mark.parametrize(("size", "frame_length"), SHAPES)
def test_sealing_in_parallel_makes_the_bytes_of_the_format(
    place: Path, meter: Meter, size: int, frame_length: int
) -> None:
    content = os.urandom(size)
    expected = by_hand(message(frame_length).header, content, frame_length)
    assert sealed(place, content, frame_length, meter) == expected
    assert meter.done == size


@pytest.mark.parametrize(("size", "frame_length"), SHAPES)
def test_sealing_in_order_makes_the_same_bytes(place: Path, meter: Meter, size: int, frame_length: int) -> None:
    content = os.urandom(size)
    target = os.open(place / "out", os.O_RDWR | os.O_CREAT)
    digest = hashlib.sha256()
    writer = FrameWriter(message(frame_length), FileWriter(target, b""), meter, digest)
    for at in range(0, size, 70_001):
        writer.write(content[at : at + 70_001])
    written = writer.finish()
    os.close(target)
    found = (place / "out").read_bytes()
    assert found == by_hand(message(frame_length).header, content, frame_length)
    assert written == len(found)
    assert digest.digest() == hashlib.sha256(content).digest()


@pytest.mark.parametrize(("size", "frame_length"), SHAPES)
@pytest.mark.parametrize("threads", [1, 3])
def test_opening_gives_the_content_back(place: Path, meter: Meter, size: int, frame_length: int, threads: int) -> None:
    content = os.urandom(size)
    data = by_hand(message(frame_length).header, content, frame_length)
    assert opened(place, data, frame_length, meter, threads) == content
    assert opened_in_order(place, data, frame_length) == content
    assert meter.done == size


def test_large_frames_are_worked_on_in_place(place: Path, meter: Meter) -> None:
    """The library must allow one buffer for both sides, or these bytes differ."""
    content = os.urandom(2 * IN_PLACE_FROM + 12345)
    data = sealed(place, content, IN_PLACE_FROM, meter)
    assert data == by_hand(message(IN_PLACE_FROM).header, content, IN_PLACE_FROM)
    assert opened(place, data, IN_PLACE_FROM, meter) == content
    assert opened_in_order(place, data, IN_PLACE_FROM) == content
    target = os.open(place / "out", os.O_RDWR | os.O_CREAT)
    writer = FrameWriter(message(IN_PLACE_FROM), FileWriter(target, b""), meter)
    writer.write(content)
    writer.finish()
    os.close(target)
    assert (place / "out").read_bytes() == data


@pytest.mark.parametrize("size", [0, 1, 4096])
def test_a_small_file_is_one_frame(size: int) -> None:
    content = os.urandom(size)
    data = b"".join(seal_small(message(4096), content))
    assert data == by_hand(message(4096).header, content, 4096)
    layout = FrameLayout.of_total(len(message(4096).header), 4096, len(data))
    assert open_small(memoryview(data), message(4096), layout) == content


def test_an_empty_final_frame_after_full_ones_is_read(place: Path, meter: Meter) -> None:
    content = os.urandom(200)
    whole = by_hand(message(100).header, content + b"x", 100)
    prk = hmac.digest(MESSAGE_ID, DATA_KEY, "sha512")
    key = AESGCM(hmac.digest(prk, b"\x04\x78DERIVEKEY\x01", "sha512")[:32])
    iv = bytes(11) + b"\x03"
    aad = MESSAGE_ID + b"AWSKMSEncryptionClient Final Frame" + iv[8:] + bytes(8)
    data = whole[: -(24 + 1 + 16)] + b"\xff\xff\xff\xff" + iv[8:] + iv + bytes(4) + key.encrypt(iv, b"", aad)
    assert opened(place, data, 100, meter) == content
    assert opened_in_order(place, data, 100) == content


def frames_of(data: bytes, header: int, frame_length: int) -> list[bytes]:
    stride = frame_length + 32
    regular = (len(data) - header - 40) // stride
    cuts = [header + number * stride for number in range(regular + 1)] + [len(data)]
    return [data[a:b] for a, b in pairwise(cuts)]


Read = Callable[[bytes, int], bytes]


@pytest.fixture(params=["parallel", "in order"])
def read(request: pytest.FixtureRequest, place: Path, meter: Meter) -> Read:
    """Both ways of opening."""
    if request.param == "parallel":
        return lambda data, frame_length: opened(place, data, frame_length, meter)
    return lambda data, frame_length: opened_in_order(place, data, frame_length)


def test_swapped_dropped_and_doubled_frames_are_refused(read: Read) -> None:
    head = message(100).header
    data = by_hand(head, os.urandom(450), 100)
    frames = frames_of(data, len(head), 100)
    assert len(frames) == 5
    wrong = {
        "swapped": [frames[1], frames[0], *frames[2:]],
        "dropped": [frames[0], *frames[2:]],
        "doubled": [frames[0], frames[0], *frames[1:]],
        "replaced": [frames[0], frames[0], *frames[2:]],
        "final only": frames[4:],
        "final twice": [*frames, frames[4]],
        "no final": frames[:4],
    }
    for name, kept in wrong.items():
        changed = head + b"".join(kept)
        try:
            read(changed, 100)
        except DataError:
            continue
        pytest.fail(name)


def test_every_truncation_and_trailing_bytes_are_refused(read: Read) -> None:
    head = message(16).header
    data = by_hand(head, os.urandom(40), 16)
    for changed in [*(data[:length] for length in range(len(head), len(data))), data + b"\0", data + data]:
        with pytest.raises(Damaged):
            read(changed, 16)


@pytest.mark.parametrize("size", [0, 40, 48])
def test_cut_short_and_added_to_are_told_apart(place: Path, meter: Meter, size: int) -> None:
    head = message(16).header
    data = by_hand(head, os.urandom(size), 16)
    told = {"cut_short": [data[:length] for length in range(len(head), len(data))]}
    told["trailing"] = [data + bytes(count) for count in (1, 5, 16, 23)]
    for reason, wrong in told.items():
        for changed in wrong:
            with pytest.raises(Damaged) as caught:
                opened(place, changed, 16, meter)
            assert caught.value.facts == {"reason": reason}


def test_every_flipped_bit_of_the_body_is_refused_in_order(place: Path) -> None:
    head = message(16).header
    data = by_hand(head, os.urandom(40), 16)
    for place_of_bit in range(len(head) * 8, len(data) * 8):
        changed = bytearray(data)
        changed[place_of_bit // 8] ^= 1 << place_of_bit % 8
        with pytest.raises(DataError):
            opened_in_order(place, bytes(changed), 16)


def test_truncation_is_told_before_anything_is_read(place: Path, meter: Meter) -> None:
    data = by_hand(message(100).header, os.urandom(1000), 100)
    (place / "s").write_bytes(data[:-1])
    with open_source(os.fsencode(place / "s")) as source, pytest.raises(Damaged):
        layout_of(source, read_header(source))
    assert meter.done == 0


def test_another_data_key_opens_nothing(place: Path, meter: Meter) -> None:
    data = bytearray(by_hand(message(100).header, os.urandom(1000), 100))
    data[-1] ^= 1
    with pytest.raises(AuthenticationFailed):
        opened(place, bytes(data), 100, meter)


def test_a_file_that_shrinks_while_it_is_sealed_is_an_error(place: Path, meter: Meter) -> None:
    (place / "in").write_bytes(bytes(3 * MIB))
    target = os.open(place / "sealed", os.O_RDWR | os.O_CREAT)
    with open_source(os.fsencode(place / "in")) as source:
        os.truncate(place / "in", MIB)
        with pytest.raises(SourceChanged) as caught:
            seal_file(source, message(4096), target, b"", Workers(2), meter)
    os.close(target)
    assert caught.value.facts == {"path": str(place / "in")}


def test_a_cancel_stops_the_workers(place: Path) -> None:
    work: WorkContext[object] = WorkContext()
    (place / "in").write_bytes(bytes(8 * MIB))
    target = os.open(place / "sealed", os.O_RDWR | os.O_CREAT)
    work.cancel()
    with open_source(os.fsencode(place / "in")) as source, pytest.raises(OperationCancelled):
        seal_file(source, message(4096), target, b"", Workers(2), Meter(work, SystemClock()))
    os.close(target)


def test_more_frames_than_can_be_numbered_are_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        message(1).layout_of(2**32)
    assert caught.value.facts == {"field": "frame_length", "reason": "too_many_frames"}


def test_verifying_alone_gives_nothing_out(place: Path, meter: Meter) -> None:
    (place / "s").write_bytes(by_hand(message(100).header, os.urandom(1000), 100))
    with open_source(os.fsencode(place / "s")) as source:
        open_file(source, message(100), layout_of(source, read_header(source)), discard, Workers(2), meter)
    assert meter.done == 1000
