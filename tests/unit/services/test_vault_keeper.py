from __future__ import annotations

import os
import shutil
import threading
from typing import Any

import msgspec
import pytest
from argon2.low_level import hash_secret_raw

from tests.given_vault import COST, MICROS, PASSPHRASE, WINDOW, GivenVault, actions, log, secret
from vaultapp.contracts.keys import KeysChanged, NewKey
from vaultapp.contracts.vault import NewVault, VaultChecked, VaultStatus, VaultUnlocked
from vaultapp.contracts.vault_state import SlotKind, VaultState
from vaultapp.core.errors import (
    HostError,
    InvalidValue,
    OperationCancelled,
    TooManyAttempts,
    VaultLocked,
    VaultMissing,
    VaultOlder,
    VaultTampered,
    WordsMistyped,
    WordsOfAnotherVault,
    WrongPassphrase,
)
from vaultapp.core.work import WorkContext
from vaultapp.crypto import kdf
from vaultapp.formats.recovery_words import words_of
from vaultapp.services.vault_keeper import VaultKeeper
from vaultapp.store.vault_file import OpenVault

WORDS = words_of(bytes(range(32)))


def test_without_a_file_the_vault_is_missing(given: GivenVault) -> None:
    keeper = given.keeper()
    status = keeper.base_status()
    assert (status.state, status.vault_id, status.slot_kinds, status.checked) == (VaultState.MISSING, None, (), "")
    assert (status.path, status.name, status.pid) == (bytes(given.path), "personal", os.getpid())
    for use in (lambda: keeper.unlocked, lambda: keeper.vault, lambda: keeper.keys, lambda: keeper.unlocked.ring):
        with pytest.raises(VaultLocked):
            use()
    with pytest.raises(VaultMissing):
        keeper.unlock(secret("x"), WorkContext())
    with pytest.raises(VaultLocked):
        keeper.admit(secret("x"))


def test_unlocking_gives_back_what_was_there(given: GivenVault) -> None:
    first = given.created(words=WORDS, first_key="Personal")
    vault_id = first.vault.vault_id
    first.close()
    keeper = given.keeper()
    locked = keeper.base_status()
    assert (locked.state, locked.vault_id, locked.checked) == (VaultState.LOCKED, vault_id, "")
    assert locked.slot_kinds == (SlotKind.PASSPHRASE, SlotKind.RECOVERY_WORDS)
    told = given.heard(VaultUnlocked)
    keeper.unlock(secret(PASSPHRASE), WorkContext(), actor=WINDOW)
    assert told == [VaultUnlocked()]
    assert keeper.keys.resolve("Personal")
    assert keeper.base_status() == msgspec.structs.replace(locked, state=VaultState.UNLOCKED, checked="sound")
    assert "vault.unlock" in actions(keeper.unlocked)


def test_a_wrong_passphrase_opens_nothing_and_is_told_of_after_the_right_one(given: GivenVault) -> None:
    given.created().close()
    keeper = given.keeper()
    told = given.heard(VaultUnlocked)
    for _ in range(2):
        with pytest.raises(WrongPassphrase):
            keeper.unlock(secret("wrong"), WorkContext())
    assert keeper.base_status().state is VaultState.LOCKED
    assert told == []
    keeper.unlock(secret(PASSPHRASE), WorkContext())
    (entry,) = [entry for entry in log(keeper.unlocked) if entry.action == "vault.unlock"]
    assert entry.facts == {"failed": 2}


