from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultapp.core.errors import (
    NotAFile,
    VaultDamaged,
    VaultMissing,
    VaultTooNew,
)
from vaultapp.store import header
from vaultapp.store.vault_file import read_locked


@pytest.fixture
def hot(vaults: Any) -> Callable[[], bytes]:
    """Leave a transaction half in the file and its journal beside it; return the file as it then is."""

    def make() -> bytes:
        vaults.filled(3).close()
        code = (
            "import os,sqlite3,sys\n"
            "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
            "c.execute('PRAGMA cache_size=1'); c.execute('PRAGMA synchronous=OFF'); c.execute('BEGIN')\n"
            "c.execute('DELETE FROM slots'); c.execute('UPDATE records SET description = zeroblob(9000)')\n"
            "rows = [(n,) for n in range(50, 150)]\n"
            "c.executemany('INSERT INTO activity VALUES (?, zeroblob(5000), zeroblob(32))', rows)\n"
            "os.kill(os.getpid(), 9)\n"
        )
        assert subprocess.run([sys.executable, "-c", code, vaults.path], check=False).returncode == -9
        assert (vaults.folder / "test.vault-journal").stat().st_size > 0
        return bytes(vaults.path.read_bytes())

    return make


def test_tells_id_and_slots_and_writes_nothing(vaults: Any) -> None:
    vaults.filled().close()
    (vaults.folder / "test.vault-journal").unlink(missing_ok=True)
    before = vaults.path.read_bytes(), vaults.path.stat().st_mtime_ns, sorted(os.listdir(vaults.folder))
    found = read_locked(vaults.path)
    assert (found.header.vault_id, found.header.format) == (vaults.vault_id, 1)
    assert found.slots == (vaults.slot(),)
    assert before == (
        vaults.path.read_bytes(),
        vaults.path.stat().st_mtime_ns,
        sorted(os.listdir(vaults.folder)),
    )


def test_leaves_a_hot_journal_to_the_unlocking(vaults: Any, hot: Callable[[], bytes]) -> None:
    after = hot()
    journal = vaults.folder / "test.vault-journal"
    before = vaults.path.read_bytes(), journal.read_bytes()
    assert read_locked(vaults.path).slots == (vaults.slot(),)
    assert (vaults.path.read_bytes(), journal.read_bytes()) == before
    vault = vaults.open()
    assert vault.rows == 3
    assert vault.path.read_bytes() != after


def test_a_newer_vault_is_said(vaults: Any, tampered: Callable[[str], None]) -> None:
    vaults.create().close()
    tampered("PRAGMA user_version=9")
    for look in (read_locked, vaults.open):
        with pytest.raises(VaultTooNew) as caught:
            look(vaults.path)
        assert caught.value.facts == {"found": 9, "known": 1}


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 5000])
def test_something_else_is_not_a_vault(vaults: Any, content: bytes) -> None:
    vaults.path.write_bytes(content)
    for look in (read_locked, vaults.open):
        with pytest.raises(VaultDamaged) as caught:
            look(vaults.path)
        assert caught.value.facts == {"reason": "not_a_vault"}
    assert vaults.path.read_bytes() == content


def test_another_applications_database_is_not_a_vault(vaults: Any) -> None:
    conn = sqlite3.connect(vaults.path)
    conn.execute("CREATE TABLE header (a)")
    conn.close()
    with pytest.raises(VaultDamaged):
        read_locked(vaults.path)


def test_missing_folders_and_pipes_have_their_words(vaults: Any) -> None:
    with pytest.raises(VaultMissing):
        read_locked(vaults.path)
    os.mkfifo(vaults.path)
    with pytest.raises(NotAFile):
        read_locked(vaults.path)
    with pytest.raises(NotAFile):
        read_locked(vaults.folder)


