from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from uuid import UUID

import pytest

from tests.given_vault import COST, PASSPHRASE, GivenVault, actions, log, secret
from vaultapp.contracts.vault import KdfCost, NewVault, VaultChecked
from vaultapp.contracts.vault_state import SlotKind, VaultState
from vaultapp.core.errors import (
    InvalidValue,
    LastSlot,
    NotFound,
    OperationCancelled,
    OutOfBounds,
    VaultLocked,
    VaultTampered,
    WordsMistyped,
    WordsOfAnotherVault,
    WrongPassphrase,
)
from vaultapp.core.work import WorkContext
from vaultapp.crypto.kdf import Argon2Parameters
from vaultapp.formats.recovery_words import entropy_of, words_of
from vaultapp.services import slot_changes

WORDS = words_of(bytes(range(32)))

OTHER_WORDS = words_of(bytes(range(1, 33)))


def test_everything_but_opening_needs_an_open_vault(given: GivenVault) -> None:
    given.created(words=WORDS).close()
    service = given.service(given.keeper())
    for use in (
        service.slots,
        service.new_words,
        lambda: service.remove_slot(UUID(int=1)),
        lambda: service.change_passphrase(secret("a"), secret("b"), WorkContext()),
        lambda: service.drill(secret(WORDS), WorkContext()),
        lambda: service.backup(WorkContext()),
        lambda: service.verify(WorkContext()),
    ):
        with pytest.raises(VaultLocked):
            use()
    assert len(service.backups()) == 2


def test_suggested_words_are_sound_and_new_each_time(given: GivenVault) -> None:
    service = given.service(given.keeper())
    suggested = {service.suggest_words() for _ in range(5)}
    assert len(suggested) == 5
    assert {len(words.split()) for words in suggested} == {24}
    assert {len(entropy_of(words)) for words in suggested} == {32}


