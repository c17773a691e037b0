"""Things to seal, and what is in them."""

from __future__ import annotations

import os
from pathlib import Path

SMALL, LARGE = 5000, 700_000
SOURCES = ("small file", "large file", "folder")


def made(desk: Path, kind: str) -> Path:
    path = desk / "thing"
    if kind == "folder":
        (path / "inner").mkdir(parents=True)
        (path / "inner/a").write_bytes(os.urandom(SMALL))
        (path / "b").write_bytes(b"b")
        (path / "link").symlink_to("b")
    else:
        path.write_bytes(os.urandom(SMALL if kind == "small file" else LARGE))
    return path


def contents(source: Path) -> dict[str, bytes | str]:
    """Return what is in a file or folder, without times and inodes."""
    paths = [source, *source.rglob("*")] if source.is_dir() else [source]
    return {
        str(path.relative_to(source)): os.readlink(path) if path.is_symlink() else path.read_bytes()
        for path in paths
        if path.is_symlink() or path.is_file()
    }
