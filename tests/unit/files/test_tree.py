from __future__ import annotations

import os
from pathlib import Path

import pytest

from vaultapp.core.errors import SourceChanged
from vaultapp.files.source import open_folder
from vaultapp.files.tree import Measure, MemberKind, measure, walk


@pytest.fixture
def folder(place: Path) -> int:
    for name in ("b", "a", "a/z", "a/y"):
        (place / name).mkdir()
    for name in ("b/file", "a.txt", "Z", "a/y/deep"):
        (place / name).write_bytes(b"12345")
    (place / "link").symlink_to("a")
    os.mkfifo(place / "pipe")
    return open_folder(os.fsencode(place))


def test_members_come_depth_first_by_their_bytes_and_links_are_not_followed(folder: int, place: Path) -> None:
    found = [(member.relative, member.kind) for member in walk(folder, os.fsencode(place))]
    assert found == [
        (b"Z", MemberKind.FILE),
        (b"a", MemberKind.FOLDER),
        (b"a/y", MemberKind.FOLDER),
        (b"a/y/deep", MemberKind.FILE),
        (b"a/z", MemberKind.FOLDER),
        (b"a.txt", MemberKind.FILE),
        (b"b", MemberKind.FOLDER),
        (b"b/file", MemberKind.FILE),
        (b"link", MemberKind.LINK),
        (b"pipe", MemberKind.OTHER),
    ]
    os.close(folder)


def test_files_are_counted_with_their_bytes(folder: int, place: Path) -> None:
    assert measure(folder, os.fsencode(place)) == Measure(files=4, content=20, names=10)
    os.close(folder)


def test_what_is_made_while_walking_is_not_met_or_is_an_error(folder: int, place: Path) -> None:
    names = []
    for member in walk(folder, os.fsencode(place)):
        (place / "made meanwhile").write_bytes(b"")
        names.append(member.name)
    assert b"made meanwhile" not in names
    steady = walk(folder, os.fsencode(place), steady=True)
    next(steady)
    (place / "again").write_bytes(b"")
    with pytest.raises(SourceChanged):
        list(steady)
    os.close(folder)


def test_a_name_that_goes_away_is_an_error(folder: int, place: Path) -> None:
    members = walk(folder, os.fsencode(place))
    next(members)
    (place / "a.txt").unlink()
    with pytest.raises(SourceChanged) as caught:
        list(members)
    assert caught.value.facts == {"path": str(place / "a.txt")}
    os.close(folder)
