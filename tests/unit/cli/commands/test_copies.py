from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.fakes import User
from tests.unit.cli.records import NOON
from vaultapp.contracts.vault import BackupRecord, RestoreReport, VerifyReport
from vaultapp.core.errors import VaultTampered


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


def test_verify_tells_what_was_looked_at(user: User) -> None:
    user.unlocked(vault_verify=VerifyReport(rows=1200, keys=1, activity_entries=3, epoch=7))
    assert user.run("verify").stdout == "The vault is whole: 1,200 rows, 1 key, 3 activity entries.\n"
    assert user.json("verify") == {"rows": 1200, "keys": 1, "activity_entries": 3, "epoch": 7}


def test_a_changed_vault_is_exit_code_3_and_named(user: User) -> None:
    result = user.unlocked(vault_verify=VaultTampered(reason="rows_swapped", rows=2)).run("verify")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "Rows of the vault were swapped." in result.stderr
    assert "`vaultapp restore`" in result.stderr
