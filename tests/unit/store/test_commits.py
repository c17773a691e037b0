"""What a failed commit leaves: the file and the memory never differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from vaultapp.core.errors import HostError
from vaultapp.core.work import WorkContext

KEY = UUID(int=1000)


def delete(vault: Any, row_id: UUID) -> None:
    with vault.transaction() as transaction:
        transaction.delete(row_id)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the next commits of a vault fail, before or after they happened."""

    def prepare(vault: Any, *, happened: list[bool]) -> None:
        commit = vault._database.commit

        def fails() -> None:
            if not happened:
                commit()
                return
            if happened.pop(0):
                commit()
            raise HostError(reason="io")

        monkeypatch.setattr(vault._database, "commit", fails)

    return prepare


def test_a_commit_that_did_not_happen_leaves_the_old_state(vaults: Any, failing: Callable[..., None]) -> None:
    vault = vaults.filled()
    failing(vault, happened=[False])
    with pytest.raises(HostError):
        delete(vault, KEY)
    assert (vault.rows, vault.epoch) == (3, 2)
    delete(vault, UUID(int=1001))
    assert vault.check(WorkContext()).rows == 2


def test_a_commit_that_happened_all_the_same_is_kept(vaults: Any, failing: Callable[..., None]) -> None:
    vault = vaults.filled()
    failing(vault, happened=[True])
    delete(vault, KEY)
    assert (vault.rows, vault.epoch) == (2, 4)
    delete(vault, UUID(int=1001))
    assert vault.check(WorkContext()).rows == 1


def test_when_only_the_disk_knows_nothing_more_is_written(vaults: Any, failing: Callable[..., None]) -> None:
    vault = vaults.filled()
    failing(vault, happened=[True, False])
    with pytest.raises(HostError) as caught:
        delete(vault, KEY)
    assert caught.value.facts == {"reason": "io"}
    with pytest.raises(HostError) as caught:
        delete(vault, UUID(int=1001))
    assert caught.value.facts["reason"] == "uncertain"
    vault.close()
    assert vaults.open().check(WorkContext()).rows == 2


def test_a_file_that_cannot_be_read_after_a_failure_is_left_alone(
    vaults: Any, failing: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = vaults.filled()
    failing(vault, happened=[False])

    def fails() -> None:
        raise HostError(reason="gone")

    with monkeypatch.context() as during:
        during.setattr(vault._commits, "_read", fails)
        with pytest.raises(HostError) as caught:
            delete(vault, KEY)
    assert caught.value.facts == {"reason": "io"}
    with pytest.raises(HostError) as caught:
        delete(vault, KEY)
    assert caught.value.facts["reason"] == "uncertain"


def test_a_swallowed_failure_that_undid_the_transaction_commits_nothing(vaults: Any) -> None:
    vault = vaults.filled()
    before = vault.path.read_bytes()

    def swallowed() -> None:
        with vault.transaction() as transaction:
            transaction.delete(KEY)
            transaction._db.conn.execute("ROLLBACK")
            transaction.delete(UUID(int=1001))

    with pytest.raises(HostError):
        swallowed()
    assert vault.path.read_bytes() == before
    assert vault.check(WorkContext()).rows == 3


def test_epochs_count_commits(vaults: Any) -> None:
    vault = vaults.filled()
    for expected in (3, 4, 5):
        vault.activity.record(vaults.entry())
        assert vault.epoch == expected
