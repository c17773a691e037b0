from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from vaultapp.core.errors import (
    HostError,
    LastSlot,
    NotFound,
    ReadOnly,
    VaultBusy,
    VaultExists,
    VaultLocked,
    VaultReplaced,
)
from vaultapp.core.work import WorkContext
from vaultapp.store.vault_file import CheckReport, read_locked

KEY = UUID(int=1000)


def test_a_new_vault_is_one_private_file(vaults: Any) -> None:
    vaults.create(vaults.folder / "new" / "test.vault")
    folder = vaults.folder / "new"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "test.vault").stat().st_mode) == 0o600
    assert {path.name: path.stat().st_size for path in folder.iterdir() if path.name != "test.vault"} in (
        {},
        {"test.vault-journal": 0},
    )


def test_creating_touches_nothing_that_exists(vaults: Any) -> None:
    vaults.path.write_bytes(b"mine")
    with pytest.raises(VaultExists):
        vaults.create()
    assert vaults.path.read_bytes() == b"mine"
    assert [path.name for path in vaults.folder.iterdir()] == ["test.vault"]


def test_creating_loses_a_race_without_damage(vaults: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def slower(source: Path, target: Path) -> None:
        target.write_bytes(b"first")
        link(source, target)

    monkeypatch.setattr(os, "link", slower)
    with pytest.raises(VaultExists):
        vaults.create()
    assert vaults.path.read_bytes() == b"first"
    assert [path.name for path in vaults.folder.iterdir()] == ["test.vault"]


def test_a_file_system_without_links_gets_the_vault_too(vaults: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    vaults.create().close()
    assert {path.name for path in vaults.folder.iterdir()} <= {"test.vault", "test.vault-journal", "state"}
    monkeypatch.undo()
    assert vaults.open().rows == 0


def test_what_was_written_is_there_after_opening_again(vaults: Any) -> None:
    vaults.filled().close()
    vault = vaults.open()
    assert [record.row_id for record in vault.records.of_kind("key")] == [UUID(int=1000 + n) for n in range(3)]
    assert vault.records.secret(KEY) == b"secret 0"
    assert vault.check(WorkContext()) == CheckReport(rows=3, entries=1, epoch=2)


def test_pragmas_are_those_of_the_design(vaults: Any) -> None:
    vault = vaults.filled()
    with vault._database.reading() as conn:
        found = {
            name: conn.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "journal_mode",
                "synchronous",
                "locking_mode",
                "trusted_schema",
                "cell_size_check",
                "secure_delete",
                "foreign_keys",
                "application_id",
                "user_version",
            )
        }
    assert found == {
        "journal_mode": "truncate",
        "synchronous": 2,
        "locking_mode": "exclusive",
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "foreign_keys": 1,
        "application_id": 0x766C7431,
        "user_version": 1,
    }


def test_a_second_agent_is_told_who_has_it(vaults: Any) -> None:
    vaults.create()
    code = (
        "import sys;from pathlib import Path;from vaultapp.store.database import VaultDatabase;"
        "from vaultapp.core.errors import VaultBusy\n"
        "try: VaultDatabase(Path(sys.argv[1]))\nexcept VaultBusy: print('busy')"
    )
    done = subprocess.run([sys.executable, "-c", code, vaults.path], capture_output=True, text=True, check=True)
    assert done.stdout == "busy\n"


def test_a_failed_body_leaves_everything_as_it_was(vaults: Any) -> None:
    vault = vaults.filled()
    before = vault.path.read_bytes()

    def fails() -> None:
        with vault.transaction() as transaction:
            transaction.insert(UUID(int=5), "key", None, b"\x80", None)
            transaction.delete(KEY)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert vault.path.read_bytes() == before
    assert vault.rows == 3
    with vault.transaction() as transaction:
        transaction.delete(KEY)
    assert vault.check(WorkContext()).rows == 2


def test_transactions_do_not_nest(vaults: Any) -> None:
    vault = vaults.create()
    with pytest.raises(ValueError, match="nest"), vault.transaction(), vault.transaction():
        pass
    with pytest.raises(ValueError, match="nest"), vault.transaction():
        vault.activity.record(vaults.entry())
    assert vault.epoch == 1


@pytest.mark.parametrize("replaced", ["renamed", "written", "gone"])
def test_a_change_beneath_is_seen_before_the_next_write(vaults: Any, replaced: str) -> None:
    vault = vaults.filled()
    old = vault.path.read_bytes()
    if replaced == "renamed":
        other = vaults.folder / "other"
        other.write_bytes(old)
        other.rename(vault.path)
    elif replaced == "written":
        # A descriptor of another process would be closed without letting go of our locks.
        subprocess.run(["touch", str(vault.path)], check=True)
    else:
        vault.path.unlink()
    with pytest.raises(VaultReplaced), vault.transaction() as transaction:
        transaction.delete(KEY)
    with pytest.raises(VaultReplaced):
        vault.activity.record(vaults.entry())
    if replaced != "gone":
        assert vault.path.read_bytes() == old


def test_a_replacement_during_a_transaction_is_seen_before_its_commit(vaults: Any) -> None:
    vault = vaults.filled()
    other = vaults.folder / "other"
    other.write_bytes(vault.path.read_bytes())
    before = other.read_bytes()

    def overtaken() -> None:
        with vault.transaction() as transaction:
            transaction.delete(KEY)
            other.rename(vault.path)

    with pytest.raises(VaultReplaced):
        overtaken()
    assert vault.path.read_bytes() == before


def test_after_close_calls_say_locked(vaults: Any) -> None:
    vault = vaults.filled()
    vault.close()
    with pytest.raises(VaultLocked):
        vault.records.get(KEY)
    with pytest.raises(VaultLocked), vault.transaction():
        pass


def test_slots_come_and_go_but_never_all(vaults: Any) -> None:
    vault = vaults.create()
    with vault.transaction() as transaction:
        transaction.put_slot(vaults.slot(2))
        transaction.remove_slot(vaults.slot(1).slot_id)
    assert vault.slots() == (vaults.slot(2),)
    with pytest.raises(LastSlot), vault.transaction() as transaction:
        transaction.remove_slot(vaults.slot(2).slot_id)
    with pytest.raises(NotFound), vault.transaction() as transaction:
        transaction.remove_slot(UUID(int=77))
    vault.close()
    assert read_locked(vaults.path).slots == (vaults.slot(2),)


def test_a_read_only_vault_is_never_written(vaults: Any) -> None:
    vaults.filled().close()
    before = vaults.path.read_bytes(), sorted(os.listdir(vaults.folder))
    vault = vaults.open(read_only=True, state_folder=None)
    with pytest.raises(ReadOnly), vault.transaction():
        pass
    vault.close()
    assert (vaults.path.read_bytes(), sorted(os.listdir(vaults.folder))) == before


def test_the_state_is_remembered_at_most_once_a_minute_and_at_close(vaults: Any) -> None:
    vault = vaults.filled()
    memory = vaults.state / f"{vaults.vault_id}.epoch"
    assert not memory.exists()
    vaults.clock.seconds += 61
    vault.activity.record(vaults.entry())
    first = memory.read_bytes()
    vault.activity.record(vaults.entry())
    assert memory.read_bytes() == first
    vault.close()
    assert memory.read_bytes() != first
    assert stat.S_IMODE(memory.stat().st_mode) == 0o600


def test_a_state_folder_that_cannot_be_written_hinders_nothing(vaults: Any) -> None:
    vaults.state.write_bytes(b"not a folder")
    vault = vaults.filled()
    vault.remember()
    vault.close()
    assert vaults.open().rows == 3


def test_compaction_leaves_nothing_deleted_and_the_vault_usable(vaults: Any) -> None:
    vault = vaults.filled(200)
    with vault.transaction() as transaction:
        for number in range(199):
            transaction.delete(UUID(int=1000 + number))
    size = vault.path.stat().st_size
    vault.vacuum()
    assert vault.path.stat().st_size < size
    with vault.transaction() as transaction:
        transaction.record(vaults.entry())
    assert vault.check(WorkContext()).rows == 1


def test_errors_of_the_vault_travel_as_ours(vaults: Any) -> None:
    vault = vaults.create()
    with pytest.raises(ValueError, match="schema"), vault.transaction() as transaction:
        transaction.insert(KEY, "key", UUID(int=4), b"\x80", None)
    with pytest.raises(OSError, match="the caller's"), vault.transaction():
        raise OSError("the caller's")
    assert not issubclass(VaultBusy, OSError)
    assert issubclass(VaultBusy, HostError)


def test_a_change_larger_than_the_cache_is_no_change_by_somebody_else(vaults: Any) -> None:
    vault = vaults.filled()
    with vault.transaction() as transaction:
        for number in range(900):
            transaction.insert(UUID(int=5000 + number), "key", None, bytes(4000), None)
        # Parts of it are in the file already.
        assert vault._database._look() != vault._database._stamp
    with vault.transaction() as transaction:
        transaction.delete(KEY)
    assert vault.check(WorkContext()).rows == 902


HARMLESS = {
    "another mode": "os.chmod(path, 0o640); os.chmod(path, 0o600)",
    "a second name": "os.link(path, path + '.link'); os.unlink(path + '.link')",
    "another name for a while": "os.rename(path, path + '.away'); os.rename(path + '.away', path)",
    "its own times": "os.utime(path, ns=(1, os.stat(path).st_mtime_ns))",
}


@pytest.mark.parametrize("script", HARMLESS.values(), ids=list(HARMLESS))
def test_what_is_done_to_the_file_but_not_to_its_content_is_no_change(vaults: Any, script: str) -> None:
    vault = vaults.filled()
    before = vault.path.stat().st_ctime_ns
    subprocess.run([sys.executable, "-c", f"import os, sys; path = sys.argv[1]; {script}", vault.path], check=True)
    assert vault.path.stat().st_ctime_ns != before
    for _ in range(2):
        vault.activity.record(vaults.entry())
    vault.vacuum()
    assert vault.check(WorkContext()).rows == 3


@pytest.mark.parametrize(
    "cell",
    [
        "SELECT description FROM records",
        "SELECT sealed FROM activity WHERE sequence = 2",
        "SELECT wrapped FROM slots",
        "SELECT sealed FROM epoch",
    ],
)
def test_a_write_that_is_dated_back_is_seen(vaults: Any, cell: str) -> None:
    vault = vaults.filled()
    for _ in range(3):
        vault.activity.record(vaults.entry())
    with vault._database.reading() as conn:
        at = vault.path.read_bytes().index(conn.execute(cell).fetchone()[0])
    code = (
        "import os, sys; path, at = sys.argv[1], int(sys.argv[2]); was = os.stat(path)\n"
        "with open(path, 'r+b') as file: file.seek(at + 20); file.write(b'zz')\n"
        "os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))\n"
    )
    subprocess.run([sys.executable, "-c", code, vault.path, str(at)], check=True)
    for _ in range(2):
        with pytest.raises(VaultReplaced):
            vault.activity.record(vaults.entry())
    with pytest.raises(VaultReplaced):
        vault.vacuum()


def test_a_copy_that_cannot_be_made_names_the_copy(vaults: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = vaults.filled()
    copy_into = vault._database.copy_into

    def refused(target: Path, *rest: Any) -> None:
        copy_into(target / "not" / "there", *rest)

    monkeypatch.setattr(vault._database, "copy_into", refused)
    with pytest.raises(HostError) as caught:
        vault.backup_to(vaults.folder / "copy.vault", WorkContext())
    assert caught.value.facts["path"] == str(vaults.folder / "copy.vault")
    assert not (vaults.folder / "copy.vault").exists()
