from __future__ import annotations

import os
from pathlib import Path

import pytest

from vaultapp.cli.new_file import write_new
from vaultapp.core.errors import SpaceMissing, TargetExists


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    write_new(tmp_path / "file", b"secret")
    assert (tmp_path / "file").read_bytes() == b"secret"
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.parametrize("dangling", [True, False])
def test_what_is_there_stays(tmp_path: Path, dangling: bool) -> None:
    path = tmp_path / "file"
    if dangling:
        path.symlink_to(tmp_path / "nowhere")
    else:
        path.write_bytes(b"mine")
    with pytest.raises(TargetExists):
        write_new(path, b"secret")
    assert os.listdir(tmp_path) == ["file"]
    assert dangling or path.read_bytes() == b"mine"


def test_nothing_is_left_of_what_could_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SpaceMissing):
        write_new(tmp_path / "file", b"secret")
    assert os.listdir(tmp_path) == []
