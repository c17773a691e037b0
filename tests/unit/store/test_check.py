from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from vaultapp.core.errors import VaultDamaged, VaultTampered
from vaultapp.core.work import WorkContext

A, B, C = (f"x'{UUID(int=1000 + number).hex}'" for number in range(3))
SWAPPED = """
CREATE TEMP TABLE t AS SELECT * FROM records WHERE id IN ({A}, {B});
UPDATE records SET description = (SELECT description FROM t WHERE id = {B}),
    secret = (SELECT secret FROM t WHERE id = {B}) WHERE id = {A};
UPDATE records SET description = (SELECT description FROM t WHERE id = {A}),
    secret = (SELECT secret FROM t WHERE id = {A}) WHERE id = {B};
"""
TAMPERINGS = {
    "rows_swapped": SWAPPED,
    "row_copied": "INSERT INTO records SELECT zeroblob(16), kind, parent, revision, description, secret"
    " FROM records WHERE id = {A}",
    "rows_missing": "DELETE FROM records WHERE id = {C}",
    "row_changed": "UPDATE records SET description = zeroblob(60) WHERE id = {A}",
    "trigger": "CREATE TRIGGER t AFTER UPDATE ON epoch BEGIN DELETE FROM activity; END",
    "view": "CREATE VIEW v AS SELECT 1",
    "schema": "CREATE TABLE more (a)",
    "activity": "DELETE FROM activity",
    "epoch": "UPDATE epoch SET sealed = zeroblob(200)",
}
MORE = [
    ("row_changed", "INSERT INTO records VALUES (zeroblob(16), 'key', NULL, 1, zeroblob(60), NULL)"),
    ("row_changed", "UPDATE records SET kind = 'setting' WHERE id = {A}"),
    ("row_changed", "UPDATE records SET parent = {B} WHERE id = {A}"),
    ("row_changed", "UPDATE records SET revision = -3 WHERE id = {A}"),
    ("row_changed", "UPDATE records SET id = zeroblob(3) WHERE id = {A}"),
    ("row_rolled_back", "UPDATE records SET revision = revision + 7 WHERE id = {A}"),
    ("rows_rolled_back", "UPDATE records SET secret = NULL WHERE id = {A}"),
    ("rows_rolled_back", "UPDATE slots SET wrapped = zeroblob(60)"),
    ("rows_rolled_back", "UPDATE header SET created = created + 1"),
    ("rows_rolled_back", "INSERT INTO slots VALUES (zeroblob(16), x'80', zeroblob(60))"),
    ("epoch", "DELETE FROM epoch"),
    ("schema", "DROP INDEX records_by_kind"),
    ("activity", "INSERT INTO activity VALUES (2, zeroblob(50), zeroblob(32))"),
    ("activity", "UPDATE activity SET link = zeroblob(32)"),
    ("activity", "UPDATE activity SET sequence = 2"),
    ("row_changed", "UPDATE records SET rowid = -rowid WHERE id = {A}"),
    ("row_changed", "UPDATE records SET rowid = 0 WHERE id = {B}"),
]


@pytest.mark.parametrize(("reason", "script"), [*TAMPERINGS.items(), *MORE])
def test_tampering_is_named_at_opening(vaults: Any, tampered: Callable[[str], None], reason: str, script: str) -> None:
    vaults.filled().close()
    tampered(script.format(A=A, B=B, C=C))
    with pytest.raises(VaultTampered) as caught:
        vaults.open()
    assert caught.value.facts["reason"] == reason


def test_rows_of_an_older_state_are_named(vaults: Any) -> None:
    """Every cell opens, and only the sum tells."""
    vault = vaults.filled()
    with vault._database.reading() as conn:
        old = conn.execute("SELECT * FROM records WHERE id = ?", (UUID(int=1000).bytes,)).fetchone()
        gone = conn.execute("SELECT * FROM records WHERE id = ?", (UUID(int=1001).bytes,)).fetchone()
    with vault.transaction() as transaction:
        transaction.update(UUID(int=1000), b"\x80")
        transaction.delete(UUID(int=1001))
    vault.close()
    content = vaults.path.read_bytes()
    for row, verb, reason in ((old, "REPLACE", "rows_rolled_back"), (gone, "INSERT", "rows_added")):
        conn = sqlite3.connect(vaults.path, isolation_level=None)
        conn.execute(f"{verb} INTO records VALUES (?, ?, ?, ?, ?, ?)", row)
        conn.close()
        with pytest.raises(VaultTampered) as caught:
            vaults.open()
        assert caught.value.facts["reason"] == reason
        vaults.path.write_bytes(content)
    assert vaults.open().rows == 2


def test_a_trigger_is_found_before_anything_acts_on_it(vaults: Any, tampered: Callable[[str], None]) -> None:
    vaults.filled().close()
    tampered(
        "ALTER TABLE header RENAME TO real_header; CREATE VIEW header AS SELECT * FROM real_header"
        " WHERE id = (SELECT count(*) FROM (SELECT load_extension('/tmp/none')))"
    )
    with pytest.raises(VaultTampered) as caught:
        vaults.open()
    assert caught.value.facts["reason"] == "view"


def test_a_write_ahead_log_is_refused(vaults: Any, tampered: Callable[[str], None]) -> None:
    vaults.filled().close()
    tampered("PRAGMA journal_mode=WAL")
    with pytest.raises(VaultTampered) as caught:
        vaults.open()
    assert caught.value.facts["reason"] == "journal"


