from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest

from vaultapp.core.errors import NotFound, VaultTampered
from vaultapp.core.work import WorkContext
from vaultapp.store.vault_file import KEEP

KEY, OTHER = UUID(int=1000), UUID(int=1001)


def test_a_record_comes_back_as_it_went(vaults: Any) -> None:
    record = vaults.filled().records.get(KEY)
    assert (record.row_id, record.kind, record.parent, record.revision) == (KEY, "key", None, 1)
    assert msgspec.msgpack.decode(record.description) == {"name": "key 0"}


def test_nothing_sealed_lies_in_clear(vaults: Any) -> None:
    vault = vaults.filled()
    vault.close()
    content = vaults.path.read_bytes()
    assert not [text for text in (b"key 0", b"secret 0", b"name", b"key.create", b"window") if text in content]


def test_every_write_raises_the_revision_and_seals_both_cells_anew(vaults: Any) -> None:
    vault = vaults.filled()

    def cells() -> tuple[int, bytes, bytes]:
        with vault._database.reading() as conn:
            found: tuple[int, bytes, bytes] = conn.execute(
                "SELECT revision, description, secret FROM records WHERE id = ?", (KEY.bytes,)
            ).fetchone()
        return found

    before = cells()
    with vault.transaction() as transaction:
        transaction.update(KEY, b"\x80")
    after = cells()
    assert (before[0], after[0]) == (1, 2)
    assert before[1] != after[1]
    assert before[2] != after[2]
    assert vault.records.secret(KEY) == b"secret 0"


def test_secrets_are_kept_replaced_or_removed(vaults: Any) -> None:
    vault = vaults.filled()
    with vault.transaction() as transaction:
        transaction.update(KEY, b"\x80", KEEP)
        transaction.update(OTHER, b"\x80", b"new")
        transaction.update(UUID(int=1002), b"\x80", None)
    assert (vault.records.secret(KEY), vault.records.secret(OTHER)) == (b"secret 0", b"new")
    with pytest.raises(NotFound):
        vault.records.secret(UUID(int=1002))
    vault.check(WorkContext())


def test_a_transaction_reads_what_it_wrote(vaults: Any) -> None:
    vault = vaults.filled()
    with vault.transaction() as transaction:
        transaction.update(KEY, b"\x81\xa1a\x01")
        assert vault.records.get(KEY).description == b"\x81\xa1a\x01"
        transaction.insert(UUID(int=50), "key_version", KEY, b"\x80", None)
        assert [record.row_id for record in vault.records.children(KEY, "key_version")] == [UUID(int=50)]


def test_what_is_not_there_is_not_found(vaults: Any) -> None:
    vault = vaults.create()
    for act in (vault.records.get, vault.records.secret):
        with pytest.raises(NotFound):
            act(KEY)
    with pytest.raises(NotFound), vault.transaction() as transaction:
        transaction.update(KEY, b"\x80")
    with pytest.raises(NotFound), vault.transaction() as transaction:
        transaction.delete(KEY)


def test_kinds_come_in_the_order_they_were_made_over_several_fetches(
    vaults: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultapp.store.records._ROWS_AT_ONCE", 4)
    vault = vaults.filled(12)
    with vault.transaction() as transaction:
        transaction.delete(UUID(int=1003))
        transaction.insert(UUID(int=1), "key", None, b"\x80", None)
        transaction.insert(UUID(int=2), "setting", None, b"\x80", None)
    expected = [1000, 1001, 1002, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1]
    assert [record.row_id.int for record in vault.records.of_kind("key")] == expected
    assert (vault.records.count("key"), vault.records.count("setting"), vault.records.count("x")) == (12, 1, 0)


def test_children_of_many_parents(vaults: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultapp.store.records._PARENTS_AT_ONCE", 2)
    vault = vaults.filled(5)
    parents = [UUID(int=1000 + number) for number in range(5)]
    with vault.transaction() as transaction:
        for number, parent in enumerate(parents):
            transaction.insert(UUID(int=2000 + number), "key_version", parent, b"\x80", b"m")
            transaction.insert(UUID(int=3000 + number), "binding", parent, b"\x80", None)
    found = list(vault.records.children_of(parents, "key_version"))
    assert {record.parent: record.row_id.int for record in found} == {
        parent: 2000 + number for number, parent in enumerate(parents)
    }
    assert [record.row_id.int for record in vault.records.children(parents[1], "binding")] == [3001]


def test_several_records_come_at_once_without_those_that_are_not_there(
    vaults: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultapp.store.records._PARENTS_AT_ONCE", 2)
    vault = vaults.filled(5)
    wanted = [UUID(int=1000 + number) for number in (4, 0, 7, 2)]
    found = {record.row_id: record for record in vault.records.several(wanted)}
    assert set(found) == {UUID(int=1000 + number) for number in (0, 2, 4)}
    assert all(found[row_id] == vault.records.get(row_id) for row_id in found)
    assert list(vault.records.several(())) == []


def test_a_parent_goes_after_its_children(vaults: Any) -> None:
    vault = vaults.filled()
    with vault.transaction() as transaction:
        transaction.insert(UUID(int=50), "key_version", KEY, b"\x80", None)
    with pytest.raises(ValueError, match="schema"), vault.transaction() as transaction:
        transaction.delete(KEY)
    with vault.transaction() as transaction:
        transaction.delete(UUID(int=50))
        transaction.delete(KEY)
    assert vault.check(WorkContext()).rows == 2


def test_a_record_shows_nothing_of_itself(vaults: Any) -> None:
    record = vaults.filled().records.get(KEY)
    assert repr(record) == "Record(key 00000000-0000-0000-0000-0000000003e8 revision 1)"


def test_a_row_that_was_moved_before_all_others_is_listed(vaults: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultapp.store.records._ROWS_AT_ONCE", 2)
    vault = vaults.filled(5)
    with vault._database.transaction() as db:
        db.execute("UPDATE records SET rowid = -rowid WHERE id = ?", [OTHER.bytes])
    assert [record.row_id.int for record in vault.records.of_kind("key")] == [1001, 1000, 1002, 1003, 1004]
    with pytest.raises(VaultTampered):
        vault.check(WorkContext())
