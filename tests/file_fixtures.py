"""What most tests of files begin with: an open vault, the folder that files lie in, and one that they go to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.file_room import FileRoom, file_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[FileRoom]:
    with file_room(tmp_path / "vault") as room:
        yield room


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    desk = tmp_path / "desk"
    desk.mkdir()
    return desk


@pytest.fixture
def out(tmp_path: Path) -> Path:
    out = tmp_path / "out"
    out.mkdir()
    return out
