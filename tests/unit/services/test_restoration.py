from __future__ import annotations

import shutil
import sqlite3
import struct
from pathlib import Path

import pytest

from tests.given_vault import WINDOW, GivenVault
from tests.unit.services.conftest import ROOT_KEY, Reopen
from vaultapp.contracts.keys import NewKey
from vaultapp.core.errors import VaultTampered
from vaultapp.core.work import WorkContext
from vaultapp.services.restoration import Restoration
from vaultapp.store.vault_file import LockedVault, OpenVault

KEYS = 60


def filled(given: GivenVault, reopen: Reopen) -> None:
    keys = given.keys(reopen())
    for number in range(KEYS):
        keys.create(NewKey(f"key {number}", description="x" * 4000))


def cut_off(path: Path, target: Path) -> None:
    """Copy a vault and its journal in the middle of a change, as a crash leaves them."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=TRUNCATE")
    connection.execute("PRAGMA cache_size=2")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE records SET description = zeroblob(length(description))")
    shutil.copyfile(path, target)
    shutil.copyfile(f"{path}-journal", f"{target}-journal")
    connection.execute("ROLLBACK")
    connection.close()
    assert Path(f"{target}-journal").stat().st_size > 512
    assert bytes(3000) in target.read_bytes()


def key_of(_: LockedVault) -> bytearray:
    return bytearray(ROOT_KEY)


def restored(given: GivenVault, source: Path) -> Path | None:
    restoration = Restoration(given.path, given.places, given.clock, given.random)
    with restoration.prepared(source, key_of, WINDOW, WorkContext()) as prepared:
        report = restoration.put_in_place(prepared)
    return None if report.kept is None else Path(report.kept.decode())


def keys_in(given: GivenVault, path: Path) -> int:
    vault = OpenVault(path, ROOT_KEY, state_folder=None, clock=given.clock, random=given.random)
    try:
        return vault.records.count("key")
    finally:
        vault.close()


def test_a_source_that_was_cut_off_in_a_change_is_restored_to_the_state_before(
    given: GivenVault, reopen: Reopen, tmp_path: Path
) -> None:
    filled(given, reopen)
    reopen().vault.close()
    source = tmp_path / "crashed.vault"
    cut_off(given.path, source)
    before = source.read_bytes(), Path(f"{source}-journal").read_bytes()
    given.path.unlink()
    assert restored(given, source) is None
    assert keys_in(given, given.path) == KEYS
    assert (source.read_bytes(), Path(f"{source}-journal").read_bytes()) == before


def test_a_journal_of_the_replaced_vault_is_not_played_into_the_restored_one(
    given: GivenVault, reopen: Reopen, tmp_path: Path
) -> None:
    unlocked = reopen()
    source = tmp_path / "copy.vault"
    unlocked.vault.backup_to(source, WorkContext())
    unlocked.vault.close()
    filled(given, reopen)
    reopen().vault.close()
    crashed = tmp_path / "crashed.vault"
    cut_off(given.path, crashed)
    shutil.move(crashed, given.path)
    shutil.move(f"{crashed}-journal", f"{given.path}-journal")
    kept = restored(given, source)
    assert keys_in(given, given.path) == 0
    assert kept is not None
    assert keys_in(given, kept) == KEYS


def test_a_vault_too_broken_to_be_opened_is_replaced_and_kept_as_it_is(
    given: GivenVault, reopen: Reopen, tmp_path: Path
) -> None:
    unlocked = reopen()
    given.keys(unlocked).create(NewKey("Payroll"))
    source = tmp_path / "copy.vault"
    unlocked.vault.backup_to(source, WorkContext())
    unlocked.vault.close()
    broken = b"\xff" * 5000
    given.path.write_bytes(broken)
    kept = restored(given, source)
    assert keys_in(given, given.path) == 1
    assert kept is not None
    assert kept.read_bytes() == broken


def test_nothing_of_the_preparation_is_left(given: GivenVault, reopen: Reopen, tmp_path: Path) -> None:
    unlocked = reopen()
    source = tmp_path / "copy.vault"
    unlocked.vault.backup_to(source, WorkContext())
    restoration = Restoration(given.path, given.places, given.clock, given.random)
    before = sorted(given.path.parent.iterdir())
    with restoration.prepared(source, key_of, WINDOW, WorkContext()) as prepared:
        assert prepared.path.parent.stat().st_mode & 0o777 == 0o700
        assert prepared.path.exists()
        assert "bytearray" not in repr(prepared)
    assert set(prepared.root_key) == {0}
    assert sorted(given.path.parent.iterdir()) == before


def test_a_source_with_a_journal_that_names_another_file_is_refused(
    given: GivenVault, reopen: Reopen, tmp_path: Path
) -> None:
    unlocked = reopen()
    source = tmp_path / "copy.vault"
    unlocked.vault.backup_to(source, WorkContext())
    unlocked.vault.close()
    victim = tmp_path / "thesis.odt"
    victim.write_text("the only copy")
    name, magic = bytes(victim), bytes.fromhex("d9d505f920a163d7")
    # As SQLite ends a journal of several files (pager.c, writeSuperJournal).
    Path(f"{source}-journal").write_bytes(
        magic.ljust(512, b"\0") + bytes(4) + name + struct.pack(">II", len(name), sum(name)) + magic
    )
    before = given.path.read_bytes()
    with pytest.raises(VaultTampered) as caught:
        restored(given, source)
    assert caught.value.facts == {"reason": "journal"}
    assert victim.exists()
    assert given.path.read_bytes() == before
