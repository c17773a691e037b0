from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

from tests.unit.cli.fakes import User
from tests.unit.cli.records import NOON
from vaultapp.contracts.vault import BackupRecord, RestoreReport, VerifyReport
from vaultapp.core.errors import TargetExists, VaultDamaged, VaultTampered


def test_a_backup_goes_to_an_absolute_path(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    user.unlocked(vault_backup=BackupRecord(b"/b/x.vault", NOON, 20480, "copy"))
    found = user.json("backup", "--to", "x.vault")
    assert found == {"path": "/b/x.vault", "made": "2026-11-24T06:00:00Z", "size": 20480, "kind": "copy"}
    assert user.run("backup").stdout == "“/b/x.vault” is a verified copy of the vault, 20.5 kB.\n"
    assert user.agent.called("vault.backup") == [{"target": bytes(tmp_path / "x.vault")}, {"target": None}]


def test_backups_are_listed_safely(user: User) -> None:
    user.unlocked(vault_backups=(BackupRecord(b"/b/\x1b[31m.vault", NOON, 1, "daily"),))
    assert "/b/\\x1b[31m.vault" in user.run("backups", "list").stdout
    assert user.json("backups", "list")["backups"][0]["path"] == "/b/\x1b[31m.vault"


def test_copies_of_a_broken_vault_name_it_and_whose_each_is(user: User) -> None:
    other = UUID("00000000-0000-4000-8000-0000000000bb")
    copies = (
        BackupRecord(b"/b/1.vault", NOON, 1, "daily", other, "work"),
        BackupRecord(b"/b/2.vault", NOON, 1, "daily", other),
    )
    user.agent.status = replace(user.agent.status, vault_id=None)
    user.answering(vault_backups=copies)
    first, _, heads, one, two = user.run("backups", "list").stdout.splitlines()
    assert first == f"“{user.vault}” cannot be read. These are the copies of all vaults that were used here:"
    assert heads.startswith("VAULT")
    assert one.startswith("work ")
    assert two.startswith(f"id {other} ")
    assert [copy["vault"] for copy in user.json("backups", "list")["backups"]] == ["work", None]


def test_copies_of_a_vault_name_it(user: User) -> None:
    user.agent.status = replace(user.agent.status, vault_id=UUID(int=7))
    user.answering(vault_backups=(BackupRecord(b"/b/1.vault", NOON, 1, "daily"),))
    assert user.run("backups", "list").stdout.startswith("Copies of “personal”:\n")
    assert user.json("backups", "list")["backups"][0]["vault"] == "personal"


def test_no_backups_are_told(user: User) -> None:
    assert user.unlocked(vault_backups=()).run("backups", "list").stdout == "There are no copies yet.\n"


def test_restore_needs_no_vault_and_takes_the_copys_passphrase(user: User, tmp_path: Path) -> None:
    user.vault.unlink()
    user.answering(vault_restore=RestoreReport(b"/v/personal.vault", b"/v/personal (replaced).vault", 9))
    user.terminal.lines = ["of the copy"]
    result = user.run("restore", str(tmp_path / "copy.vault"))
    assert result.exit_code == 0
    assert "is kept as “/v/personal (replaced).vault”" in result.stdout
    assert user.agent.called("vault.restore") == [
        {"source": bytes(tmp_path / "copy.vault"), "passphrase": b"of the copy"}
    ]
    assert user.agent.called("vault.unlock") == []


def test_a_backup_over_something_names_no_option_that_is_not_there(user: User) -> None:
    user.unlocked(vault_backup=TargetExists(path="/b/x.vault"))
    assert user.error("backup", "--to", "/b/x.vault")[1]["message"] == (
        "“/b/x.vault” is already there. It is as it was. Choose another name or place."
    )


def test_restoring_what_is_no_vault_shows_where_copies_are(user: User) -> None:
    user.answering(vault_restore=VaultDamaged(reason="not_a_vault"))
    user.terminal.lines = ["x"]
    message = user.error("restore", "copy")[1]["message"]
    assert message.endswith("`vaultapp backups list` shows the copies that there are.")


def test_verify_tells_what_was_looked_at(user: User) -> None:
    user.unlocked(vault_verify=VerifyReport(rows=1200, keys=1, activity_entries=3, epoch=7))
    assert user.run("verify").stdout == "The vault is whole: 1,200 records, 1 key, 3 activity entries.\n"
    assert user.json("verify") == {"rows": 1200, "keys": 1, "activity_entries": 3, "epoch": 7}


def test_a_changed_vault_is_exit_code_3_and_named(user: User) -> None:
    result = user.unlocked(vault_verify=VaultTampered(reason="rows_swapped", rows=2)).run("verify")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "Records of the vault were swapped." in result.stderr
    assert "`vaultapp restore`" in result.stderr
