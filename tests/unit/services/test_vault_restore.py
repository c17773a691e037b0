from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.given_vault import PASSPHRASE, GivenVault, actions, secret
from vaultapp.contracts.keys import NewKey
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import (
    InvalidValue,
    NotAFile,
    OperationCancelled,
    SourceIsTarget,
    SourceMissing,
    TooManyAttempts,
    VaultDamaged,
    VaultError,
    VaultTampered,
    WrongPassphrase,
)
from vaultapp.core.work import WorkContext


class Restored:
    """A vault with a backup, and what was done after the backup."""

    def __init__(self, given: GivenVault, tmp_path: Path) -> None:
        keeper = given.created(first_key="Personal")
        keeper.unlocked.ring.primary("Personal", 5)
        self.service = given.service(keeper)
        self.keeper = keeper
        self.copy = tmp_path / "copy.vault"
        self.service.backup(WorkContext(), bytes(self.copy))
        given.keys(keeper.unlocked).create(NewKey("Made later"))
        self.service.change_passphrase(secret(PASSPHRASE), secret("later"), WorkContext())


@pytest.fixture
def restored(given: GivenVault, tmp_path: Path) -> Restored:
    return Restored(given, tmp_path)


def names(given: GivenVault, passphrase: str) -> list[str]:
    keeper = given.unlocked(passphrase)
    return [key.name for key in given.keys(keeper.unlocked).list().keys]


def test_a_restore_puts_the_copy_in_place_and_keeps_what_it_replaces(given: GivenVault, restored: Restored) -> None:
    passphrase = secret(PASSPHRASE)
    report = restored.service.restore(bytes(restored.copy), passphrase, WorkContext())
    assert set(passphrase) == {0}
    assert report.path == bytes(given.path)
    kept = given.path.with_name("personal.replaced-20270115T080000Z.vault")
    assert report.kept == bytes(kept)
    # Not locked before its process, which still has in memory what was open, is replaced.
    assert restored.keeper.base_status().state is VaultState.UNLOCKING
    keeper = given.unlocked(PASSPHRASE)
    (key,) = given.keys(keeper.unlocked).list().keys
    assert (key.name, key.versions[0].wraps) == ("Personal", 1024 + 2**20)
    assert "vault.restore" in actions(keeper.unlocked)
    assert report.epoch < keeper.vault.epoch
    keeper.close()
    os.replace(kept, given.path)
    with pytest.raises(WrongPassphrase):
        given.keeper().unlock(secret(PASSPHRASE), WorkContext())
    assert [name for name in sorted(os.listdir(given.path.parent)) if not name.endswith("-journal")] == [
        "backups",
        "personal.vault",
    ]


def test_what_a_restore_replaced_can_be_restored_again(given: GivenVault, restored: Restored) -> None:
    report = restored.service.restore(bytes(restored.copy), secret(PASSPHRASE), WorkContext())
    assert report.kept is not None
    again = given.service(given.keeper())
    assert ("replaced", report.kept) in [(copy.kind, copy.path) for copy in again.backups()]
    again.restore(report.kept, secret("later"), WorkContext())
    assert names(given, "later") == ["Personal", "Made later"]


def test_a_restore_needs_neither_an_open_vault_nor_a_vault(given: GivenVault, restored: Restored) -> None:
    restored.keeper.close()
    shutil.rmtree(given.places.state)
    given.path.unlink()
    report = given.service(given.keeper()).restore(bytes(restored.copy), secret(PASSPHRASE), WorkContext())
    assert report.kept is None
    assert names(given, PASSPHRASE) == ["Personal"]


def test_a_restore_makes_the_folder_that_is_not_there(given: GivenVault, restored: Restored) -> None:
    restored.keeper.close()
    given.path = given.path.parent / "new" / "place.vault"
    given.service(given.keeper()).restore(bytes(restored.copy), secret(PASSPHRASE), WorkContext())
    assert names(given, PASSPHRASE) == ["Personal"]


