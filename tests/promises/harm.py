"""What may happen to a sealed copy, and to its original, between two looks at them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultapp.services import seal_batch


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def by_a_link(path: Path) -> None:
    path.rename(path.with_name("moved"))
    path.symlink_to("moved")


def by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


HARM: dict[str, Callable[[Path], object]] = {
    "one bit": flip,
    "cut": lambda path: os.truncate(path, path.stat().st_size - 1),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\0"),
    "emptied": lambda path: path.write_bytes(b""),
    "gone": lambda path: path.unlink(),
    "a link": by_a_link,
    "a folder": by_a_folder,
}


def between(monkeypatch: pytest.MonkeyPatch, act: Callable[[Path], object]) -> None:
    """Have something happen to the copy after it was published and before it is read back."""
    for name, place in (("remove_file", 2), ("remove_folder", 3)):
        real = getattr(seal_batch, name)

        def call(*arguments: Any, real: Any = real, place: int = place) -> Any:
            act(Path(os.fsdecode(arguments[place])))
            return real(*arguments)

        monkeypatch.setattr(seal_batch, name, call)


def rewritten(source: Path) -> None:
    """Change what is in a file, and put its times back."""
    path = source / "b" if source.is_dir() else source
    found = path.stat()
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def another(source: Path) -> None:
    path = source / "b" if source.is_dir() else source
    data = path.read_bytes()
    path.rename(path.with_name("earlier"))
    path.write_bytes(data)


CHANGES = {"rewritten with its times put back": rewritten, "another file under its name": another}
