from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from vaultapp.core.errors import (
    VaultOlder,
    VaultTampered,
)
from vaultapp.core.work import WorkContext
from vaultapp.store.vault_file import CheckReport

KEY = UUID(int=1000)


class TestOlder:
    def test_an_older_copy_is_said_and_can_be_accepted(self, vaults: Any) -> None:
        vaults.filled().close()
        older = vaults.path.read_bytes()
        vault = vaults.open()
        with vault.transaction() as transaction:
            transaction.delete(KEY)
        vault.close()
        vaults.path.write_bytes(older)
        with pytest.raises(VaultOlder) as caught:
            vaults.open()
        assert caught.value.facts == {"seen": 3, "found": 2, "fork": 0}
        accepted = vaults.open(accept_older=True)
        assert accepted.accepted_older
        assert accepted.rows == 3
        accepted.close()
        assert not vaults.open().accepted_older

    def test_a_fork_is_said(self, vaults: Any) -> None:
        vaults.filled().close()
        common, memory = vaults.path.read_bytes(), (vaults.state / f"{vaults.vault_id}.epoch").read_bytes()
        vault = vaults.open()
        vault.activity.record(vaults.entry("here"))
        vault.close()
        seen = (vaults.state / f"{vaults.vault_id}.epoch").read_bytes()
        vaults.path.write_bytes(common)
        (vaults.state / f"{vaults.vault_id}.epoch").write_bytes(memory)
        elsewhere = vaults.open()
        for action in ("there", "there again"):
            elsewhere.activity.record(vaults.entry(action))
        elsewhere.close()
        (vaults.state / f"{vaults.vault_id}.epoch").write_bytes(seen)
        with pytest.raises(VaultOlder) as caught:
            vaults.open()
        assert caught.value.facts == {"seen": 3, "found": 4, "fork": 1}

    def test_a_newer_copy_of_the_same_line_is_welcome(self, vaults: Any) -> None:
        vaults.filled().close()
        memory = (vaults.state / f"{vaults.vault_id}.epoch").read_bytes()
        vault = vaults.open()
        vault.activity.record(vaults.entry("elsewhere"))
        vault.close()
        (vaults.state / f"{vaults.vault_id}.epoch").write_bytes(memory)
        assert vaults.open().epoch == 3


class TestLargeVault:
    def test_writes_wait_for_the_check_and_make_it_themselves(self, vaults: Any) -> None:
        vaults.filled().close()
        vault = vaults.open(checked_at_opening=1)
        assert vault.check_state == "pending"
        with vault.transaction() as transaction:
            transaction.delete(KEY)
        assert vault.check_state == "sound"

    def test_the_check_in_the_background_tells_its_outcome(self, vaults: Any) -> None:
        vaults.filled().close()
        vault = vaults.open(checked_at_opening=1)
        told: list[object] = []
        done = threading.Event()
        vault.check_in_background(lambda outcome: (told.append(outcome), done.set())[0])
        assert done.wait(20)
        assert told == [CheckReport(3, 1, 2)]
        assert vault.is_checked

    def test_a_failed_check_refuses_writes_and_exports_but_not_reading(
        self, vaults: Any, tampered: Callable[[str], None]
    ) -> None:
        vaults.filled().close()
        tampered("DELETE FROM records WHERE id = (SELECT max(id) FROM records)")
        vault = vaults.open(checked_at_opening=1)
        told: list[object] = []
        done = threading.Event()
        vault.check_in_background(lambda outcome: (told.append(outcome), done.set())[0])
        assert done.wait(20)
        assert isinstance(told[0], VaultTampered)
        assert vault.check_state == "failed"
        for act in (vault.wait_checked, lambda: vault.activity.record(vaults.entry()), vault.transaction().__enter__):
            with pytest.raises(VaultTampered):
                act()
        assert vault.records.secret(KEY) == b"secret 0"

    def test_a_row_out_of_its_place_is_said_at_once(self, vaults: Any, tampered: Callable[[str], None]) -> None:
        vaults.filled().close()
        tampered("UPDATE records SET rowid = -1 WHERE rowid = 2")
        with pytest.raises(VaultTampered):
            vaults.open(checked_at_opening=1)

    def test_a_cancelled_check_is_made_again(self, vaults: Any) -> None:
        vaults.filled().close()
        vault = vaults.open(checked_at_opening=1)
        work: WorkContext[None] = WorkContext()
        work.cancel()
        with pytest.raises(Exception, match="cancelled"):
            vault.check(work)
        assert vault.check_state == "pending"
        vault.wait_checked()

    def test_closing_ends_the_check_and_its_thread(self, vaults: Any) -> None:
        vaults.filled().close()
        vault = vaults.open(checked_at_opening=1)
        vault.check_in_background(lambda outcome: None)
        vault.close()
        assert [thread.name for thread in threading.enumerate() if thread.name == "vault-check"] == []
