from __future__ import annotations

from base64 import b64decode, b64encode
from contextlib import suppress

import pytest

from tests.given_vault import GivenVault, log
from tests.unit.services.conftest import Reopen
from vaultapp.contracts.keys import Key, NewKey
from vaultapp.core.errors import (
    AuthenticationFailed,
    ContextReserved,
    InvalidValue,
    KeyDisabled,
    KeyNotHere,
    KeyPendingDeletion,
    NotFound,
    NotSealed,
    TextTooLong,
    UnsupportedFormat,
)
from vaultapp.crypto.hkdf import hkdf
from vaultapp.crypto.xaes import XaesGcm
from vaultapp.services.text import TextService
from vaultapp.services.unlocked import UnlockedVault


@pytest.fixture
def key(given: GivenVault, unlocked: UnlockedVault) -> Key:
    return given.keys(unlocked).create(NewKey("Payroll"))


@pytest.fixture
def text(given: GivenVault, unlocked: UnlockedVault, key: Key) -> TextService:
    return given.text(unlocked)


def test_a_text_comes_back(text: TextService, key: Key) -> None:
    sealed = text.encrypt("payroll", bytearray("Größe 🙂".encode()), {"purpose": "wages"})
    assert sealed.startswith("vlt1")
    opened = text.decrypt(sealed, {"purpose": "wages"})
    assert opened.plaintext.decode() == "Größe 🙂"
    assert (opened.key_id, opened.key_name, opened.number) == (key.key_id, "Payroll", 1)
    assert "Größe" not in repr(opened)


def test_the_blob_is_laid_out_as_the_format_says(
    given: GivenVault, unlocked: UnlockedVault, text: TextService, key: Key
) -> None:
    blob = b64decode(text.encrypt("Payroll", bytearray(b"hello"), {"b": "2", "a": "1"}))
    assert blob[:4] == b"\xbe\x5b\x75\x01"
    assert (blob[4:20], blob[20:28]) == (key.key_id.bytes, key.primary)
    material = bytes(given.keys(unlocked).export("Payroll").material)
    xaes_key = hkdf(material, salt=key.key_id.bytes, info=b"vaultapp/1/text" + key.primary, length=32)
    context = b"\x00\x02\x00\x01a\x00\x011\x00\x01b\x00\x012"
    assert XaesGcm(xaes_key).open(blob[28:52], blob[52:], blob[:28] + context) == b"hello"


def test_two_encryptions_of_one_text_differ(text: TextService) -> None:
    assert text.encrypt("Payroll", bytearray(b"x"), {}) != text.encrypt("Payroll", bytearray(b"x"), {})


def test_the_plaintext_given_is_overwritten_whatever_happens(text: TextService) -> None:
    for key, context in (("Payroll", {}), ("Nobody", {}), ("Payroll", {"aws-crypto-x": "y"})):
        plaintext = bytearray(b"secret")
        with suppress(NotFound, ContextReserved):
            text.encrypt(key, plaintext, context)
        assert plaintext == bytes(6)


def test_surroundings_are_tolerated(text: TextService) -> None:
    sealed = text.encrypt("Payroll", bytearray(b"x" * 100), {})
    wrapped = "\n> ".join(sealed[at : at + 60] for at in range(0, len(sealed), 60))
    for given in (f'password = "{sealed}"  # ours', f"> {wrapped}\nbye", sealed.replace("+", "-").replace("/", "_")):
        assert text.decrypt(given, {}).plaintext == b"x" * 100


@pytest.mark.parametrize("size", [0, 1, 4096])
def test_texts_up_to_the_limit_are_taken(text: TextService, size: int) -> None:
    assert text.decrypt(text.encrypt("Payroll", bytearray(size), {}), {}).plaintext == bytes(size)


def test_the_limit_counts_bytes(text: TextService) -> None:
    with pytest.raises(TextTooLong) as caught:
        text.encrypt("Payroll", bytearray("é".encode() * 2049), {})
    assert caught.value.facts == {"size": 4098, "limit": 4096}


def test_another_context_does_not_open_it(unlocked: UnlockedVault, text: TextService) -> None:
    sealed = text.encrypt("Payroll", bytearray(b"x"), {"a": "1"})
    for context in ({}, {"a": "2"}, {"a": "1", "b": "2"}):
        with pytest.raises(AuthenticationFailed) as caught:
            text.decrypt(sealed, context)
        assert caught.value.facts == {}
    assert log(unlocked)[-1].outcome == "authentication_failed"


def test_any_flipped_byte_after_the_ids_fails(text: TextService) -> None:
    blob = bytearray(b64decode(text.encrypt("Payroll", bytearray(b"hello"), {})))
    for at in range(28, len(blob)):
        changed = bytearray(blob)
        changed[at] ^= 1
        with pytest.raises(AuthenticationFailed):
            text.decrypt(b64encode(changed).decode(), {})


