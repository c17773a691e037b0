from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tests.unit.files.conftest import message
from vaultapp.core.errors import AuthenticationFailed, DataError
from vaultapp.files.archive import Packed, Packer
from vaultapp.files.message import Message
from vaultapp.files.meter import Meter
from vaultapp.files.originals import remove_file, remove_folder
from vaultapp.files.seal import FrameWriter, seal_file
from vaultapp.files.source import Fingerprint, open_file, open_folder
from vaultapp.files.streams import FileWriter
from vaultapp.files.workers import Workers

MESSAGE: Message = message(4096)


def sealed(place: Path, meter: Meter, content: bytes) -> tuple[bytes, Fingerprint, bytes]:
    (place / "in").write_bytes(content)
    target = os.open(place / "in.sealed", os.O_RDWR | os.O_CREAT)
    with open_file(os.fsencode(place / "in")) as source:
        seal_file(source, MESSAGE, target, b"", Workers(2), meter)
        fingerprint = source.fingerprint
    os.close(target)
    return os.fsencode(place / "in"), fingerprint, os.fsencode(place / "in.sealed")


@pytest.mark.parametrize("size", [0, 10, 3_000_000])
def test_an_original_goes_when_its_copy_was_read_back(place: Path, meter: Meter, size: int) -> None:
    path, before, copy = sealed(place, meter, os.urandom(size))
    assert remove_file(path, before, copy, MESSAGE, Workers(2), meter)
    assert os.listdir(place) == ["in.sealed"]


def test_an_original_stays_when_its_copy_is_damaged(place: Path, meter: Meter) -> None:
    path, before, copy = sealed(place, meter, os.urandom(100_000))
    data = bytearray(Path(os.fsdecode(copy)).read_bytes())
    data[50_000] ^= 1
    Path(os.fsdecode(copy)).write_bytes(data)
    with pytest.raises(DataError):
        remove_file(path, before, copy, MESSAGE, Workers(2), meter)
    assert (place / "in").exists()


def test_an_original_stays_when_the_copy_holds_something_else(place: Path, meter: Meter) -> None:
    """Same length, same key, another content: only a comparison can tell."""
    _, _, copy = sealed(place, meter, bytes(1000))
    (place / "in").write_bytes(bytes(999) + b"x")
    with open_file(os.fsencode(place / "in")) as source:
        before = source.fingerprint
    with pytest.raises(AuthenticationFailed):
        remove_file(os.fsencode(place / "in"), before, copy, MESSAGE, Workers(2), meter)
    assert (place / "in").exists()


HEADER_BYTES = range(len(MESSAGE.header))


@pytest.mark.parametrize("at", [0, 5, 40, 69, len(HEADER_BYTES) // 2, len(HEADER_BYTES) - 20, len(HEADER_BYTES) - 1])
def test_an_original_stays_when_the_header_of_its_copy_is_another(place: Path, meter: Meter, at: int) -> None:
    """The frames open with the key in memory; without the header nobody could open them later."""
    path, before, copy = sealed(place, meter, os.urandom(10_000))
    flip(copy, at)
    with pytest.raises(DataError):
        remove_file(path, before, copy, MESSAGE, Workers(2), meter)
    assert (place / "in").exists()


def flip(copy: bytes, at: int) -> None:
    data = bytearray(Path(os.fsdecode(copy)).read_bytes())
    data[at] ^= 1
    Path(os.fsdecode(copy)).write_bytes(data)


def test_an_original_that_changed_since_stays(place: Path, meter: Meter) -> None:
    path, before, copy = sealed(place, meter, b"first")
    os.utime(place / "in", (1, 1))
    assert not remove_file(path, before, copy, MESSAGE, Workers(2), meter)
    assert (place / "in").exists()


def archived(tree: Path, meter: Meter) -> tuple[Packed, bytes, bytes]:
    copy = tree.parent / "tree.sealed"
    target = os.open(copy, os.O_RDWR | os.O_CREAT)
    folder = open_folder(os.fsencode(tree))
    digest = hashlib.sha256()
    writer = FrameWriter(MESSAGE, FileWriter(target, b""), meter, digest)
    packed = Packer(folder, os.fsencode(tree), b"tree", writer, remember=True).pack(lambda _: None)
    writer.finish()
    os.close(folder)
    os.close(target)
    return packed, digest.digest(), os.fsencode(copy)


@pytest.fixture
def tree(place: Path) -> Path:
    (place / "tree/inner").mkdir(parents=True)
    (place / "tree/a").write_bytes(b"a" * 5000)
    (place / "tree/inner/b").write_bytes(b"b")
    (place / "tree/link").symlink_to("a")
    return place / "tree"


def test_a_folder_goes_when_its_archive_was_read_back(tree: Path, place: Path, meter: Meter) -> None:
    packed, digest, copy = archived(tree, meter)
    assert remove_folder(os.fsencode(tree), packed, digest, copy, MESSAGE, meter)
    assert os.listdir(place) == ["tree.sealed"]


def test_what_came_or_changed_after_the_archive_stays(tree: Path, meter: Meter) -> None:
    packed, digest, copy = archived(tree, meter)
    (tree / "inner/new").write_bytes(b"new")
    os.utime(tree / "a", (1, 1))
    assert not remove_folder(os.fsencode(tree), packed, digest, copy, MESSAGE, meter)
    assert sorted(str(path.relative_to(tree)) for path in tree.rglob("*")) == ["a", "inner", "inner/new"]


def test_a_folder_stays_when_something_was_left_out(tree: Path, meter: Meter) -> None:
    os.mkfifo(tree / "pipe")
    packed, digest, copy = archived(tree, meter)
    assert not remove_folder(os.fsencode(tree), packed, digest, copy, MESSAGE, meter)
    assert (tree / "a").exists()


@pytest.mark.parametrize("at", [0, 40, len(HEADER_BYTES) - 1])
def test_a_folder_stays_when_the_header_of_its_archive_is_another(tree: Path, meter: Meter, at: int) -> None:
    packed, digest, copy = archived(tree, meter)
    flip(copy, at)
    with pytest.raises(DataError):
        remove_folder(os.fsencode(tree), packed, digest, copy, MESSAGE, meter)
    assert (tree / "a").exists()


def test_a_folder_stays_when_its_archive_is_another(tree: Path, meter: Meter) -> None:
    packed, _, copy = archived(tree, meter)
    with pytest.raises(AuthenticationFailed):
        remove_folder(os.fsencode(tree), packed, bytes(32), copy, MESSAGE, meter)
    assert (tree / "a").exists()
