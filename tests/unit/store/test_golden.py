"""A vault of format 1, made with given randomness and time: later releases open it, and seal as it was sealed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from vaultapp.core.work import WorkContext
from vaultapp.store.vault_file import OpenVault, read_locked

FOLDER = Path(__file__).parents[2] / "vectors" / "vaults"
VERSIONS = sorted(path.stem for path in FOLDER.glob("*.vault"))


def make(vaults: Any) -> OpenVault:
    """The history that the golden file tells: three keys, one changed, one gone, two entries."""
    vault: OpenVault = vaults.filled(3)
    with vault.transaction() as transaction:
        described = msgspec.msgpack.encode({"version_id": bytes(8), "number": 1})
        transaction.insert(UUID(int=2000), "key_version", UUID(int=1000), described, bytes(range(32)))
        transaction.update(UUID(int=1001), msgspec.msgpack.encode({"name": "renamed", "of the future": True}))
        transaction.delete(UUID(int=1002))
        vaults.clock.micros += 1_000_000
        transaction.record(vaults.entry("key.delete", subject_kind="key", subject="key 2", facts={"days": 7}))
    return vault


def cells(path: Path) -> dict[str, list[list[object]]]:
    conn = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    tables = ("header", "slots", "records", "epoch", "activity")
    found = {table: conn.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}  # noqa: S608
    conn.close()
    return {
        table: [[cell.hex() if isinstance(cell, bytes) else cell for cell in row] for row in rows]
        for table, rows in found.items()
    }


@pytest.fixture(params=VERSIONS)
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(FOLDER / f"{request.param}.vault", tmp_path / "golden.vault"))


def test_there_is_a_golden_vault() -> None:
    assert VERSIONS == ["v1"]


def test_it_opens_and_is_sound(vaults: Any, golden: Path) -> None:
    assert read_locked(golden).slots == (vaults.slot(),)
    vault = vaults.open(golden, state_folder=None)
    report = vault.check(WorkContext())
    assert (report.rows, report.entries, report.epoch) == (3, 2, 3)
    assert vault.activity.check(WorkContext()).last == 2
    assert [msgspec.msgpack.decode(record.description)["name"] for record in vault.records.of_kind("key")] == [
        "key 0",
        "renamed",
    ]
    (version,) = vault.records.children(UUID(int=1000), "key_version")
    assert vault.records.secret(version.row_id) == bytes(range(32))
    assert [(entry.action, entry.facts) for entry in vault.activity.page(None, 9).entries] == [
        ("key.delete", {"days": 7}),
        ("key.create", {}),
    ]
    with vault.transaction() as transaction:
        transaction.update(UUID(int=1000), b"\x80")
    assert vault.records.get(UUID(int=1000)).revision == 2


def test_the_same_inputs_give_the_same_cells(vaults: Any) -> None:
    vault = make(vaults)
    vault.close()
    assert cells(vaults.path) == json.loads((FOLDER / "v1.json").read_text())
    assert cells(FOLDER / "v1.vault") == cells(vaults.path)
