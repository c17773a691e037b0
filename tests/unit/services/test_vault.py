from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from uuid import UUID

import pytest

from tests.given_vault import COST, PASSPHRASE, GivenVault, actions, log, secret
from vaultapp.contracts.keys import NewKey
from vaultapp.contracts.vault import KdfCost, NewVault, SlotKind, VaultChecked, VaultState
from vaultapp.core.errors import (
    InvalidValue,
    LastSlot,
    NotAFile,
    NotFound,
    OperationCancelled,
    OutOfBounds,
    SourceIsTarget,
    SourceMissing,
    TooManyAttempts,
    VaultDamaged,
    VaultError,
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


class Restored:
    """A vault with a backup, and what was done after the backup."""

    def __init__(self, given: GivenVault, tmp_path: Path) -> None:
        keeper = given.created(first_key="Personal")
        keeper.ring.primary("Personal", 5)
        self.service = given.service(keeper)
        self.keeper = keeper
        self.copy = tmp_path / "copy.vault"
        self.service.backup(WorkContext(), bytes(self.copy))
        given.keys(keeper.unlocked).create(NewKey("Made later"))
        self.service.change_passphrase(secret(PASSPHRASE), secret("later"), WorkContext())


@pytest.fixture
def restored(given: GivenVault, tmp_path: Path) -> Restored:
    return Restored(given, tmp_path)


def names(given: GivenVault, passphrase: str) -> list[str]:
    keeper = given.unlocked(passphrase)
    return [key.name for key in given.keys(keeper.unlocked).list().keys]


def test_a_restore_puts_the_copy_in_place_and_keeps_what_it_replaces(given: GivenVault, restored: Restored) -> None:
    passphrase = secret(PASSPHRASE)
    report = restored.service.restore(bytes(restored.copy), passphrase, WorkContext())
    assert set(passphrase) == {0}
    assert report.path == bytes(given.path)
    kept = given.path.with_name("personal.replaced-20270115T080000Z.vault")
    assert report.kept == bytes(kept)
    assert restored.keeper.base_status().state is VaultState.LOCKED
    keeper = given.unlocked(PASSPHRASE)
    (key,) = given.keys(keeper.unlocked).list().keys
    assert (key.name, key.versions[0].wraps) == ("Personal", 1024 + 2**20)
    assert "vault.restore" in actions(keeper.unlocked)
    assert report.epoch < keeper.vault.epoch
    keeper.close()
    os.replace(kept, given.path)
    with pytest.raises(WrongPassphrase):
        given.keeper().unlock(secret(PASSPHRASE), WorkContext())
    assert [name for name in sorted(os.listdir(given.path.parent)) if not name.endswith("-journal")] == [
        "backups",
        "personal.vault",
    ]


def test_what_a_restore_replaced_can_be_restored_again(given: GivenVault, restored: Restored) -> None:
    report = restored.service.restore(bytes(restored.copy), secret(PASSPHRASE), WorkContext())
    assert report.kept is not None
    again = given.service(given.keeper())
    assert ("replaced", report.kept) in [(copy.kind, copy.path) for copy in again.backups()]
    again.restore(report.kept, secret("later"), WorkContext())
    assert names(given, "later") == ["Personal", "Made later"]


def test_a_restore_needs_neither_an_open_vault_nor_a_vault(given: GivenVault, restored: Restored) -> None:
    restored.keeper.close()
    shutil.rmtree(given.places.state)
    given.path.unlink()
    report = given.service(given.keeper()).restore(bytes(restored.copy), secret(PASSPHRASE), WorkContext())
    assert report.kept is None
    assert names(given, PASSPHRASE) == ["Personal"]


def test_a_restore_makes_the_folder_that_is_not_there(given: GivenVault, restored: Restored) -> None:
    restored.keeper.close()
    given.path = given.path.parent / "new" / "place.vault"
    given.service(given.keeper()).restore(bytes(restored.copy), secret(PASSPHRASE), WorkContext())
    assert names(given, PASSPHRASE) == ["Personal"]


def test_a_restore_that_is_refused_leaves_the_vault_open_and_as_it_was(
    given: GivenVault, restored: Restored, tmp_path: Path
) -> None:
    service, copy = restored.service, restored.copy
    damaged = tmp_path / "damaged.vault"
    data = bytearray(copy.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    damaged.write_bytes(data)
    tampered = tmp_path / "tampered.vault"
    shutil.copyfile(copy, tampered)
    connection = sqlite3.connect(tampered)
    with connection:
        connection.execute("UPDATE records SET secret = NULL WHERE secret IS NOT NULL")
    connection.close()
    text = tmp_path / "text.vault"
    text.write_text("not a vault" * 100)
    refused: list[tuple[bytes, str, tuple[type[Exception], ...]]] = [
        (bytes(copy), "later", (WrongPassphrase,)),
        (bytes(damaged), PASSPHRASE, (VaultDamaged, VaultTampered)),
        (bytes(tampered), PASSPHRASE, (VaultTampered,)),
        (bytes(text), PASSPHRASE, (VaultDamaged,)),
        (bytes(tmp_path / "nowhere"), PASSPHRASE, (SourceMissing,)),
        (bytes(tmp_path), PASSPHRASE, (NotAFile,)),
        (bytes(given.path), "later", (SourceIsTarget,)),
        (b"relative.vault", PASSPHRASE, (InvalidValue,)),
        (bytes(copy), "", (InvalidValue,)),
    ]
    before = given.path.read_bytes(), sorted(os.listdir(given.path.parent))
    for source, passphrase, errors in refused:
        with pytest.raises(errors):
            service.restore(source, secret(passphrase), WorkContext())
    assert restored.keeper.base_status().state is VaultState.UNLOCKED
    assert (given.path.read_bytes(), sorted(os.listdir(given.path.parent))) == before
    given.keys(restored.keeper.unlocked).create(NewKey("still writable"))


def test_a_cancelled_restore_leaves_the_vault_as_it_was(given: GivenVault, restored: Restored) -> None:
    work: WorkContext[None] = WorkContext(on_progress=lambda _done, _total: work.cancel())
    before = given.path.read_bytes(), sorted(os.listdir(given.path.parent))
    with pytest.raises(OperationCancelled):
        restored.service.restore(bytes(restored.copy), secret(PASSPHRASE), work)
    assert (given.path.read_bytes(), sorted(os.listdir(given.path.parent))) == before
    assert restored.keeper.base_status().state is VaultState.UNLOCKED


def test_the_source_of_a_restore_is_only_read(restored: Restored) -> None:
    os.chmod(restored.copy, 0o400)
    before = restored.copy.read_bytes(), restored.copy.stat()
    restored.service.restore(bytes(restored.copy), secret(PASSPHRASE), WorkContext())
    after = restored.copy.stat()
    assert restored.copy.read_bytes() == before[0]
    assert (after.st_mtime_ns, after.st_mode, after.st_ino) == (
        before[1].st_mtime_ns,
        before[1].st_mode,
        before[1].st_ino,
    )


def test_a_restored_epoch_is_what_is_remembered(given: GivenVault, restored: Restored) -> None:
    seen = restored.keeper.vault.epoch
    report = restored.service.restore(bytes(restored.copy), secret(PASSPHRASE), WorkContext())
    restored.keeper.close()
    assert report.epoch < seen
    # No VaultOlder, although a later state of this vault was seen.
    given.keeper().unlock(secret(PASSPHRASE), WorkContext())


def test_copies_are_found_when_the_vault_is_locked_damaged_or_gone(given: GivenVault) -> None:
    service = given.service(given.created())
    known = service.backups()
    assert len(known) == 2
    given.close()
    assert given.service(given.keeper()).backups() == known
    given.path.write_bytes(b"no vault any more")
    assert given.service(given.keeper()).backups() == known
    given.path.unlink()
    (given.places.data / "backups" / "something else").mkdir()
    assert given.service(given.keeper()).backups() == known


def test_a_copys_passphrase_does_not_end_the_wait_after_wrong_ones_of_the_vault(
    given: GivenVault, tmp_path: Path
) -> None:
    service = given.service(given.created())
    copy = tmp_path / "copy.vault"
    service.backup(WorkContext(), bytes(copy))
    given.close()
    service = given.service(given.keeper())
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            service.unlock(secret("wrong"), WorkContext())
    copy.write_bytes(copy.read_bytes()[:-4096])
    with pytest.raises(VaultError):
        service.restore(bytes(copy), secret(PASSPHRASE), WorkContext())
    with pytest.raises(TooManyAttempts):
        service.unlock(secret(PASSPHRASE), WorkContext())


def test_wrong_passphrases_of_copies_have_a_wait_of_their_own(given: GivenVault, tmp_path: Path) -> None:
    service = given.service(given.created())
    copy = tmp_path / "copy.vault"
    service.backup(WorkContext(), bytes(copy))
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            service.restore(bytes(copy), secret("wrong"), WorkContext())
    with pytest.raises(TooManyAttempts):
        service.restore(bytes(copy), secret(PASSPHRASE), WorkContext())
    service.unlock(secret(PASSPHRASE), WorkContext())
