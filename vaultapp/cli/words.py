"""Recovery words at the terminal."""

from __future__ import annotations

from pathlib import Path

from vaultapp.cli.passphrases import ask_passphrase, read_file
from vaultapp.cli.terminal import Terminal

_COLUMNS = 4


def ask_words(terminal: Terminal, file: Path | None) -> bytearray:
    """Return recovery words, from a file or typed; whoever gets them overwrites them.

    Raises:
        InvalidValue: There is nobody to ask.
        SourceMissing, AccessDenied, HostError: The file.
    """
    if file is not None:
        return read_file(file)
    return ask_passphrase(terminal, "The 24 recovery words, with blanks between: ")


def shown_words(words: str) -> list[str]:
    """Return words as numbered lines, to be copied by hand."""
    each = words.split()
    rows = -(-len(each) // _COLUMNS)
    width = max(map(len, each)) + 5
    return [
        "  " + "".join(f"{at + 1:>2}. {each[at]}".ljust(width) for at in range(row, len(each), rows)).rstrip()
        for row in range(rows)
    ]
