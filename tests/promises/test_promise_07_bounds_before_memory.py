"""Promise 7: parameters outside floor and ceiling are refused before memory is taken, with their own message."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.given_vault import PASSPHRASE, GivenVault, secret
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import OutOfBounds
from vaultapp.core.work import WorkContext
from vaultapp.crypto import kdf
from vaultapp.formats.recovery_words import words_of

WORDS = words_of(bytes(range(32)))
HOSTILE: list[tuple[dict[str, object], str]] = [
    ({"memory_kib": 8}, "kdf_memory"),
    ({"memory_kib": 65_535}, "kdf_memory"),
    ({"memory_kib": 4 * 1024 * 1024 + 1}, "kdf_memory"),
    ({"memory_kib": 2**32 - 1}, "kdf_memory"),
    ({"memory_kib": -1}, "kdf_memory"),
    ({"passes": 0}, "kdf_passes"),
    ({"passes": 2**31}, "kdf_passes"),
    ({"lanes": 0}, "kdf_lanes"),
    ({"lanes": 255}, "kdf_lanes"),
    ({"memory_kib": 4 * 1024 * 1024, "passes": 17}, "kdf_work"),
    ({"salt": b""}, "kdf_salt"),
    ({"salt": bytes(1024)}, "kdf_salt"),
]


@pytest.fixture
def given(tmp_path: Path) -> Iterator[GivenVault]:
    found = GivenVault(tmp_path)
    yield found
    found.close()


def spoil(path: Path, changed: dict[str, object]) -> None:
    """Write other parameters into the passphrase's slot, as somebody does who can write the file."""
    connection = sqlite3.connect(path)
    with connection:
        for slot_id, packed in connection.execute("SELECT id, parameters FROM slots").fetchall():
            fields = msgspec.msgpack.decode(packed)
            if fields["kinds"] == ["passphrase"]:
                fields["argon2"] |= changed
                row = (msgspec.msgpack.encode(fields), slot_id)
                connection.execute("UPDATE slots SET parameters = ? WHERE id = ?", row)
    connection.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    given = GivenVault(tmp_path_factory.mktemp("made"))
    given.created(words=WORDS).close()
    return given.path.read_bytes()


@pytest.mark.parametrize(("changed", "field"), HOSTILE, ids=[str(changed)[:40] for changed, _ in HOSTILE])
def test_promise_07_a_hostile_slot_is_refused_before_any_memory_is_taken(
    given: GivenVault, made: bytes, monkeypatch: pytest.MonkeyPatch, changed: dict[str, object], field: str
) -> None:
    given.path.parent.mkdir(parents=True)
    given.path.write_bytes(made)
    spoil(given.path, changed)
    monkeypatch.setattr(kdf, "hash_secret_raw", lambda *_: pytest.fail("Argon2id was called"))
    keeper = given.keeper()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(OutOfBounds) as caught:
        keeper.unlock(secret(PASSPHRASE), WorkContext())
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{changed}: {caught.value}, {grown} KiB")
    assert caught.value.code == "out_of_bounds"
    assert caught.value.facts["field"] == field
    assert grown < 32 * 1024
    assert keeper.base_status().state is VaultState.LOCKED
    # The recovery words do not lead past a slot that somebody made weaker.
    with pytest.raises(OutOfBounds):
        keeper.unlock_with_words(secret(WORDS), secret("new"), WorkContext())


def test_promise_07_a_refusal_is_no_wrong_passphrase(given: GivenVault, made: bytes) -> None:
    given.path.parent.mkdir(parents=True)
    given.path.write_bytes(made)
    spoil(given.path, {"memory_kib": 8})
    keeper = given.keeper()
    for _ in range(4):
        with pytest.raises(OutOfBounds):
            keeper.unlock(secret(PASSPHRASE), WorkContext())
    assert keeper.base_status().retry_after == 0


def test_promise_07_a_backup_with_hostile_parameters_is_not_restored(
    given: GivenVault, made: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "hostile.vault"
    source.write_bytes(made)
    spoil(source, {"memory_kib": 2**32 - 1})
    monkeypatch.setattr(kdf, "hash_secret_raw", lambda *_: pytest.fail("Argon2id was called"))
    with pytest.raises(OutOfBounds):
        given.service(given.keeper()).restore(bytes(source), secret(PASSPHRASE), WorkContext())
    assert not given.path.exists()
