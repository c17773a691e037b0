from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path

import pytest

from tests.file_room import FileRoom, made
from vaultapp.contracts.files import Place
from vaultapp.core.errors import InvalidValue


def test_standard_input_to_standard_output(room: FileRoom, desk: Path) -> None:
    content = os.urandom(1_000_000)
    reading, writing = os.pipe()
    out = os.open(desk / "out", os.O_RDWR | os.O_CREAT)

    def feed() -> None:
        view = memoryview(content)
        while view:
            view = view[os.write(writing, view) :]
        os.close(writing)

    thread = threading.Thread(target=feed)
    thread.start()
    report = room.seal(Place(descriptor=0), output=Place(descriptor=1), descriptors=(reading, out))
    thread.join()
    assert report.done == 1
    assert room.outcome().size == (desk / "out").stat().st_size
    os.close(reading)
    os.close(out)
    room.open(desk / "out", folder=desk)
    assert (desk / "out.opened").read_bytes() == content


def test_a_pipe_without_an_output_has_no_name(room: FileRoom) -> None:
    reading, writing = os.pipe()
    os.close(writing)
    room.seal(Place(descriptor=0), descriptors=(reading,))
    os.close(reading)
    assert room.refusal() == ("invalid_value", {"field": "output", "reason": "no_name"})


def test_a_descriptor_of_memory_is_sealed_under_the_name_that_comes_with_it(room: FileRoom, desk: Path) -> None:
    memory = os.memfd_create("text", os.MFD_ALLOW_SEALING)
    os.fchmod(memory, 0o600)
    os.write(memory, b"never on disk")
    fcntl.fcntl(memory, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK)
    place = Place(os.fsencode(desk / "notes.txt"), 0)
    assert room.seal(place, descriptors=(memory,)).done == 1
    assert room.outcome().output == os.fsencode(desk / "notes.txt.sealed")
    assert [path.name for path in desk.iterdir()] == ["notes.txt.sealed"]
    assert (desk / "notes.txt.sealed").stat().st_mode & 0o777 == 0o600
    os.close(memory)
    room.open(desk / "notes.txt.sealed")
    assert (desk / "notes.txt").read_bytes() == b"never on disk"


def test_the_name_of_a_descriptor_must_be_absolute(room: FileRoom, desk: Path) -> None:
    memory = os.memfd_create("text")
    with pytest.raises(InvalidValue):
        room.seal(Place(b"notes.txt", 0), descriptors=(memory,))
    os.close(memory)
    assert list(desk.iterdir()) == []


def test_an_output_descriptor_that_is_the_input_is_refused(room: FileRoom, desk: Path) -> None:
    source = made(desk / "a")
    descriptor = os.open(source, os.O_RDWR)
    room.seal(source, output=Place(descriptor=0), descriptors=(descriptor,))
    os.close(descriptor)
    assert room.refusal()[0] == "source_is_target"
    assert source.read_bytes() == b"content"


def test_a_folder_by_descriptor_to_a_descriptor(room: FileRoom, desk: Path) -> None:
    (desk / "tree").mkdir()
    made(desk / "tree/x")
    folder = os.open(desk / "tree", os.O_RDONLY)
    out = os.open(desk / "out.sealed", os.O_RDWR | os.O_CREAT)
    assert room.seal(Place(descriptor=0), output=Place(descriptor=1), descriptors=(folder, out)).done == 1
    os.close(folder)
    os.close(out)
    room.open(desk / "out.sealed")
    assert (desk / "out/x").read_bytes() == b"content"
