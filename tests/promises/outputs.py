"""Kinds of outputs, and what may have their names already."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.file_room import FileRoom

LARGE = 700_000


@dataclass
class Surroundings:
    """Sources, outputs, and a place that neither has to do with."""

    desk: Path
    out: Path
    elsewhere: Path


@dataclass(frozen=True)
class Way:
    """One kind of output: how its source is made, what it will be called, whether it is sealed or opened."""

    sealing: bool
    folder: bool
    size: int

    def source(self, room: FileRoom, at: Surroundings) -> Path:
        path = at.desk / "thing.txt"
        if self.folder:
            path.mkdir()
            (path / "new").write_bytes(bytes(self.size))
        else:
            path.write_bytes(bytes(self.size))
        if self.sealing:
            return path
        assert room.seal(path).done == 1
        return path.with_name("thing.txt.sealed")

    @property
    def name(self) -> str:
        return "thing.txt.sealed" if self.sealing else "thing.txt"

    @property
    def second(self) -> str:
        return "thing (2).txt.sealed" if self.sealing else "thing (2).txt"

    def run(self, room: FileRoom, source: Path, **more: Any) -> None:
        (room.seal if self.sealing else room.open)(source, **more)


WAYS = {
    f"{'seal' if sealing else 'open'} a {'large' if size > 1000 else 'small'} {'folder' if folder else 'file'}": Way(
        sealing, folder, size
    )
    for sealing in (True, False)
    for folder, size in ((False, 10), (False, LARGE), (True, 10))
}


def folder_at(path: Path, _at: Surroundings) -> None:
    path.mkdir()
    (path / "old").write_bytes(b"old")


OBSTACLES: dict[str, Callable[[Path, Surroundings], object]] = {
    "a file": lambda path, _at: path.write_bytes(b"old"),
    "a folder": folder_at,
    "a link to a file": lambda path, at: path.symlink_to(at.elsewhere / "file"),
    "a link to a folder": lambda path, at: path.symlink_to(at.elsewhere / "folder"),
    "a dangling link": lambda path, at: path.symlink_to(at.elsewhere / "gone"),
    "a link to itself": lambda path, _at: path.symlink_to(path.name),
    "a second name": lambda path, at: os.link(at.elsewhere / "file", path),
    "a pipe": lambda path, _at: os.mkfifo(path),
}


def removed(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        for inner in path.iterdir():
            inner.unlink()
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