def test_after_wrong_ones_the_next_waits_without_deriving_a_key(
    given: GivenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    given.created().close()
    keeper = given.keeper()
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            keeper.unlock(secret("wrong"), WorkContext())
    assert keeper.base_status().retry_after == 1
    with monkeypatch.context() as patch:
        patch.setattr(kdf, "hash_secret_raw", lambda *_: pytest.fail("a key was derived"))
        with pytest.raises(TooManyAttempts) as caught:
            keeper.unlock(secret(PASSPHRASE), WorkContext())
    assert caught.value.facts == {"seconds": 1}
    assert caught.value.retryable
    given.clock.forward(seconds=1)
    assert keeper.base_status().retry_after == 0
    keeper.unlock(secret(PASSPHRASE), WorkContext())


def test_another_terminal_is_admitted_by_the_passphrase_under_the_same_rule(given: GivenVault) -> None:
    keeper = given.created(words=WORDS)
    assert keeper.admit(secret(PASSPHRASE)) == keeper.slot_changes(WINDOW).records()[0].slot_id
    told = given.heard(VaultUnlocked)
    keeper.unlock(secret(PASSPHRASE), WorkContext())
    for attempt in (keeper.admit, keeper.admit, lambda wrong: keeper.unlock(wrong, WorkContext())):
        with pytest.raises(WrongPassphrase):
            attempt(secret("wrong"))
    with pytest.raises(TooManyAttempts):
        keeper.admit(secret(PASSPHRASE))
    with pytest.raises(TooManyAttempts):
        keeper.unlock(secret(PASSPHRASE), WorkContext())
    assert keeper.base_status().state is VaultState.UNLOCKED
    assert told == []
    assert [entry.outcome for entry in log(keeper.unlocked) if entry.action == "vault.admit"] == [
        "ok",
        "wrong_passphrase",
        "wrong_passphrase",
        "wrong_passphrase",
    ]


def test_the_words_open_the_vault_and_set_a_new_passphrase(given: GivenVault) -> None:
    given.created(words=WORDS, first_key="Personal").close()
    keeper = given.keeper()
    keeper.unlock_with_words(secret(WORDS.upper()), secret("brand new"), WorkContext(), actor=WINDOW)
    assert keeper.keys.resolve("Personal")
    assert [entry.facts for entry in log(keeper.unlocked) if entry.action == "vault.unlock"] == [
        {"by": "recovery_words"}
    ]
    assert "passphrase.reset" in actions(keeper.unlocked)
    keeper.close()
    with pytest.raises(WrongPassphrase):
        given.keeper().unlock(secret(PASSPHRASE), WorkContext())
    again = given.unlocked("brand new")
    assert [slot.cost for slot in again.slot_changes(WINDOW).records() if slot.kind is SlotKind.PASSPHRASE] == [COST]


def test_words_also_reset_the_passphrase_of_an_open_vault(given: GivenVault) -> None:
    keeper = given.created(words=WORDS)
    keeper.unlock_with_words(secret(WORDS), secret("brand new"), WorkContext())
    with pytest.raises(WrongPassphrase):
        keeper.admit(secret(PASSPHRASE))
    keeper.admit(secret("brand new"))


def test_wrong_words_change_nothing(given: GivenVault) -> None:
    given.created(words=WORDS).close()
    before = given.path.read_bytes()
    keeper = given.keeper()
    mistyped = " ".join(["zoo", *WORDS.split()[1:]])
    with pytest.raises(WordsMistyped):
        keeper.unlock_with_words(secret(mistyped), secret("new"), WorkContext())
    with pytest.raises(WordsOfAnotherVault):
        keeper.unlock_with_words(secret(words_of(bytes(32))), secret("new"), WorkContext())
    with pytest.raises(InvalidValue):
        keeper.unlock_with_words(secret(WORDS), bytearray(), WorkContext())
    assert keeper.base_status().state is VaultState.LOCKED
    assert given.path.read_bytes() == before


def test_a_passphrase_that_could_not_be_set_leaves_the_vault_locked(
    given: GivenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    given.created(words=WORDS).close()
    keeper = given.keeper()

    def full(self: OpenVault) -> None:
        raise HostError(reason="full")

    with monkeypatch.context() as patch:
        patch.setattr(OpenVault, "transaction", full)
        with pytest.raises(HostError):
            keeper.unlock_with_words(secret(WORDS), secret("new"), WorkContext())
    assert keeper.base_status().state is VaultState.LOCKED
    given.unlocked(PASSPHRASE)


def test_a_cancelled_unlock_derives_nothing(given: GivenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    given.created().close()
    monkeypatch.setattr(kdf, "hash_secret_raw", lambda *_: pytest.fail("a key was derived"))
    work: WorkContext[None] = WorkContext()
    work.cancel()
    keeper = given.keeper()
    with pytest.raises(OperationCancelled):
        keeper.unlock(secret(PASSPHRASE), work)
    assert keeper.base_status().state is VaultState.LOCKED


def test_status_answers_while_a_key_is_derived(given: GivenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    given.created().close()
    keeper = given.keeper()
    deriving, go_on = threading.Event(), threading.Event()

    def slow(*arguments: Any) -> bytes:
        deriving.set()
        assert go_on.wait(30)
        return hash_secret_raw(*arguments)

    monkeypatch.setattr(kdf, "hash_secret_raw", slow)
    thread = threading.Thread(target=lambda: keeper.unlock(secret(PASSPHRASE), WorkContext()))
    thread.start()
    seen: list[VaultStatus] = []
    try:
        assert deriving.wait(30)
        asking = threading.Thread(target=lambda: seen.append(keeper.base_status()))
        asking.start()
        asking.join(10)
    finally:
        go_on.set()
        thread.join()
    assert [(status.state, status.slot_kinds) for status in seen] == [(VaultState.UNLOCKING, (SlotKind.PASSPHRASE,))]
    assert keeper.base_status().state is VaultState.UNLOCKED


def test_of_two_who_unlock_at_once_both_come_in_and_one_opens(given: GivenVault) -> None:
    given.created().close()
    keeper = given.keeper()
    told = given.heard(VaultUnlocked)
    threads = [threading.Thread(target=lambda: keeper.unlock(secret(PASSPHRASE), WorkContext())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [VaultUnlocked()]
    assert keeper.wait_settled(30)
    assert actions(keeper.unlocked).count("vault.unlock") == 1


def test_a_large_vault_is_checked_in_the_background(given: GivenVault) -> None:
    first = given.created()
    for number in range(10):
        given.keys(first.unlocked).create(NewKey(f"key {number}", rotation_days=1))
    first.close()
    given.clock.forward(days=1)
    checked = given.heard(VaultChecked)
    keeper = given.unlocked(checked_at_opening=5)
    assert checked == [VaultChecked()]
    assert keeper.base_status().checked == "sound"
    assert {key.primary_number for key in given.keys(keeper.unlocked).list().keys} == {2}
    assert "vault.unlock" in actions(keeper.unlocked)


def test_a_large_vault_that_is_not_sound_is_told_and_never_written(given: GivenVault) -> None:
    first = given.created()
    for number in range(10):
        given.keys(first.unlocked).create(NewKey(f"key {number}", rotation_days=1))
    first.close()
    given.clock.forward(days=1)
    damage_a_record(given)
    before = given.path.read_bytes()
    told = given.heard(VaultChecked)
    changed = given.heard(KeysChanged)
    keeper = given.unlocked(checked_at_opening=5)
    assert [event.code for event in told] == ["vault_tampered"]
    assert keeper.base_status().checked == "failed"
    with pytest.raises(VaultTampered):
        given.keys(keeper.unlocked).create(NewKey("new"))
    with pytest.raises(VaultTampered):
        given.keys(keeper.unlocked).export("key 1")
    keeper.close()
    assert changed == []
    assert given.path.read_bytes() == before


def damage_a_record(given: GivenVault) -> None:
    """Cut the row of a secret out of the file's rows, as somebody with an editor for SQLite would."""
    import sqlite3

    connection = sqlite3.connect(given.path)
    with connection:
        connection.execute("UPDATE records SET secret = NULL WHERE rowid = (SELECT max(rowid) FROM records)")
    connection.close()


def test_a_small_vault_that_is_not_sound_is_not_opened(given: GivenVault) -> None:
    first = given.created(first_key="Personal")
    first.close()
    damage_a_record(given)
    keeper = given.keeper()
    with pytest.raises(VaultTampered):
        keeper.unlock(secret(PASSPHRASE), WorkContext())
    assert keeper.base_status().state is VaultState.LOCKED


def test_an_older_copy_is_opened_only_by_decision_and_its_wrap_counts_are_raised(given: GivenVault) -> None:
    first = given.created(first_key="Personal")
    first.close()
    older = given.path.with_suffix(".older")
    shutil.copyfile(given.path, older)
    second = given.unlocked()
    given.keys(second.unlocked).create(NewKey("Lost later"))
    second.close()
    older.rename(given.path)
    keeper = given.keeper()
    with pytest.raises(VaultOlder):
        keeper.unlock(secret(PASSPHRASE), WorkContext())
    assert keeper.base_status().state is VaultState.LOCKED
    keeper.unlock(secret(PASSPHRASE), WorkContext(), accept_older=True, actor=WINDOW)
    (key,) = given.keys(keeper.unlocked).list().keys
    assert (key.name, key.versions[0].wraps) == ("Personal", 2**20)
    assert "vault.accept_older" in actions(keeper.unlocked)
    keeper.close()
    (again,) = given.keys(given.unlocked().unlocked).list().keys
    assert again.versions[0].wraps == 2**20


def test_closing_writes_what_was_only_in_memory(given: GivenVault) -> None:
    keeper = given.created(first_key="Personal")
    given.clock.forward(seconds=7)
    keeper.unlocked.ring.primary("Personal", 0)
    keeper.close()
    keeper.close()
    assert keeper.base_status().state is VaultState.LOCKED
    with pytest.raises(VaultLocked):
        keeper.unlocked  # noqa: B018 - asking raises
    again = given.unlocked()
    (key,) = given.keys(again.unlocked).list().keys
    assert key.last_used == (1_800_000_000 + 7) * MICROS
    assert actions(again.unlocked)[-2:] == ["vault.lock", "vault.unlock"]


def test_a_closed_vault_holds_no_root_key(given: GivenVault) -> None:
    keeper = given.created()
    page = keeper.unlocked.root_key
    assert len(page.read()) == 32
    keeper.close()
    with pytest.raises(VaultLocked):
        page.read()


def test_a_locked_vault_is_never_written_by_looking_at_it(given: GivenVault) -> None:
    given.created().close()
    before = given.path.read_bytes(), sorted(os.listdir(given.path.parent))
    keeper = given.keeper()
    for _ in range(3):
        keeper.base_status()
    with pytest.raises(WrongPassphrase):
        keeper.unlock(secret("wrong"), WorkContext())
    assert (given.path.read_bytes(), sorted(os.listdir(given.path.parent))) == before


def test_after_a_failed_change_of_state_the_next_one_works(given: GivenVault) -> None:
    keeper: VaultKeeper = given.keeper()
    with pytest.raises(InvalidValue):
        keeper.create(NewVault(bytearray(), None, COST), WorkContext())
    keeper.create(NewVault(secret("pass"), None, COST), WorkContext())
    assert keeper.base_status().state is VaultState.UNLOCKED