def test_plain_corruption_has_its_own_words(vaults: Any) -> None:
    vaults.filled(400).close()
    content = bytearray(vaults.path.read_bytes())
    page = int.from_bytes(content[16:18], "big")
    for at in range(5 * page, len(content), 3 * page):
        content[at : at + 200] = b"\xa5" * 200
    vaults.path.write_bytes(content)
    with pytest.raises(VaultDamaged):
        vaults.open()


def test_a_cut_file_is_damaged(vaults: Any) -> None:
    vaults.filled(400).close()
    content = vaults.path.read_bytes()
    vaults.path.write_bytes(content[: len(content) // 2])
    with pytest.raises(VaultDamaged):
        vaults.open()


def test_an_index_that_hides_a_row_is_found(vaults: Any, tampered: Callable[[str], None]) -> None:
    vaults.filled().close()
    # The index is emptied in the file while the schema keeps its text.
    tampered(
        "PRAGMA writable_schema=ON; CREATE TABLE other (a); CREATE INDEX spare ON other (a);"
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'spare')"
        " WHERE name = 'records_by_kind';"
        "DELETE FROM sqlite_schema WHERE name IN ('other', 'spare');"
    )
    with pytest.raises(VaultDamaged):
        vaults.open()


LYING = {
    "rows left out": ("CREATE INDEX records_by_parent ON records (parent, kind) WHERE id <> {A}", "records_by_parent"),
    "other values": ("CREATE INDEX records_by_kind ON records (replace(kind, 'key', 'kex'))", "records_by_kind"),
    "one taken for another": (
        "CREATE INDEX records_by_kind ON records (CASE id WHEN {A} THEN 'setting' ELSE kind END)",
        "records_by_kind",
    ),
}


@pytest.mark.parametrize(("index", "name"), LYING.values(), ids=list(LYING))
def test_an_index_that_lies_is_found_in_large_vaults_too(
    vaults: Any, loosened: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, index: str, name: str
) -> None:
    monkeypatch.setattr("vaultapp.store.check._ROWS_AT_ONCE", 4)
    vaults.filled(10).close()
    # Made with a condition or an expression of its own, and then given the text that is expected.
    loosened(f"DROP INDEX {name}; {index.format(A=A)}")
    vault = vaults.open(checked_at_opening=1)
    with pytest.raises(VaultDamaged):
        vault.wait_checked()
    assert vault.check_state == "failed"
    vault.close()
    with pytest.raises(VaultDamaged):
        vaults.open()


def test_sound_indexes_pass_in_large_vaults(vaults: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultapp.store.check._ROWS_AT_ONCE", 4)
    for count in (0, 4, 10):
        path = vaults.folder / f"{count}.vault"
        vault = vaults.create(path)
        with vault.transaction() as transaction:
            for number in range(count):
                parent = UUID(int=1000) if number else None
                transaction.insert(UUID(int=1000 + number), "key", parent, b"\x80", None)
        vault.close()
        vault = vaults.open(path, checked_at_opening=-1)
        vault.wait_checked()
        assert vault.is_checked
        vault.close()


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE records SET description = 'abc' WHERE id = {A}",
        "UPDATE records SET description = NULL WHERE id = {A}",
        "UPDATE records SET revision = 'abc' WHERE id = {A}",
        "UPDATE records SET id = 17 WHERE id = {A}",
        "UPDATE records SET parent = 17 WHERE id = {A}",
        "UPDATE activity SET sealed = 'abc'",
        "UPDATE activity SET sealed = 17",
        "UPDATE activity SET link = NULL",
        "UPDATE records SET kind = CAST(x'ff' AS TEXT) WHERE id = {A}",
    ],
)
def test_values_of_odd_types_have_their_words_in_large_vaults(
    vaults: Any, loosened: Callable[[str], None], script: str
) -> None:
    """Lists are read before the check has looked at every row."""
    vaults.filled().close()
    loosened(script.format(A=A))

    def use() -> None:
        vault = vaults.open(checked_at_opening=1)
        list(vault.records.of_kind("key"))
        vault.activity.page(None, 10)
        vault.wait_checked()

    with pytest.raises((VaultDamaged, VaultTampered)):
        use()


def test_another_root_key_opens_nothing(vaults: Any) -> None:
    vaults.filled().close()
    from vaultapp.store.vault_file import OpenVault

    with pytest.raises(VaultTampered):
        OpenVault(vaults.path, bytes(32), state_folder=None, clock=vaults.clock, random=vaults.random)


def test_the_check_can_be_watched_and_stopped(vaults: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultapp.store.check._ROWS_AT_ONCE", 10)
    vault = vaults.filled(35)
    seen: list[tuple[int, int]] = []
    vault.check(WorkContext(lambda done, total: seen.append((done, total))))
    assert seen == [(10, 35), (20, 35), (30, 35), (35, 35)]


def test_a_vault_found_bad_after_opening_takes_no_more_writes(vaults: Any) -> None:
    vault = vaults.filled()
    with vault._database.transaction() as db:
        db.execute("DELETE FROM records WHERE id = ?", [UUID(int=1000).bytes])
    with pytest.raises(VaultTampered):
        vault.check(WorkContext())
    with pytest.raises(VaultTampered), vault.transaction():
        pass
