"""Promise 5: rolling backups, each verified when made; copies that a sync program left beside are found and offered."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.given_vault import PASSPHRASE, GivenVault, secret
from vaultapp.contracts.keys import NewKey
from vaultapp.core.errors import VaultTampered
from vaultapp.core.work import WorkContext
from vaultapp.store.database import VaultDatabase
from vaultapp.store.vault_file import OpenVault, read_locked


@pytest.fixture
def given(tmp_path: Path) -> Iterator[GivenVault]:
    found = GivenVault(tmp_path)
    yield found
    found.close()


def kinds(given: GivenVault) -> list[str]:
    return [copy.kind for copy in given.service(given.keeper()).backups()]


def test_promise_05_five_daily_and_four_weekly_copies_are_kept(given: GivenVault) -> None:
    given.created(first_key="Personal").close()
    made: set[bytes] = set()
    for day in range(40):
        given.clock.forward(days=1)
        keeper = given.unlocked()
        made |= {copy.path for copy in given.service(keeper).backups()}
        keeper.close()
        print(f"day {day + 1}: {kinds(given)}")
    kept = given.service(given.keeper()).backups()
    assert kinds(given).count("daily") == 5
    assert kinds(given).count("weekly") == 4
    assert len(made) >= 40
    ages = [(given.clock.now() - copy.made) // (24 * 3600 * 1_000_000) for copy in kept if copy.kind == "daily"]
    assert ages == [0, 1, 2, 3, 4]
    oldest = max(given.clock.now() - copy.made for copy in kept) // (24 * 3600 * 1_000_000)
    assert 21 <= oldest <= 28


def test_promise_05_every_kept_copy_opens_with_the_passphrase(given: GivenVault, tmp_path: Path) -> None:
    given.created(first_key="Personal").close()
    given.clock.forward(days=1)
    given.unlocked().close()
    for copy in given.service(given.keeper()).backups():
        other = GivenVault(tmp_path / "elsewhere" / Path(os.fsdecode(copy.path)).stem)
        other.path.parent.mkdir(parents=True)
        shutil.copyfile(os.fsdecode(copy.path), other.path)
        keeper = other.unlocked()
        print(f"{copy.kind}: {len(keeper.keys)} key")
        assert len(keeper.keys) == 1
        keeper.close()


def test_promise_05_a_copy_that_does_not_verify_is_no_backup(
    given: GivenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = given.created(first_key="Personal")
    before = given.service(keeper).backups()
    real = VaultDatabase.copy_into

    def spoilt(database: VaultDatabase, target: Path, *arguments: object) -> None:
        real(database, target, *arguments)  # type: ignore[arg-type]
        connection = sqlite3.connect(target)
        with connection:
            connection.execute("UPDATE records SET secret = NULL WHERE secret IS NOT NULL")
        connection.close()

    monkeypatch.setattr(VaultDatabase, "copy_into", spoilt)
    with pytest.raises(VaultTampered) as caught:
        given.service(keeper).backup(WorkContext())
    print(f"a spoilt copy: {caught.value}")
    assert given.service(keeper).backups() == before


def test_promise_05_it_is_sqlites_own_backup_while_the_vault_is_in_use(given: GivenVault, tmp_path: Path) -> None:
    keeper = given.created(first_key="Personal")
    keys = given.keys(keeper.unlocked)
    for number in range(50):
        keys.create(NewKey(f"key {number}"))
    target = tmp_path / "copy.vault"
    given.service(keeper).backup(WorkContext(), bytes(target))
    keys.create(NewKey("made after the copy"))
    connection = sqlite3.connect(f"file:{target}?mode=ro&immutable=1", uri=True)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("SELECT count(*) FROM records WHERE kind = 'key'").fetchone() == (51,)
    connection.close()
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "name",
    [
        "personal.sync-conflict-20270110-120000-ABCDEFG.vault",
        "personal (Ann's conflicted copy 2027-01-10).vault",
        "personal (conflicted copy 2027-01-10 120000).vault",
        "personal-LAPTOP.vault",
        "personal (1).vault",
    ],
    ids=["Syncthing", "Dropbox", "Nextcloud", "OneDrive", "Google Drive"],
)
def test_promise_05_a_copy_left_by_a_sync_program_is_found_and_can_be_restored(given: GivenVault, name: str) -> None:
    keeper = given.created(first_key="Personal")
    given.keys(keeper.unlocked).create(NewKey("only in the copy"))
    keeper.close()
    conflict = given.path.with_name(name)
    shutil.copyfile(given.path, conflict)
    keeper = given.unlocked()
    given.keys(keeper.unlocked).create(NewKey("only in the vault"))
    service = given.service(keeper)
    (found,) = [copy for copy in service.backups() if copy.kind == "conflict"]
    print(f"found {name} of {found.size} bytes")
    assert found.path == bytes(conflict)
    service.restore(found.path, secret(PASSPHRASE), WorkContext())
    names = [key.name for key in given.keys(given.unlocked().unlocked).list().keys]
    assert names == ["Personal", "only in the copy"]


def test_promise_05_a_backup_says_which_vault_it_is_of_and_keeps_its_slots(given: GivenVault) -> None:
    keeper = given.created()
    service = given.service(keeper)
    old = service.backups()[0]
    service.change_passphrase(secret(PASSPHRASE), secret("later"), WorkContext())
    locked = read_locked(Path(os.fsdecode(old.path)))
    assert locked.header.vault_id == keeper.vault.vault_id
    service.restore(old.path, secret(PASSPHRASE), WorkContext())
    restored: OpenVault = given.unlocked(PASSPHRASE).vault
    assert restored.vault_id == locked.header.vault_id
