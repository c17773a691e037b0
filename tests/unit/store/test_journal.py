from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultapp.core.errors import VaultTampered
from vaultapp.core.work import WorkContext
from vaultapp.store.backup import restore
from vaultapp.store.vault_file import read_locked

MAGIC = bytes.fromhex("d9d505f920a163d7")
PAGE = 4096
CUT_OFF = (
    "import os,sqlite3,sys\n"
    "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    "c.execute('PRAGMA cache_size=1'); c.execute('PRAGMA synchronous=OFF'); c.execute('BEGIN')\n"
    "rows = [(n,) for n in range(50, 150)]\n"
    "c.executemany('INSERT INTO activity VALUES (?, zeroblob(5000), zeroblob(32))', rows)\n"
    "os.kill(os.getpid(), 9)\n"
)


def naming(victim: Path) -> bytes:
    """The end of a journal of a change to several files, as SQLite's pager.c writes it."""
    name = bytes(victim)
    total = sum(byte - 256 if byte > 127 else byte for byte in name) & 0xFFFFFFFF
    return struct.pack(">I", 0x40000000 // PAGE + 1) + name + struct.pack(">II", len(name), total) + MAGIC


def beginning(path: Path, sector: int = 512) -> bytes:
    """The first sector of a journal that restores nothing."""
    pages = path.stat().st_size // PAGE
    return (MAGIC + struct.pack(">IIIII", 0, 0, pages, sector, PAGE)).ljust(sector, b"\0")


def cut_off(path: Path) -> bytes:
    """The journal of a change that was really under way, with records behind its headers."""
    subprocess.run([sys.executable, "-c", CUT_OFF, path], check=False)
    found = Path(f"{path}-journal").read_bytes()
    assert len(found) > PAGE
    return found


PLANTED: dict[str, Callable[[Path, Path], bytes]] = {
    "nothing but a name": lambda path, victim: beginning(path) + naming(victim),
    "large sectors": lambda path, victim: beginning(path, 4096) + naming(victim),
    "several beginnings": lambda path, victim: beginning(path) * 3 + naming(victim),
    "rubbish before the name": lambda path, victim: beginning(path) + os.urandom(5000) + naming(victim),
    "no beginning": lambda path, victim: b"\1" * 600 + naming(victim),
    "short": lambda path, victim: b"\1" + naming(victim),
    "behind a true one": lambda path, victim: cut_off(path) + naming(victim),
}


@pytest.fixture
def victim(vaults: Any) -> Path:
    path = Path(vaults.folder / "thesis.odt")
    path.write_text("the only copy")
    return path


@pytest.mark.parametrize("planted", PLANTED.values(), ids=list(PLANTED))
def test_a_journal_that_names_another_file_deletes_nothing(
    vaults: Any, victim: Path, planted: Callable[[Path, Path], bytes]
) -> None:
    vaults.filled().close()
    journal = vaults.folder / "test.vault-journal"
    journal.write_bytes(planted(vaults.path, victim))
    bare = vaults.folder / "bare.db"
    shutil.copyfile(vaults.path, bare)
    shutil.copyfile(journal, f"{bare}-journal")
    for look in (read_locked, vaults.open):
        with pytest.raises(VaultTampered) as caught:
            look(vaults.path)
        assert caught.value.facts == {"reason": "journal"}
    assert victim.exists()
    # What it would do to a program that lets SQLite have it.
    conn = sqlite3.connect(bare)
    conn.execute("SELECT count(*) FROM slots").fetchone()
    conn.close()
    assert not victim.exists()


def test_nor_does_one_that_is_put_beside_an_open_vault(vaults: Any, victim: Path) -> None:
    vault = vaults.filled()
    # In place: SQLite keeps the descriptor, writes its own journal over the beginning and finds the end when it undoes.
    with (vaults.folder / "test.vault-journal").open("r+b") as file:
        file.write(bytes(1 << 20) + naming(victim))

    def fails() -> None:
        with vault.transaction() as transaction:
            transaction.record(vaults.entry())
            raise RuntimeError

    with pytest.raises(VaultTampered):
        fails()
    with pytest.raises(VaultTampered):
        vault.vacuum()
    vault.close()
    assert victim.exists()


def test_nor_does_one_beside_the_vault_that_is_replaced(vaults: Any, victim: Path) -> None:
    vault = vaults.filled()
    copy = vaults.folder / "copy.vault"
    vault.backup_to(copy, WorkContext())
    vault.close()
    journal = vaults.folder / "test.vault-journal"
    content = PLANTED["nothing but a name"](vaults.path, victim)
    journal.write_bytes(content)
    kept = restore(copy, vaults.path, vaults.clock, vaults.random)
    assert kept is not None
    assert not journal.exists()
    # Kept to be looked at, under a name that SQLite does not know.
    assert kept.with_name(f"{kept.name}-journal.refused").read_bytes() == content
    assert not Path(f"{kept}-journal").exists()
    assert vaults.open(accept_older=True).rows == vaults.open(kept, state_folder=None).rows == 3
    assert victim.exists()


def test_what_was_left_where_no_vault_is_any_more_is_not_played_into_the_restored_one(
    vaults: Any, victim: Path
) -> None:
    vault = vaults.filled()
    copy = vaults.folder / "copy.vault"
    vault.backup_to(copy, WorkContext())
    vault.close()
    journal = vaults.folder / "test.vault-journal"
    for content in (cut_off(vaults.path), PLANTED["no beginning"](vaults.path, victim)):
        journal.write_bytes(content)
        vaults.path.unlink()
        assert restore(copy, vaults.path, vaults.clock, vaults.random) is None
        vault = vaults.open(accept_older=True)
        assert vault.rows == 3
        vault.close()
        assert vaults.path.read_bytes() == copy.read_bytes()
    assert victim.exists()


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_a_journal_that_is_no_file_is_refused_and_not_waited_for(vaults: Any, victim: Path, kind: str) -> None:
    vaults.filled().close()
    journal = vaults.folder / "test.vault-journal"
    journal.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(journal)
    elif kind == "link":
        journal.symlink_to(victim)
    else:
        journal.mkdir()
    for look in (read_locked, vaults.open):
        with pytest.raises(VaultTampered):
            look(vaults.path)
    assert victim.read_text() == "the only copy"
