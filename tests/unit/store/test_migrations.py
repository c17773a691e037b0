from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
import sqlite_utils

from vaultapp.core.errors import VaultTampered, VaultTooNew
from vaultapp.core.work import WorkContext
from vaultapp.store.schema import TABLES, SchemaHistory

EXTRA = "CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT"


def add_extra(db: sqlite_utils.Database) -> None:
    db.execute(EXTRA)


NEWER = SchemaHistory({**TABLES, 2: (*TABLES[1], EXTRA)}, {2: add_extra})


def test_an_older_vault_is_brought_up_behind_a_backup(vaults: Any) -> None:
    vaults.filled().close()
    vault = vaults.open(history=NEWER)
    assert vault.check(WorkContext()).rows == 3
    with vault.transaction() as transaction:
        transaction.delete(UUID(int=1000))
    vault.close()
    assert vaults.open(history=NEWER).rows == 2
    copy = vaults.folder / "backups" / str(vaults.vault_id) / "20270115T080000Z-before-v2.vault"
    assert vaults.open(copy, state_folder=None).rows == 3
    with pytest.raises(VaultTooNew):
        vaults.open()


def test_a_step_that_leads_elsewhere_changes_nothing(vaults: Any) -> None:
    def wrong(db: sqlite_utils.Database) -> None:
        db.execute("CREATE TABLE wrong (id INTEGER PRIMARY KEY) STRICT")

    vaults.filled().close()
    with pytest.raises(VaultTampered):
        vaults.open(history=SchemaHistory(NEWER.tables, {2: wrong}))
    vault = vaults.open()
    assert vault.check(WorkContext()).rows == 3


def test_a_tampered_vault_is_not_migrated(vaults: Any, tampered: Any) -> None:
    vaults.filled().close()
    tampered("DELETE FROM records WHERE id = (SELECT max(id) FROM records)")
    before = vaults.path.read_bytes()
    with pytest.raises(VaultTampered):
        vaults.open(history=NEWER)
    assert vaults.path.read_bytes() == before


def test_looking_at_an_older_copy_does_not_change_it(vaults: Any) -> None:
    vaults.filled().close()
    before = vaults.path.read_bytes()
    vault = vaults.open(history=NEWER, read_only=True, state_folder=None)
    assert vault.records.secret(UUID(int=1000)) == b"secret 0"
    vault.close()
    assert vaults.path.read_bytes() == before


def test_a_migration_that_is_made_again_makes_another_backup(vaults: Any) -> None:
    vaults.filled().close()
    content = vaults.path.read_bytes()
    vaults.open(history=NEWER).close()
    vaults.path.write_bytes(content)
    assert vaults.open(history=NEWER, accept_older=True).rows == 3
    assert len(list((vaults.folder / "backups" / str(vaults.vault_id)).iterdir())) == 2