def test_reserved_names_are_for_programs(given: GivenVault, unlocked: UnlockedVault, text: TextService) -> None:
    context = {"aws-crypto-public-key": "Ag=="}
    with pytest.raises(ContextReserved) as caught:
        text.encrypt("Payroll", bytearray(b"x"), context)
    assert caught.value.facts == {"name": "aws-crypto-public-key"}
    sealed = given.text(unlocked, reserved_names=True).encrypt("Payroll", bytearray(b"x"), context)
    assert text.decrypt(sealed, context).plaintext == b"x"


def test_a_context_that_is_too_long_is_refused(text: TextService) -> None:
    with pytest.raises(InvalidValue):
        text.encrypt("Payroll", bytearray(b"x"), {"a": "x" * 70_000})


def test_old_versions_decrypt_after_a_rotation(given: GivenVault, unlocked: UnlockedVault, text: TextService) -> None:
    old = text.encrypt("Payroll", bytearray(b"old"), {})
    given.keys(unlocked).rotate("Payroll")
    new = text.encrypt("Payroll", bytearray(b"new"), {})
    assert [text.decrypt(sealed, {}).number for sealed in (old, new)] == [1, 2]
    assert [text.inspect(sealed).number for sealed in (old, new)] == [1, 2]


def test_a_key_that_may_not_be_used_says_so_before_anything_else(
    given: GivenVault, unlocked: UnlockedVault, text: TextService
) -> None:
    sealed = text.encrypt("Payroll", bytearray(b"x"), {})
    keys = given.keys(unlocked)
    keys.disable("Payroll")
    with pytest.raises(KeyDisabled):
        text.decrypt(sealed, {"wrong": "context"})
    with pytest.raises(KeyDisabled):
        text.encrypt("Payroll", bytearray(b"x"), {})
    keys.delete("Payroll", 7)
    with pytest.raises(KeyPendingDeletion):
        text.decrypt(sealed, {})
    last = log(unlocked)[-1]
    assert (last.action, last.subject, last.outcome) == ("text.decrypt", "Payroll", "key_pending_deletion")


def test_a_key_that_is_elsewhere_is_named_by_the_head_of_its_id(text: TextService, key: Key) -> None:
    blob = bytearray(b64decode(text.encrypt("Payroll", bytearray(b"x"), {})))
    blob[4:20] = bytes.fromhex("0123456789ab4def8123456789abcdef")
    with pytest.raises(KeyNotHere) as caught:
        text.decrypt(b64encode(blob).decode(), {})
    assert caught.value.facts == {"key": "01234567"}


def test_a_version_that_is_elsewhere_is_told_by_the_keys_name(text: TextService, key: Key) -> None:
    blob = bytearray(b64decode(text.encrypt("Payroll", bytearray(b"x"), {})))
    blob[20:28] = b"8 others"
    with pytest.raises(KeyNotHere) as caught:
        text.decrypt(b64encode(blob).decode(), {})
    assert caught.value.facts == {"key": "Payroll"}
    described = text.inspect(b64encode(blob).decode())
    assert (described.key_id, described.version_id) == (key.key_id, b"8 others")
    assert (described.name, described.number) == ("Payroll", 0)


def test_what_is_not_sealed_or_from_the_future_is_said(text: TextService) -> None:
    with pytest.raises(NotSealed):
        text.decrypt("just words", {})
    blob = bytearray(b64decode(text.encrypt("Payroll", bytearray(b"x"), {})))
    blob[3] = 2
    with pytest.raises(UnsupportedFormat):
        text.inspect(b64encode(blob).decode())


def test_the_log_has_names_of_the_context_and_never_a_value(
    unlocked: UnlockedVault, text: TextService, key: Key
) -> None:
    sealed = text.encrypt("Payroll", bytearray(b"plain"), {"zone": "hidden-value", "app": "other-value"})
    text.decrypt(sealed, {"zone": "hidden-value", "app": "other-value"})
    text.decrypt(text.encrypt("Payroll", bytearray(b"plain"), {}), {})
    entries = log(unlocked)[-4:]
    assert [entry.action for entry in entries] == ["text.encrypt", "text.decrypt", "text.encrypt", "text.decrypt"]
    assert [entry.facts for entry in entries] == [
        {"version": 1, "key": str(key.key_id), "context": "app, zone"},
        {"version": 1, "key": str(key.key_id), "context": "app, zone"},
        {"version": 1, "key": str(key.key_id)},
        {"version": 1, "key": str(key.key_id)},
    ]
    assert "hidden-value" not in repr(entries)
    assert "plain" not in repr(entries)


def test_a_text_opens_in_the_next_process(reopen: Reopen, given: GivenVault) -> None:
    first = reopen()
    given.keys(first).create(NewKey("Payroll"))
    sealed = given.text(first).encrypt("Payroll", bytearray(b"x"), {})
    assert given.text(reopen()).decrypt(sealed, {}).plaintext == b"x"
