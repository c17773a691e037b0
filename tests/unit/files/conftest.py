from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from vaultapp.core.clock import SystemClock
from vaultapp.core.work import WorkContext
from vaultapp.crypto.random import SystemRandom
from vaultapp.files.message import Message
from vaultapp.files.meter import Meter
from vaultapp.files.part_notes import PartNotes
from vaultapp.files.publish import Destination
from vaultapp.formats.message_header import EncryptedDataKey, build_header

DATA_KEY = bytes(range(32))
MESSAGE_ID = bytes(range(100, 132))


@pytest.fixture
def meter() -> Meter:
    return Meter(WorkContext(), SystemClock())


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[PartNotes]:
    notes = PartNotes(tmp_path / "state", SystemRandom())
    yield notes
    notes.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


@pytest.fixture
def destination(place: Path, notes: PartNotes) -> Iterator[Destination]:
    destination = Destination(os.fsencode(place), notes, SystemRandom())
    yield destination
    destination.close()


def message(frame_length: int) -> Message:
    edk = EncryptedDataKey("nobody", b"", b"")
    header, keys = build_header(
        message_id=MESSAGE_ID, context_bytes=b"", edks=[edk], frame_length=frame_length, data_key=DATA_KEY
    )
    return Message(header, keys.encryption_key, MESSAGE_ID, frame_length)
