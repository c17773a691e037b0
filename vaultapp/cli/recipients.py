"""Passphrases of files, which are not the vault's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vaultapp.cli.invocation import Invocation
from vaultapp.cli.passphrases import ask_new_passphrase, ask_passphrase, read_file, wipe


@contextmanager
def file_passphrases(
    invocation: Invocation, files: tuple[Path, ...], *, ask: bool, new: bool = False
) -> Iterator[tuple[bytearray, ...]]:
    """Give the passphrases of files, and overwrite them at the end.

    Args:
        invocation: Has the terminal.
        files: Each holds one.
        ask: Ask for one more.
        new: It is made now, so it is asked for twice.

    Raises:
        InvalidValue: There is nobody to ask, or one is empty.
        SourceMissing, AccessDenied, HostError: A file.
    """
    found: list[bytearray] = []
    try:
        found.extend(read_file(file) for file in files)
        if ask and new:
            found.append(ask_new_passphrase(invocation.terminal, "New passphrase of the file", (), "file_passphrase"))
        elif ask:
            found.append(ask_passphrase(invocation.terminal, "Passphrase of the file: ", "file_passphrase"))
        yield tuple(found)
    finally:
        for passphrase in found:
            wipe(passphrase)