@pytest.mark.parametrize(
    "script",
    [
        "DELETE FROM slots",
        "UPDATE slots SET wrapped = zeroblob(59)",
        "UPDATE slots SET id = zeroblob(15)",
        "UPDATE slots SET parameters = zeroblob(5000)",
        "UPDATE slots SET parameters = x'01'",
        "DELETE FROM header",
        "UPDATE header SET vault_id = zeroblob(3)",
    ],
)
def test_header_and_slots_that_make_no_sense_are_damage(
    vaults: Any, tampered: Callable[[str], None], script: str
) -> None:
    vaults.create().close()
    tampered(script)
    with pytest.raises(VaultDamaged):
        read_locked(vaults.path)


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE header SET vault_id = NULL",
        "UPDATE header SET vault_id = 17",
        "UPDATE header SET vault_id = '0123456789abcdef'",
        "UPDATE header SET vault_id = CAST(x'ff' AS TEXT)",
        "UPDATE header SET created = 'x'",
        "UPDATE header SET format = 'x'",
        "UPDATE header SET format = NULL",
        "UPDATE header SET format = 0",
        "UPDATE slots SET id = 17",
        "UPDATE slots SET id = '0123456789abcdef'",
        "UPDATE slots SET parameters = 'abc'",
        "UPDATE slots SET parameters = CAST(x'81a1ff01' AS TEXT)",
        "UPDATE slots SET wrapped = printf('%60s', 'x')",
        "UPDATE slots SET wrapped = NULL",
        # Map keys that are no text, no UTF-8, and cannot be keys at all; a time that there is not.
        "UPDATE slots SET parameters = x'81a1ff01'",
        "UPDATE slots SET parameters = x'8181010101'",
        "UPDATE slots SET parameters = x'81a161c70cffffffffffffffffffffffffff'",
    ],
)
def test_values_of_odd_types_are_damage(vaults: Any, loosened: Callable[[str], None], script: str) -> None:
    vaults.filled().close()
    loosened(script)
    for look in (read_locked, vaults.open):
        with pytest.raises(VaultDamaged):
            look(vaults.path)


def test_a_huge_cell_does_not_come_into_memory(vaults: Any, tampered: Callable[[str], None]) -> None:
    vaults.create().close()
    tampered("UPDATE slots SET parameters = zeroblob(50000000)")
    tracemalloc.start()
    try:
        for look in (read_locked, vaults.open):
            with pytest.raises(VaultDamaged):
                look(vaults.path)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


class TestLargeFiles:
    """A look at a locked vault costs no more than the file, and nothing where no journal has to be played back."""

    @pytest.fixture
    def copied(self, vaults: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
        """Return how much of the disk what was copied takes, before anything is played back."""
        folder = vaults.folder / "temporary"
        folder.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        found = [0]
        copy_journal = header.copy_journal

        def watched(source: Path, copy: Path) -> None:
            copy_journal(source, copy)
            found[0] += sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())

        monkeypatch.setattr(header, "copy_journal", watched)
        return lambda: found[0]

    def test_a_journal_without_a_beginning_is_nothing_to_copy_for(self, vaults: Any, copied: Callable[[], int]) -> None:
        vaults.filled().close()
        journal = vaults.folder / "test.vault-journal"
        journal.write_bytes(b"x" * 600)
        assert read_locked(vaults.path).slots == (vaults.slot(),)
        assert copied() == 0
        assert journal.read_bytes() == b"x" * 600

    def test_holes_are_not_filled(self, vaults: Any, hot: Callable[[], bytes], copied: Callable[[], int]) -> None:
        hot()
        held = vaults.path.stat().st_blocks * 512
        for name in ("test.vault", "test.vault-journal"):
            os.truncate(vaults.folder / name, 400 << 20)
        assert read_locked(vaults.path).slots == (vaults.slot(),)
        assert held <= copied() < held + (16 << 20)

    def test_beyond_all_that_is_ours_the_header_is_read_as_it_stands(
        self, vaults: Any, hot: Callable[[], bytes], copied: Callable[[], int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(header, "COPIED_BYTES", 100_000)
        hot()
        # The change that was cut off had taken the slots away.
        with pytest.raises(VaultDamaged):
            read_locked(vaults.path)
        assert copied() == 0