def test_a_restore_that_is_refused_leaves_the_vault_open_and_as_it_was(
    given: GivenVault, restored: Restored, tmp_path: Path
) -> None:
    service, copy = restored.service, restored.copy
    damaged = tmp_path / "damaged.vault"
    data = bytearray(copy.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    damaged.write_bytes(data)
    tampered = tmp_path / "tampered.vault"
    shutil.copyfile(copy, tampered)
    connection = sqlite3.connect(tampered)
    with connection:
        connection.execute("UPDATE records SET secret = NULL WHERE secret IS NOT NULL")
    connection.close()
    text = tmp_path / "text.vault"
    text.write_text("not a vault" * 100)
    refused: list[tuple[bytes, str, tuple[type[Exception], ...]]] = [
        (bytes(copy), "later", (WrongPassphrase,)),
        (bytes(damaged), PASSPHRASE, (VaultDamaged, VaultTampered)),
        (bytes(tampered), PASSPHRASE, (VaultTampered,)),
        (bytes(text), PASSPHRASE, (VaultDamaged,)),
        (bytes(tmp_path / "nowhere"), PASSPHRASE, (SourceMissing,)),
        (bytes(tmp_path), PASSPHRASE, (NotAFile,)),
        (bytes(given.path), "later", (SourceIsTarget,)),
        (b"relative.vault", PASSPHRASE, (InvalidValue,)),
        (bytes(copy), "", (InvalidValue,)),
    ]
    before = given.path.read_bytes(), sorted(os.listdir(given.path.parent))
    for source, passphrase, errors in refused:
        with pytest.raises(errors):
            service.restore(source, secret(passphrase), WorkContext())
    assert restored.keeper.base_status().state is VaultState.UNLOCKED
    assert (given.path.read_bytes(), sorted(os.listdir(given.path.parent))) == before
    given.keys(restored.keeper.unlocked).create(NewKey("still writable"))


def test_a_cancelled_restore_leaves_the_vault_as_it_was(given: GivenVault, restored: Restored) -> None:
    work: WorkContext[None] = WorkContext(on_progress=lambda _done, _total: work.cancel())
    before = given.path.read_bytes(), sorted(os.listdir(given.path.parent))
    with pytest.raises(OperationCancelled):
        restored.service.restore(bytes(restored.copy), secret(PASSPHRASE), work)
    assert (given.path.read_bytes(), sorted(os.listdir(given.path.parent))) == before
    assert restored.keeper.base_status().state is VaultState.UNLOCKED


def test_the_source_of_a_restore_is_only_read(restored: Restored) -> None:
    os.chmod(restored.copy, 0o400)
    before = restored.copy.read_bytes(), restored.copy.stat()
    restored.service.restore(bytes(restored.copy), secret(PASSPHRASE), WorkContext())
    after = restored.copy.stat()
    assert restored.copy.read_bytes() == before[0]
    assert (after.st_mtime_ns, after.st_mode, after.st_ino) == (
        before[1].st_mtime_ns,
        before[1].st_mode,
        before[1].st_ino,
    )


def test_a_restored_epoch_is_what_is_remembered(given: GivenVault, restored: Restored) -> None:
    seen = restored.keeper.vault.epoch
    report = restored.service.restore(bytes(restored.copy), secret(PASSPHRASE), WorkContext())
    restored.keeper.close()
    assert report.epoch < seen
    # No VaultOlder, although a later state of this vault was seen.
    given.keeper().unlock(secret(PASSPHRASE), WorkContext())


def test_copies_are_found_when_the_vault_is_locked_damaged_or_gone(given: GivenVault) -> None:
    service = given.service(given.created())
    known = service.backups()
    assert len(known) == 2
    given.close()
    assert given.service(given.keeper()).backups() == known
    mine = given.keeper().base_status().vault_id
    assert mine is not None
    given.path.rename(other := given.places.data / "work.vault")
    given.path.write_bytes(b"no vault any more")
    assert given.service(given.keeper()).backups() == tuple(replace(one, vault_id=mine, vault="work") for one in known)
    other.unlink()
    of_nobody_known = tuple(replace(one, vault_id=mine) for one in known)
    assert given.service(given.keeper()).backups() == of_nobody_known
    given.path.unlink()
    (given.places.data / "backups" / "something else").mkdir()
    assert given.service(given.keeper()).backups() == of_nobody_known


def test_a_copys_passphrase_does_not_end_the_wait_after_wrong_ones_of_the_vault(
    given: GivenVault, tmp_path: Path
) -> None:
    service = given.service(given.created())
    copy = tmp_path / "copy.vault"
    service.backup(WorkContext(), bytes(copy))
    given.close()
    service = given.service(given.keeper())
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            service.unlock(secret("wrong"), WorkContext())
    copy.write_bytes(copy.read_bytes()[:-4096])
    with pytest.raises(VaultError):
        service.restore(bytes(copy), secret(PASSPHRASE), WorkContext())
    with pytest.raises(TooManyAttempts):
        service.unlock(secret(PASSPHRASE), WorkContext())


def test_wrong_passphrases_of_copies_have_a_wait_of_their_own(given: GivenVault, tmp_path: Path) -> None:
    service = given.service(given.created())
    copy = tmp_path / "copy.vault"
    service.backup(WorkContext(), bytes(copy))
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            service.restore(bytes(copy), secret("wrong"), WorkContext())
    with pytest.raises(TooManyAttempts):
        service.restore(bytes(copy), secret(PASSPHRASE), WorkContext())
    service.unlock(secret(PASSPHRASE), WorkContext())
