from __future__ import annotations

import hashlib
import hmac
import struct
from uuid import UUID

import msgspec
import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.given_vault import COST, GivenClock, secret
from vaultapp.contracts.vault import KdfCost
from vaultapp.contracts.vault_state import SlotKind
from vaultapp.core.errors import (
    NoSuchSlot,
    OutOfBounds,
    VaultDamaged,
    VaultTampered,
    WordsMistyped,
    WordsOfAnotherVault,
    WrongPassphrase,
)
from vaultapp.crypto import kdf
from vaultapp.crypto.random import SystemRandom
from vaultapp.formats.recovery_words import words_of
from vaultapp.services.slots import SlotMaker, open_with_passphrase, open_with_words, slot_key, slot_records
from vaultapp.store.vault_file import SlotRow

VAULT_ID = UUID("11111111-2222-4333-8444-555555555555")
ROOT_KEY = bytes(range(100, 132))
ENTROPY = bytes(range(32))


def joined(*parts: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def hkdf_sha512(ikm: bytes, salt: bytes, info: bytes) -> bytes:
    key = hmac.new(salt, ikm, hashlib.sha512).digest()
    return hmac.new(key, info + b"\x01", hashlib.sha512).digest()[:32]


@pytest.fixture
def maker() -> SlotMaker:
    return SlotMaker(VAULT_ID, GivenClock(), SystemRandom())


@pytest.fixture(scope="module")
def passphrase_slot() -> SlotRow:
    return SlotMaker(VAULT_ID, GivenClock(), SystemRandom()).for_passphrase(ROOT_KEY, secret("pass phrase"), COST)


@pytest.fixture
def words_slot(maker: SlotMaker) -> SlotRow:
    return maker.for_words(ROOT_KEY, bytearray(ENTROPY))


def with_parameters(slot: SlotRow, **changed: object) -> SlotRow:
    fields = msgspec.msgpack.decode(slot.parameters)
    return SlotRow(slot.slot_id, msgspec.msgpack.encode(fields | changed), slot.wrapped)


def test_a_passphrase_slot_is_laid_out_as_the_layouts_say(passphrase_slot: SlotRow) -> None:
    clear = msgspec.msgpack.decode(passphrase_slot.parameters)
    assert clear["kinds"] == ["passphrase"]
    assert (len(clear["salt"]), len(clear["argon2"]["salt"])) == (32, 16)
    argon2 = clear["argon2"]
    factor = hash_secret_raw(
        b"pass phrase", argon2["salt"], argon2["passes"], argon2["memory_kib"], argon2["lanes"], 32, Type.ID, 19
    )
    key = hkdf_sha512(joined(b"vaultapp/1/slot-factors", factor), clear["salt"], b"vaultapp/1/slot")
    aad = joined(b"vaultapp/1/slot", VAULT_ID.bytes, passphrase_slot.slot_id.bytes, passphrase_slot.parameters)
    wrapped = passphrase_slot.wrapped
    assert AESGCM(key).decrypt(wrapped[:12], wrapped[12:], aad) == ROOT_KEY


def test_a_words_slot_is_laid_out_as_the_layouts_say(words_slot: SlotRow) -> None:
    clear = msgspec.msgpack.decode(words_slot.parameters)
    assert clear["kinds"] == ["recovery_words"]
    assert (
        clear["check"]
        == hmac.new(
            hmac.new(b"", ENTROPY, hashlib.sha512).digest(), b"vaultapp/1/recovery-check\x01", hashlib.sha512
        ).digest()[:8]
    )
    key = hkdf_sha512(joined(b"vaultapp/1/slot-factors", ENTROPY), clear["salt"], b"vaultapp/1/slot")
    aad = joined(b"vaultapp/1/slot", VAULT_ID.bytes, words_slot.slot_id.bytes, words_slot.parameters)
    assert AESGCM(key).decrypt(words_slot.wrapped[:12], words_slot.wrapped[12:], aad) == ROOT_KEY


def test_each_slot_opens_with_its_own_secret(passphrase_slot: SlotRow, words_slot: SlotRow) -> None:
    slots = (passphrase_slot, words_slot)
    assert open_with_passphrase(VAULT_ID, slots, secret("pass phrase")) == (
        bytearray(ROOT_KEY),
        passphrase_slot.slot_id,
    )
    assert open_with_words(VAULT_ID, slots, words_of(ENTROPY)) == (bytearray(ROOT_KEY), words_slot.slot_id)


def test_a_wrong_passphrase_opens_nothing(passphrase_slot: SlotRow) -> None:
    with pytest.raises(WrongPassphrase) as caught:
        open_with_passphrase(VAULT_ID, (passphrase_slot,), secret("Pass phrase"))
    assert caught.value.facts == {}


def test_every_passphrase_slot_is_tried(maker: SlotMaker, passphrase_slot: SlotRow) -> None:
    other = maker.for_passphrase(ROOT_KEY, secret("other"), COST)
    assert open_with_passphrase(VAULT_ID, (passphrase_slot, other), secret("other"))[1] == other.slot_id


def test_words_that_are_mistyped_anothers_or_unknown_to_the_vault_are_three_answers(
    passphrase_slot: SlotRow, words_slot: SlotRow
) -> None:
    words = words_of(ENTROPY).split()
    swapped = " ".join([words[1], words[0], *words[2:]])
    with pytest.raises(WordsMistyped):
        open_with_words(VAULT_ID, (words_slot,), swapped)
    with pytest.raises(WordsOfAnotherVault):
        open_with_words(VAULT_ID, (words_slot,), words_of(bytes(32)))
    with pytest.raises(NoSuchSlot) as caught:
        open_with_words(VAULT_ID, (passphrase_slot,), words_of(ENTROPY))
    assert caught.value.facts == {"kind": "recovery_words"}
    with pytest.raises(NoSuchSlot):
        open_with_passphrase(VAULT_ID, (words_slot,), secret("x"))


def test_no_parameter_of_a_slot_can_be_changed_unseen(passphrase_slot: SlotRow, words_slot: SlotRow) -> None:
    argon2 = msgspec.msgpack.decode(passphrase_slot.parameters)["argon2"]
    for changed in (
        with_parameters(passphrase_slot, created=1),
        with_parameters(passphrase_slot, note="added"),
        with_parameters(passphrase_slot, salt=bytes(32)),
        with_parameters(passphrase_slot, argon2=argon2 | {"passes": 2}),
        SlotRow(UUID(int=5), passphrase_slot.parameters, passphrase_slot.wrapped),
        SlotRow(passphrase_slot.slot_id, passphrase_slot.parameters, bytes(60)),
    ):
        with pytest.raises(WrongPassphrase):
            open_with_passphrase(VAULT_ID, (changed,), secret("pass phrase"))
    with pytest.raises(WrongPassphrase):
        open_with_passphrase(UUID(int=7), (passphrase_slot,), secret("pass phrase"))
    with pytest.raises(VaultTampered):
        open_with_words(VAULT_ID, (with_parameters(words_slot, created=1),), words_of(ENTROPY))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"memory_kib": 65535}, "kdf_memory"),
        ({"memory_kib": 4 * 1024 * 1024 + 1}, "kdf_memory"),
        ({"memory_kib": 2**63}, "kdf_memory"),
        ({"passes": 0}, "kdf_passes"),
        ({"passes": 65}, "kdf_passes"),
        ({"lanes": 17}, "kdf_lanes"),
        ({"lanes": 0}, "kdf_lanes"),
        ({"memory_kib": 2 * 1024 * 1024, "passes": 40}, "kdf_work"),
        ({"salt": b"short"}, "kdf_salt"),
    ],
)
def test_parameters_out_of_bounds_are_refused_before_anything_is_derived(
    passphrase_slot: SlotRow,
    words_slot: SlotRow,
    monkeypatch: pytest.MonkeyPatch,
    changed: dict[str, object],
    field: str,
) -> None:
    monkeypatch.setattr(kdf, "hash_secret_raw", lambda *_: pytest.fail("memory was taken"))
    argon2 = msgspec.msgpack.decode(passphrase_slot.parameters)["argon2"] | changed
    hostile = with_parameters(passphrase_slot, argon2=argon2)
    with pytest.raises(OutOfBounds) as caught:
        open_with_passphrase(VAULT_ID, (passphrase_slot, hostile), secret("pass phrase"))
    assert caught.value.facts["field"] == field
    with pytest.raises(OutOfBounds):
        open_with_words(VAULT_ID, (words_slot, hostile), words_of(ENTROPY))


