from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

import pytest

from tests.given_vault import GivenVault
from vaultapp.contracts.keys import NewKey
from vaultapp.core.errors import OperationCancelled, VaultTampered
from vaultapp.core.work import WorkContext
from vaultapp.formats.recovery_words import words_of
from vaultapp.services.recovery_drill import RecoveryDrill
from vaultapp.services.slots import SlotMaker
from vaultapp.services.unlocked import UnlockedVault

ENTROPY = bytes(range(32))


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "scratch"
    found.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(found))
    return found


def words_slot(given: GivenVault, unlocked: UnlockedVault, root_key: bytes) -> None:
    slot = SlotMaker(unlocked.vault.vault_id, given.clock, given.random).for_words(root_key, bytearray(ENTROPY))
    with unlocked.vault.transaction() as transaction:
        transaction.put_slot(slot)
        transaction.remove_slot(UUID(int=1))


def drill(given: GivenVault, unlocked: UnlockedVault, work: WorkContext[None]) -> tuple[int, int]:
    words = bytearray(words_of(ENTROPY), "ascii")
    outcome = RecoveryDrill(given.clock, given.random).run(unlocked.vault, words, work)
    return outcome.keys, outcome.rows


def test_the_copy_is_opened_by_what_the_words_gave(given: GivenVault, unlocked: UnlockedVault, scratch: Path) -> None:
    given.keys(unlocked).create(NewKey("Payroll"))
    words_slot(given, unlocked, unlocked.root_key.read())
    assert drill(given, unlocked, WorkContext()) == (1, 2)
    assert os.listdir(scratch) == []


def test_a_slot_that_wraps_another_key_fails_the_drill(
    given: GivenVault, unlocked: UnlockedVault, scratch: Path
) -> None:
    words_slot(given, unlocked, bytes(32))
    with pytest.raises(VaultTampered):
        drill(given, unlocked, WorkContext())
    assert os.listdir(scratch) == []


def test_a_cancelled_drill_leaves_no_copy(given: GivenVault, unlocked: UnlockedVault, scratch: Path) -> None:
    words_slot(given, unlocked, unlocked.root_key.read())
    work: WorkContext[None] = WorkContext()
    work.cancel()
    with pytest.raises(OperationCancelled):
        drill(given, unlocked, work)
    assert os.listdir(scratch) == []
