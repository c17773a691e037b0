"""Promise 11: swapped, rolled-back, deleted, duplicated rows and an older copy of the whole file are noticed at
unlock and named. The hand that writes has the file, and no key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from tests.promises.failing_disk.scenarios import Tries, entry
from vaultapp.core.clock import SystemClock
from vaultapp.core.errors import VaultOlder, VaultTampered
from vaultapp.crypto.random import SystemRandom
from vaultapp.store.vault_file import OpenVault

OTHER_ID = UUID("99999999-2222-4333-8444-555555555555")
ONE, TWO = UUID(int=3).bytes, UUID(int=4).bytes


@pytest.fixture
def tries(tmp_path: Path) -> Tries:
    tries = Tries(tmp_path / "disk", 0)
    tries.prepare()
    tries.fresh()
    return tries


def rows_of(path: Path) -> dict[bytes, tuple[object, ...]]:
    conn = sqlite3.connect(path)
    found = {row[0]: row for row in conn.execute("SELECT * FROM records")}
    conn.close()
    return found


def written(path: Path, sql: str, *values: object) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA foreign_keys=OFF")
    conn.execute(sql, values)
    conn.close()


def put(path: Path, row: tuple[object, ...]) -> None:
    written(path, "REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?)", *row)


def named(tries: Tries) -> str:
    with pytest.raises(VaultTampered) as caught:
        tries.open()
    print("named:", caught.value)
    return str(caught.value.facts["reason"])


def swap(tries: Tries, *columns: int) -> None:
    rows = rows_of(tries.path)
    one, two = list(rows[ONE]), list(rows[TWO])
    for column in columns:
        one[column], two[column] = two[column], one[column]
    put(tries.path, tuple(one))
    put(tries.path, tuple(two))


@pytest.mark.parametrize("columns", [(4, 5), (4,), (5,)], ids=["both cells", "descriptions", "secrets"])
def test_swapped_rows(tries: Tries, columns: tuple[int, ...]) -> None:
    swap(tries, *columns)
    assert named(tries) in {"rows_swapped", "row_changed"}


def test_rolled_back_rows(tries: Tries) -> None:
    older = rows_of(tries.path)[ONE]
    vault = tries.open()
    with vault.transaction() as transaction:
        transaction.update(UUID(bytes=ONE), b"\x81\xa1a\x01", b"new secret")
    vault.close()
    put(tries.path, older)
    assert named(tries) == "rows_rolled_back"


def test_rolled_back_cells_under_the_new_revision(tries: Tries) -> None:
    older = rows_of(tries.path)[ONE]
    vault = tries.open()
    with vault.transaction() as transaction:
        transaction.update(UUID(bytes=ONE), b"\x81\xa1a\x01", b"new secret")
    vault.close()
    put(tries.path, (*older[:3], 2, *older[4:]))
    assert named(tries) == "row_rolled_back"


def test_deleted_rows(tries: Tries) -> None:
    written(tries.path, "DELETE FROM records WHERE id = ?", ONE)
    assert named(tries) == "rows_missing"


def test_a_deleted_row_brought_back(tries: Tries) -> None:
    older = rows_of(tries.path)[ONE]
    vault = tries.open()
    with vault.transaction() as transaction:
        transaction.delete(UUID(bytes=ONE))
    vault.close()
    put(tries.path, older)
    assert named(tries) == "rows_added"


def test_duplicated_rows(tries: Tries) -> None:
    put(tries.path, (UUID(int=99).bytes, *rows_of(tries.path)[ONE][1:]))
    assert named(tries) == "row_copied"


def test_a_row_of_another_vault(tries: Tries, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    vault = tries.create(folder / "other.vault", vault_id=OTHER_ID)
    with vault.transaction() as transaction:
        transaction.insert(UUID(bytes=ONE), "key", None, b"\x80", bytes(40))
    vault.close()
    put(tries.path, rows_of(folder / "other.vault")[ONE])
    assert named(tries) == "row_changed"


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON activity BEGIN DELETE FROM records; END", "trigger"),
        ("CREATE VIEW v AS SELECT * FROM records", "view"),
        ("CREATE TABLE more (a)", "schema"),
        ("DROP INDEX records_by_parent", "schema"),
        ("DELETE FROM activity", "activity"),
        ("UPDATE slots SET parameters = x'80'", "rows_rolled_back"),
        ("UPDATE epoch SET sealed = zeroblob(300)", "epoch"),
    ],
)
def test_what_is_not_a_row_of_records(tries: Tries, sql: str, reason: str) -> None:
    vault = tries.open()
    tries.change(vault, UUID(int=5001))
    vault.close()
    written(tries.path, sql)
    assert named(tries) == reason


@pytest.mark.parametrize("at_once", [50_000, 0], ids=["checked at opening", "checked behind"])
def test_a_change_of_any_byte_of_a_cell(tries: Tries, at_once: int) -> None:
    cell = rows_of(tries.path)[ONE][4]
    assert isinstance(cell, bytes)
    content = tries.path.read_bytes()
    at = content.index(cell)
    for offset in range(0, len(cell), 3):
        tries.path.write_bytes(content[: at + offset] + bytes([content[at + offset] ^ 1]) + content[at + offset + 1 :])
        with pytest.raises(VaultTampered):
            opened(tries, at_once).wait_checked()
    tries.path.write_bytes(content)
    opened(tries, at_once).wait_checked()


def opened(tries: Tries, at_once: int) -> OpenVault:
    return OpenVault(
        tries.path,
        bytes(32),
        state_folder=None,
        clock=SystemClock(),
        random=SystemRandom(),
        read_only=True,
        checked_at_opening=at_once,
    )


@pytest.mark.parametrize("change", ["row", "entry"])
def test_an_older_copy_of_the_whole_file(tries: Tries, change: str) -> None:
    tries.look()
    older = tries.path.read_bytes()
    vault = tries.open()
    acts: dict[str, Callable[[], None]] = {
        "row": lambda: tries.change(vault, UUID(int=5001)),
        "entry": lambda: vault.activity.record(entry()),
    }
    acts[change]()
    vault.close()
    tries.path.write_bytes(older)
    with pytest.raises(VaultOlder) as caught:
        OpenVault(tries.path, bytes(32), state_folder=tries.state, clock=SystemClock(), random=SystemRandom())
    assert caught.value.facts["fork"] == 0
    accepted = tries.open()
    assert accepted.accepted_older
    accepted.close()
