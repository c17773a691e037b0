from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from vaultapp.contracts.files import OnExist
from vaultapp.core.errors import SpaceMissing, VaultError
from vaultapp.crypto.random import SystemRandom
from vaultapp.files import batch
from vaultapp.files.batch import FILES_PER_SYNC, Destinations, PendingFile, PublishingBatch
from vaultapp.files.part_notes import PartNotes


class Told:
    """What a batch said of each output."""

    def __init__(self, destinations: Destinations, place: Path) -> None:
        self.destinations = destinations
        self.place = place
        self.published: list[bytes] = []
        self.failed: list[VaultError] = []

    def pending(self, name: bytes, content: bytes = b"x") -> PendingFile:
        destination = self.destinations.get(os.fsencode(self.place))
        file = destination.new_file(name)
        os.write(file.descriptor, content)
        return PendingFile(file, destination, self.published.append, self.failed.append)


@pytest.fixture
def told(notes: PartNotes, place: Path) -> Iterator[Told]:
    destinations = Destinations(notes, SystemRandom())
    yield Told(destinations, place)
    destinations.close()


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_nothing_is_published_before_the_flush_and_all_after(told: Told, place: Path) -> None:
    publishing = PublishingBatch(OnExist.KEEP, ())
    before = descriptors()
    for number in range(20):
        publishing.add(told.pending(b"%02d" % number))
    assert os.listdir(place) == []
    publishing.flush()
    assert told.published == [os.fsencode(place / f"{number:02}") for number in range(20)]
    assert descriptors() <= before + 1


def test_a_full_batch_flushes_itself(told: Told, place: Path) -> None:
    publishing = PublishingBatch(OnExist.KEEP, ())
    for number in range(FILES_PER_SYNC):
        publishing.add(told.pending(b"%d" % number))
    assert len(told.published) == FILES_PER_SYNC


@pytest.mark.parametrize("count", [2, 20])
def test_what_could_not_be_synced_is_not_published(
    told: Told, place: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(batch, "sync_file_system", full)
    monkeypatch.setattr(os, "fdatasync", full)
    publishing = PublishingBatch(OnExist.KEEP, ())
    for number in range(count):
        publishing.add(told.pending(b"%d" % number))
    publishing.flush()
    assert os.listdir(place) == []
    assert [type(error) for error in told.failed] == [SpaceMissing] * count
    assert told.published == []


def test_one_name_that_is_taken_does_not_hold_up_the_others(told: Told, place: Path) -> None:
    (place / "1").write_bytes(b"old")
    publishing = PublishingBatch(OnExist.ASK, ())
    for number in range(3):
        publishing.add(told.pending(b"%d" % number))
    publishing.flush()
    assert told.published == [os.fsencode(place / "0"), os.fsencode(place / "2")]
    assert [error.code for error in told.failed] == ["target_exists"]
    assert (place / "1").read_bytes() == b"old"


def test_what_is_dropped_was_never_there(told: Told, place: Path) -> None:
    publishing = PublishingBatch(OnExist.KEEP, ())
    publishing.add(told.pending(b"a"))
    publishing.drop()
    publishing.flush()
    assert os.listdir(place) == []
    assert told.published == []
