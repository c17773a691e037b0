"""Paths as people read them: the home folder is ~, and what is too long loses its middle."""

from __future__ import annotations

from pathlib import Path

from vaultapp.core.printable import printable, printable_path

_HOME = "~"
_LEAST = 8


def home_path(path: bytes | str | Path) -> str:
    """Return a path for people, with the home folder as ``~``."""
    shown = printable_path(path) if isinstance(path, bytes) else printable(str(path))
    home = printable(str(Path.home())).rstrip("/")
    if not home:
        return shown
    if shown == home:
        return _HOME
    return _HOME + shown[len(home) :] if shown.startswith(f"{home}/") else shown


def cut_path(shown: str, most: int) -> str:
    """Return a path of at most so many characters: its middle goes, its last part stays as long as it can."""
    most = max(_LEAST, most)
    if len(shown) <= most:
        return shown
    name = len(shown) - shown.rstrip("/").rfind("/")
    tail = max(most // 2, min(name, most - 1 - most // 4))
    return f"{shown[: most - 1 - tail]}…{shown[len(shown) - tail :]}"