def test_a_cost_out_of_bounds_makes_no_slot(maker: SlotMaker) -> None:
    with pytest.raises(OutOfBounds):
        maker.for_passphrase(ROOT_KEY, secret("x"), KdfCost(1024, 1, 1))


@pytest.mark.parametrize(
    "parameters", [b"", b"\xc1", b"\x80", msgspec.msgpack.encode({"kinds": 5}), b"\x91" * 3000 + b"\x90"]
)
def test_malformed_parameters_are_damage(parameters: bytes) -> None:
    slot = SlotRow(UUID(int=1), parameters, bytes(60))
    with pytest.raises(VaultDamaged):
        open_with_passphrase(VAULT_ID, (slot,), secret("x"))
    with pytest.raises(VaultDamaged):
        slot_records((slot,))


def test_a_passphrase_slot_without_its_parameters_is_damage(passphrase_slot: SlotRow) -> None:
    with pytest.raises(VaultDamaged):
        open_with_passphrase(VAULT_ID, (with_parameters(passphrase_slot, argon2=None),), secret("x"))


def test_slots_are_shown_without_those_of_unknown_kinds(passphrase_slot: SlotRow, words_slot: SlotRow) -> None:
    future = with_parameters(words_slot, kinds=["passphrase", "key_file"])
    newer = with_parameters(words_slot, kinds=["tpm"])
    shown = slot_records((passphrase_slot, future, newer, words_slot))
    assert [(slot.slot_id, slot.kind, slot.cost) for slot in shown] == [
        (passphrase_slot.slot_id, SlotKind.PASSPHRASE, COST),
        (words_slot.slot_id, SlotKind.RECOVERY_WORDS, None),
    ]


