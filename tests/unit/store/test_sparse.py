from __future__ import annotations

from pathlib import Path

import pytest

from vaultapp.store.sparse import copy_data, held_bytes

MIB = 1 << 20


def test_a_copy_holds_the_same_bytes_and_no_more_of_the_disk(tmp_path: Path) -> None:
    source, copy = tmp_path / "a", tmp_path / "b"
    with source.open("wb") as file:
        file.write(b"begin" * 1000)
        file.seek(100 * MIB)
        file.write(bytes(range(256)) * 9000)
        file.truncate(300 * MIB)
    copy_data(source, copy)
    assert copy.stat().st_size == 300 * MIB
    assert held_bytes(source) < 4 * MIB
    assert held_bytes(copy) < 4 * MIB
    with source.open("rb") as one, copy.open("rb") as other:
        while chunk := one.read(8 * MIB):
            assert other.read(8 * MIB) == chunk


@pytest.mark.parametrize("content", [b"", b"x", b"x" * (3 * MIB + 1)])
def test_files_without_holes(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    copy_data(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == content


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_text(name)
    with pytest.raises(FileExistsError):
        copy_data(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "b"


def test_what_is_not_there_takes_nothing(tmp_path: Path) -> None:
    assert held_bytes(tmp_path / "none") == 0
