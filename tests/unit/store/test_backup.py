from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from vaultapp.core.clock import DAY
from vaultapp.core.errors import HostError, OperationCancelled, VaultExists, VaultTampered
from vaultapp.core.work import WorkContext
from vaultapp.store.backup import RollingBackups, restore


def test_a_copy_is_whole_private_and_checked(vaults: Any) -> None:
    vault = vaults.filled(300)
    target = vaults.folder / "copy.vault"
    report = vault.backup_to(target, WorkContext())
    assert (report.rows, report.entries, report.epoch) == (300, 1, 2)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    copy = vaults.open(target, state_folder=None)
    assert copy.records.secret(UUID(int=1299)) == b"secret 299"
    vault.check(WorkContext())


def test_a_copy_goes_over_nothing(vaults: Any) -> None:
    target = vaults.folder / "copy.vault"
    target.write_bytes(b"mine")
    with pytest.raises(VaultExists):
        vaults.filled().backup_to(target, WorkContext())
    assert target.read_bytes() == b"mine"


def test_a_cancelled_copy_leaves_nothing(vaults: Any) -> None:
    vault = vaults.filled()
    work: WorkContext[None] = WorkContext()
    work.cancel()
    before = sorted(os.listdir(vaults.folder))
    with pytest.raises(OperationCancelled):
        vault.backup_to(vaults.folder / "copy.vault", work)
    assert sorted(os.listdir(vaults.folder)) == before