def test_a_slot_of_two_factors_is_not_opened_by_one_of_them(passphrase_slot: SlotRow) -> None:
    with pytest.raises(NoSuchSlot):
        open_with_passphrase(
            VAULT_ID, (with_parameters(passphrase_slot, kinds=["passphrase", "key_file"]),), secret("pass phrase")
        )


def test_every_factor_changes_the_slots_key() -> None:
    one, two = b"1" * 32, b"2" * 32
    keys = {slot_key(bytes(32), factors) for factors in ([one], [two], [one, two], [two, one], [one + two], [one, b""])}
    assert len(keys) == 6
    assert slot_key(bytes(32), [one]) != slot_key(b"\x01" + bytes(31), [one])


def test_slots_that_cost_too_much_together_are_refused_before_anything_is_derived(
    passphrase_slot: SlotRow, words_slot: SlotRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kdf, "hash_secret_raw", lambda *_: pytest.fail("memory was taken"))
    argon2 = msgspec.msgpack.decode(passphrase_slot.parameters)["argon2"] | {"memory_kib": 1024 * 1024, "passes": 32}
    costly = with_parameters(passphrase_slot, argon2=argon2)
    with pytest.raises(OutOfBounds) as caught:
        open_with_passphrase(VAULT_ID, (costly, costly, passphrase_slot), secret("pass phrase"))
    assert caught.value.facts == {"field": "kdf_work", "value": 64 * 1024 * 1024 + 65536, "limit": 64 * 1024 * 1024}
    # The words cost nothing, and are the way in that is left.
    assert open_with_words(VAULT_ID, (costly, costly, costly, words_slot), words_of(ENTROPY))[1] == words_slot.slot_id


def test_slots_at_the_bound_are_tried(passphrase_slot: SlotRow, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    monkeypatch.setattr(kdf, "available_memory_kib", lambda: 2**40)
    monkeypatch.setattr(kdf, "hash_secret_raw", lambda *given: (tried.append(given[3]), bytes(32))[1])
    argon2 = msgspec.msgpack.decode(passphrase_slot.parameters)["argon2"] | {"passes": 64}
    with pytest.raises(WrongPassphrase):
        open_with_passphrase(VAULT_ID, (with_parameters(passphrase_slot, argon2=argon2),) * 16, secret("pass phrase"))
    assert tried == [65536] * 16
