"""The files that come with the program: icons, colours, style sheet, what a desktop is given."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import vaultapp

_PACKAGE = Path(vaultapp.__file__).parent


@cache
def folder() -> Path:
    """Return where the files are: beside the package in a checkout, inside it when installed."""
    beside = _PACKAGE.parent / "resources"
    return beside if (beside / "style" / "tokens.json").is_file() else _PACKAGE / "_resources"


def read(name: str) -> str:
    """Return a file's text. Name: relative to the folder, such as ``icons/lock.svg``."""
    return (folder() / name).read_text(encoding="utf-8")
