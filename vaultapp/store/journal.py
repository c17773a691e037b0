"""The rollback journal that SQLite keeps beside a vault, looked at before SQLite plays it back.

A change to several files at once ends its journals with the name of a file that they share, the super-journal, and
SQLite deletes whatever file has that name once such a journal is played back. A vault is changed alone, so a name
there was put by somebody who wants that file gone.

Source:
    SQLite's pager.c: readSuperJournal (the name, its length, its checksum and the magic are the last bytes of the
    file, whatever comes before them), pager_playback, hasHotJournal.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from vaultapp.core.errors import VaultTampered
from vaultapp.store.sparse import copy_data

_MAGIC = bytes.fromhex("d9d505f920a163d7")
# Length, checksum and magic; in less than that SQLite finds no name.
_AFTER_NAME_BYTES = 16


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps the journal of a file: beside what a link points to."""
    return Path(os.path.realpath(path) + "-journal")


def check_journal(path: Path) -> None:
    """Look at the journal beside a vault, if there is one, before SQLite may.

    Raises:
        VaultTampered: It names another file, or is no file itself.
        OSError: It cannot be read.
    """
    journal = journal_of(path)
    try:
        found = journal.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found.st_mode):
        raise VaultTampered(reason="journal")
    if found.st_size >= _AFTER_NAME_BYTES:
        with journal.open("rb") as file:
            file.seek(-len(_MAGIC), os.SEEK_END)
            if file.read() == _MAGIC:
                raise VaultTampered(reason="journal")


def restores(path: Path) -> bool:
    """True when the journal beside a vault holds something: without the magic SQLite puts nothing back from it.

    Raises:
        VaultTampered, OSError: See :func:`check_journal`.
    """
    check_journal(path)
    try:
        with journal_of(path).open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except FileNotFoundError:
        return False


def copy_journal(source: Path, copy: Path) -> None:
    """Copy the journal beside a vault to a copy of the vault, if it holds something.

    Raises:
        VaultTampered, OSError: See :func:`check_journal`.
    """
    if restores(source):
        copy_data(journal_of(source), journal_of(copy))
