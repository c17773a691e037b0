from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.file_room import FileRoom
from vaultapp.contracts.keys import NewKey
from vaultapp.core.errors import NotFound
from vaultapp.services import known_files


def sealed(room: FileRoom, desk: Path, *names: str) -> list[Path]:
    for name in names:
        (desk / name).write_bytes(b"content")
        room.seal(desk / name)
    return [desk / f"{name}.sealed" for name in names]


def test_after_a_rotation_every_known_file_needs_an_older_version_until_it_is_re_wrapped(
    room: FileRoom, desk: Path
) -> None:
    first, second = sealed(room, desk, "a", "b")
    room.keys.create(NewKey("Other"))
    assert room.keys.older_files("Personal").paths == ()
    room.keys.rotate("Personal")
    shown = room.keys.show("Personal")
    assert (shown.known_files, shown.older_files) == (2, 2)
    assert set(room.keys.older_files("Personal").paths) == {os.fsencode(first), os.fsencode(second)}
    assert room.keys.show("Other").older_files == 0
    room.rewrap(first)
    assert room.keys.older_files("Personal").paths == (os.fsencode(second),)
    assert room.keys.show("Personal").older_files == 1


def test_a_file_that_is_gone_is_counted_and_not_named(room: FileRoom, desk: Path) -> None:
    first, second = sealed(room, desk, "a", "b")
    room.keys.rotate("Personal")
    first.unlink()
    found = room.keys.older_files("Personal")
    assert (found.paths, found.gone, found.total) == ((os.fsencode(second),), 1, 2)


def test_many_come_in_pieces_that_meet(room: FileRoom, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = sealed(room, desk, *"abcde")
    room.keys.rotate("Personal")
    files[1].unlink()
    monkeypatch.setattr(known_files, "PAGE_FILES", 2)
    paths: list[bytes] = []
    offset = gone = 0
    while True:
        found = room.keys.older_files("Personal", offset)
        assert found.total == 5
        paths += found.paths
        gone += found.gone
        offset = found.next
        if offset >= found.total:
            break
    assert (paths, gone) == ([os.fsencode(path) for path in files if path.exists()], 1)


def test_a_piece_ends_before_a_path_that_it_has_no_room_for(
    room: FileRoom, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, long, last = (os.fsencode(path) for path in sealed(room, desk, "a", "b" * 100, "c"))
    room.keys.rotate("Personal")
    monkeypatch.setattr(known_files, "PAGE_BYTES", len(long))
    found = room.keys.older_files("Personal")
    assert (found.paths, found.next) == ((first,), 1)
    found = room.keys.older_files("Personal", found.next)
    assert (found.paths, found.next) == ((long,), 2)
    assert room.keys.older_files("Personal", found.next).paths == (last,)


def test_an_unknown_key_has_no_files(room: FileRoom) -> None:
    with pytest.raises(NotFound):
        room.keys.older_files("Nobody")