def test_a_copy_that_is_not_sound_is_no_copy(vaults: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = vaults.filled()
    copy_into = vault._database.copy_into

    def spoiled(target: Path, *rest: Any) -> None:
        import sqlite3

        copy_into(target, *rest)
        conn = sqlite3.connect(target)
        with conn:
            conn.execute("DELETE FROM records WHERE id = ?", (UUID(int=1000).bytes,))
        conn.close()

    monkeypatch.setattr(vault._database, "copy_into", spoiled)
    with pytest.raises(VaultTampered):
        vault.backup_to(vaults.folder / "copy.vault", WorkContext())
    assert not (vaults.folder / "copy.vault").exists()


def test_a_vault_that_is_not_sound_is_not_copied(vaults: Any, tampered: Callable[[str], None]) -> None:
    vaults.filled().close()
    tampered("DELETE FROM records WHERE id = (SELECT max(id) FROM records)")
    vault = vaults.open(checked_at_opening=0)
    with pytest.raises(VaultTampered):
        vault.backup_to(vaults.folder / "copy.vault", WorkContext())


def test_copies_are_made_while_others_read_and_write(vaults: Any) -> None:
    vault = vaults.filled(50)

    def between(done: int, total: int) -> None:
        assert vault.records.count("key") == 50

    vault.backup_to(vaults.folder / "copy.vault", WorkContext(between))
    vault.activity.record(vaults.entry())


class TestRolling:
    def test_five_daily_and_four_weekly_are_kept(self, vaults: Any) -> None:
        vault = vaults.filled()
        rolling = RollingBackups(vaults.folder / "backups" / str(vault.vault_id), vaults.clock)
        assert rolling.all() == ()
        made: list[str] = []
        for _ in range(60):
            while (kind := rolling.due()) is not None:
                assert rolling.make(vault, WorkContext()).kind == kind
                made.append(kind)
            vaults.clock.micros += DAY
        assert (made.count("weekly"), made.count("daily")) == (9, 60)
        kinds = [record.kind for record in rolling.all()]
        assert (kinds.count("weekly"), kinds.count("daily")) == (4, 5)
        times = [record.made for record in rolling.all()]
        assert times == sorted(times, reverse=True)
        assert {len(os.listdir(vaults.folder / "backups" / str(vault.vault_id)))} == {9}

    def test_names_are_utc(self, vaults: Any) -> None:
        vault = vaults.filled()
        record = RollingBackups(vaults.folder / "b", vaults.clock).make(vault, WorkContext())
        assert record.path == bytes(vaults.folder / "b" / "20270115T080000Z-weekly.vault")
        assert (record.made, record.size) == (vaults.clock.now(), Path(os.fsdecode(record.path)).stat().st_size)

    def test_other_files_are_neither_listed_nor_dropped(self, vaults: Any) -> None:
        folder = vaults.folder / "b"
        folder.mkdir(mode=0o700)
        (folder / "20270115T080000Z-daily.vault.old").write_bytes(b"")
        (folder / "99999999T999999Z-daily.vault").write_bytes(b"")
        rolling = RollingBackups(folder, vaults.clock)
        vault = vaults.filled()
        for _ in range(8):
            rolling.make(vault, WorkContext())
        assert (folder / "20270115T080000Z-daily.vault.old").exists()
        assert (folder / "99999999T999999Z-daily.vault").exists()
        assert len(rolling.all()) == 6

    def test_a_folder_that_cannot_be_read_has_its_words(self, vaults: Any) -> None:
        folder = vaults.folder / ("x" * 300)
        for act in (RollingBackups(folder, vaults.clock).all, RollingBackups(folder, vaults.clock).due):
            with pytest.raises(HostError) as caught:
                act()
            assert caught.value.facts["path"] == str(folder)

    def test_more_than_one_in_a_second(self, vaults: Any) -> None:
        vault = vaults.filled()
        rolling = RollingBackups(vaults.folder / "b", vaults.clock)
        assert len({rolling.make(vault, WorkContext()).path for _ in range(4)}) == 4


class TestRestore:
    def test_the_copy_takes_the_place_and_the_old_one_stays(self, vaults: Any) -> None:
        vault = vaults.filled()
        copy = vaults.folder / "copy.vault"
        vault.backup_to(copy, WorkContext())
        with vault.transaction() as transaction:
            transaction.delete(UUID(int=1000))
        vault.close()
        kept = restore(copy, vaults.path, vaults.clock, vaults.random)
        assert kept == vaults.folder / "test.replaced-20270115T080000Z.vault"
        assert stat.S_IMODE(vaults.path.stat().st_mode) == 0o600
        assert vaults.open(accept_older=True).rows == 3
        assert kept is not None
        assert vaults.open(kept, state_folder=None).rows == 2
        assert copy.exists()

    def test_where_nothing_was_nothing_is_kept(self, vaults: Any) -> None:
        vault = vaults.filled()
        copy = vaults.folder / "copy.vault"
        vault.backup_to(copy, WorkContext())
        vault.close()
        vaults.path.unlink()
        (vaults.folder / "test.vault-journal").unlink(missing_ok=True)
        assert restore(copy, vaults.path, vaults.clock, vaults.random) is None
        assert vaults.open(accept_older=True).rows == 3

    def test_a_hot_journal_of_the_old_file_is_not_played_into_the_new(self, vaults: Any) -> None:
        vault = vaults.filled()
        copy = vaults.folder / "copy.vault"
        vault.backup_to(copy, WorkContext())
        vault.close()
        code = (
            "import os,sqlite3,sys\n"
            "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
            "c.execute('PRAGMA cache_size=1'); c.execute('PRAGMA synchronous=OFF'); c.execute('BEGIN')\n"
            "rows = [(n,) for n in range(50, 150)]\n"
            "c.executemany('INSERT INTO activity VALUES (?, zeroblob(5000), zeroblob(32))', rows)\n"
            "os.kill(os.getpid(), 9)\n"
        )
        subprocess.run([sys.executable, "-c", code, vaults.path], check=False)
        assert (vaults.folder / "test.vault-journal").stat().st_size > 0
        kept = restore(copy, vaults.path, vaults.clock, vaults.random)
        assert vaults.path.read_bytes() == copy.read_bytes()
        assert kept is not None
        assert vaults.open(accept_older=True).rows == 3
        assert vaults.open(kept, state_folder=None).rows == 3

    def test_a_damaged_vault_can_be_replaced(self, vaults: Any) -> None:
        vault = vaults.filled()
        copy = vaults.folder / "copy.vault"
        vault.backup_to(copy, WorkContext())
        vault.close()
        vaults.path.write_bytes(b"rubbish")
        kept = restore(copy, vaults.path, vaults.clock, vaults.random)
        assert kept is not None
        assert kept.read_bytes() == b"rubbish"
        assert vaults.open().rows == 3

    def test_a_failure_leaves_the_old_vault(self, vaults: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        vault = vaults.filled()
        copy = vaults.folder / "copy.vault"
        vault.backup_to(copy, WorkContext())
        vault.close()
        before, names = vaults.path.read_bytes(), sorted(os.listdir(vaults.folder))

        def full(source: Path, target: Path) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(shutil, "copyfile", full)
        with pytest.raises(HostError):
            restore(copy, vaults.path, vaults.clock, vaults.random)
        assert (vaults.path.read_bytes(), sorted(os.listdir(vaults.folder))) == (before, names)


def test_a_copy_from_a_wrong_clock_neither_stays_for_ever_nor_hinders(vaults: Any) -> None:
    vault = vaults.filled()
    rolling = RollingBackups(vaults.folder / "b", vaults.clock)
    vaults.clock.micros += 3000 * DAY
    assert rolling.make(vault, WorkContext()).kind == "weekly"
    assert rolling.make(vault, WorkContext()).kind == "daily"
    vaults.clock.micros -= 3000 * DAY
    assert rolling.due() == "weekly"
    for _ in range(9):
        assert Path(os.fsdecode(rolling.make(vault, WorkContext()).path)).exists()
        vaults.clock.micros += DAY
    assert len([record for record in rolling.all() if record.made > vaults.clock.now() + DAY]) == 1