def test_calibration_answers_with_a_cost(given: GivenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Argon2Parameters(131072, 3, 2, bytes(16)), 987
    monkeypatch.setattr(slot_changes, "calibrate", lambda _clock, _random: found)
    assert given.service(given.keeper()).calibrate(WorkContext()) == KdfCost(131072, 3, 2, 987)


def test_create_and_unlock_answer_with_the_status(given: GivenVault) -> None:
    service = given.service(given.keeper())
    status = service.create(NewVault(secret(PASSPHRASE), None, COST, "Personal"), WorkContext())
    assert status.state is VaultState.UNLOCKED
    given.close()
    again = given.service(given.keeper())
    assert again.unlock(secret(PASSPHRASE), WorkContext()).vault_id == status.vault_id


def test_a_changed_passphrase_replaces_the_old_one_and_rewrites_no_record(given: GivenVault) -> None:
    keeper = given.created(words=WORDS, first_key="Personal")
    service = given.service(keeper)
    before = records(given.path)
    old, new = secret(PASSPHRASE), secret("Pfeife n\u0303")
    service.change_passphrase(old, new, WorkContext())
    assert (set(old), set(new)) == ({0}, {0})
    assert records(given.path) == before
    assert [(slot.kind, slot.cost) for slot in service.slots()] == [
        (SlotKind.RECOVERY_WORDS, None),
        (SlotKind.PASSPHRASE, COST),
    ]
    with pytest.raises(WrongPassphrase):
        keeper.admit(secret(PASSPHRASE))
    keeper.admit(secret("Pfeife \u00f1"))
    assert actions(keeper.unlocked)[-2:] == ["passphrase.change", "vault.admit"]


def records(path: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        return connection.execute("SELECT * FROM records ORDER BY id").fetchall()
    finally:
        connection.close()


def test_a_passphrase_changes_to_another_cost(given: GivenVault) -> None:
    service = given.service(given.created())
    dearer = KdfCost(65536, 2, 1)
    service.change_passphrase(secret(PASSPHRASE), secret("new"), WorkContext(), dearer)
    assert [slot.cost for slot in service.slots()] == [dearer]
    with pytest.raises(OutOfBounds):
        service.change_passphrase(secret("new"), secret("newer"), WorkContext(), KdfCost(1, 1, 1))
    assert [slot.cost for slot in service.slots()] == [dearer]


def test_a_passphrase_is_not_changed_without_the_old_one(given: GivenVault) -> None:
    keeper = given.created()
    service = given.service(keeper)
    slots = service.slots()
    with pytest.raises(WrongPassphrase):
        service.change_passphrase(secret("wrong"), secret("new"), WorkContext())
    with pytest.raises(InvalidValue):
        service.change_passphrase(secret(PASSPHRASE), bytearray(), WorkContext())
    cancelled: WorkContext[None] = WorkContext()
    cancelled.cancel()
    with pytest.raises(OperationCancelled):
        service.change_passphrase(secret(PASSPHRASE), secret("new"), cancelled)
    assert service.slots() == slots
    keeper.admit(secret(PASSPHRASE))


def test_new_words_replace_the_old_ones(given: GivenVault) -> None:
    keeper = given.created(words=WORDS)
    service = given.service(keeper)
    fresh = service.new_words()
    assert fresh != WORDS
    service.drill(secret(fresh), WorkContext())
    with pytest.raises(WordsOfAnotherVault):
        service.drill(secret(WORDS), WorkContext())
    assert len(service.slots()) == 2
    chosen = secret(OTHER_WORDS.upper())
    assert service.new_words(chosen) == OTHER_WORDS
    assert set(chosen) == {0}
    keeper.close()
    given.keeper().unlock_with_words(secret(OTHER_WORDS), secret("new"), WorkContext())


def test_words_that_are_mistyped_replace_nothing(given: GivenVault) -> None:
    service = given.service(given.created(words=WORDS))
    with pytest.raises(WordsMistyped):
        service.new_words(secret(" ".join(["zoo", *WORDS.split()[1:]])))
    service.drill(secret(WORDS), WorkContext())


def test_words_can_be_added_to_a_vault_without_and_are_shown_by_its_status(given: GivenVault) -> None:
    keeper = given.created()
    assert keeper.base_status().slot_kinds == (SlotKind.PASSPHRASE,)
    given.service(keeper).new_words()
    assert keeper.base_status().slot_kinds == (SlotKind.PASSPHRASE, SlotKind.RECOVERY_WORDS)


def test_a_slot_is_removed_but_never_the_last(given: GivenVault) -> None:
    keeper = given.created(words=WORDS)
    service = given.service(keeper)
    passphrase, words = service.slots()
    with pytest.raises(NotFound):
        service.remove_slot(UUID(int=1))
    service.remove_slot(words.slot_id)
    assert service.slots() == (passphrase,)
    assert keeper.base_status().slot_kinds == (SlotKind.PASSPHRASE,)
    last = log(keeper.unlocked)[-1]
    assert (last.action, last.subject) == ("slot.remove", "recovery_words")
    epoch = keeper.vault.epoch
    with pytest.raises(LastSlot):
        service.remove_slot(passphrase.slot_id)
    assert keeper.vault.epoch == epoch
    keeper.admit(secret(PASSPHRASE))


def test_a_drill_reads_a_copy_whole_and_leaves_nothing(
    given: GivenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    keeper = given.created(words=WORDS, first_key="Personal")
    service = given.service(keeper)
    outcome = service.drill(secret(WORDS), WorkContext())
    assert (outcome.keys, outcome.rows) == (1, 2)
    assert outcome.slot_id == next(slot.slot_id for slot in service.slots() if slot.kind is SlotKind.RECOVERY_WORDS)
    assert os.listdir(scratch) == []
    with pytest.raises(WordsMistyped):
        service.drill(secret("zoo"), WorkContext())
    assert os.listdir(scratch) == []
    assert [(entry.action, entry.outcome) for entry in log(keeper.unlocked)[-2:]] == [
        ("recovery.drill", "ok"),
        ("recovery.drill", "words_mistyped"),
    ]


def test_backups_are_made_listed_and_logged(given: GivenVault, tmp_path: Path) -> None:
    keeper = given.created()
    service = given.service(keeper)
    made = service.backup(WorkContext())
    assert made.kind == "daily"
    assert made in service.backups()
    assert service.backup(WorkContext(), bytes(tmp_path / "copy.vault")).path == bytes(tmp_path / "copy.vault")
    assert [entry.actor.role for entry in log(keeper.unlocked)[-2:]] == ["window", "window"]


def test_verify_counts_what_it_looked_at(given: GivenVault) -> None:
    keeper = given.created(first_key="Personal")
    entries, epoch = len(log(keeper.unlocked)), keeper.vault.epoch
    report = given.service(keeper).verify(WorkContext())
    assert (report.rows, report.keys, report.activity_entries, report.epoch) == (2, 1, entries, epoch)
    assert actions(keeper.unlocked)[-1] == "vault.verify"


def test_verify_finds_what_was_changed_beneath_and_tells_everybody(
    given: GivenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = given.created(first_key="Personal")
    told = given.heard(VaultChecked)
    problem = VaultTampered(reason="rows_missing")

    def tampered(_work: object) -> None:
        raise problem

    monkeypatch.setattr(keeper.vault, "check", tampered)
    with pytest.raises(VaultTampered):
        given.service(keeper).verify(WorkContext())
    assert told == [VaultChecked("vault_tampered", {"reason": "rows_missing"})]
