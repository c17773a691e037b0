"""Promise 3: a locked vault is never written; a hot journal is rolled back by unlocking."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ordinary_user import OrdinaryUser
from tests.promises.failing_disk.scenarios import Tries
from vaultapp.store.vault_file import read_locked


def fingerprint(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()}


@pytest.fixture
def tries(tmp_path: Path) -> Tries:
    tries = Tries(tmp_path / "disk", 0)
    tries.prepare()
    tries.fresh()
    return tries


def test_looking_changes_no_byte_no_time_and_leaves_nothing_beside(tries: Tries) -> None:
    before = fingerprint(tries.folder)
    for _ in range(3):
        assert len(read_locked(tries.path).slots) == 1
    assert fingerprint(tries.folder) == before


def test_looking_makes_no_call_that_could_change_the_folder(on_failing_disk: Callable[..., str]) -> None:
    found = json.loads(on_failing_disk("scenarios.py", "looking", "once", errno.EIO, 1))
    assert found == {"tries": 0, "calls": 0, "states": {"before": 1}}


def test_a_vault_that_may_not_be_written_can_be_looked_at(ordinary_user: OrdinaryUser, tries: Tries) -> None:
    place = ordinary_user.home / "read-only"
    place.mkdir()
    (place / "test.vault").write_bytes(tries.path.read_bytes())
    ordinary_user.own(place)
    ordinary_user.own(place / "test.vault")
    (place / "test.vault").chmod(stat.S_IRUSR)
    place.chmod(stat.S_IRUSR | stat.S_IXUSR)
    code = (
        "import sys; from pathlib import Path; from vaultapp.store.vault_file import read_locked;"
        "print(len(read_locked(Path(sys.argv[1])).slots))"
    )
    done = ordinary_user.run([ordinary_user.python, "-c", code, place / "test.vault"])
    assert done.stdout == b"1\n", done.stderr


def test_a_hot_journal_stays_until_unlocking_rolls_it_back(tries: Tries) -> None:
    expected = tries.look()
    child = os.fork()
    if child == 0:
        half_done(tries.path)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
    journal = tries.folder / "test.vault-journal"
    before = fingerprint(tries.folder)
    assert before["test.vault-journal"][0]
    assert len(read_locked(tries.path).slots) == 1
    assert fingerprint(tries.folder) == before
    assert tries.look() == expected
    assert not journal.exists() or journal.stat().st_size == 0


def half_done(path: Path) -> None:
    """Die in the middle of a transaction, with parts of it in the file and no slot left there."""
    import sqlite3

    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA cache_size=1")
    conn.execute("BEGIN")
    conn.execute("DELETE FROM slots")
    conn.execute("UPDATE records SET description = zeroblob(9000)")
    os.kill(os.getpid(), 9)
