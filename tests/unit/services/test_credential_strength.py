from __future__ import annotations

import hmac

import pytest

from tests.given_vault import GivenVault
from tests.unit.services.conftest import ROOT_KEY, VAULT_ID
from tests.unit.services.credential_samples import PASSWORD, login, mysql
from vaultapp.contracts.credentials import NewCredential, SecretFields
from vaultapp.core.errors import InvalidValue
from vaultapp.services.credentials import CredentialsService
from vaultapp.services.unlocked import UnlockedVault


def test_reuse_is_told_of_equal_secrets_outside_the_bin(
    unlocked: UnlockedVault, credentials: CredentialsService
) -> None:
    first = credentials.create(mysql())
    credentials.create(login())
    third = credentials.create(login("third", "third"))
    credentials.create(login("fourth", "fourth", value={"password": "another one"}))
    assert third.reused == 2
    assert credentials.list().credentials[0].reused == -1
    credentials.delete("third")
    assert credentials.show("Shop database").reused == 1
    credentials.put("web/shop", SecretFields({"username": "m", "password": "something else"}))
    assert credentials.show("Shop database").reused == 0
    kept = unlocked.credentials.named(first.credential_id).reuse
    assert len(kept) == 32


def test_the_trace_of_a_secret_is_of_this_vault_only(
    given: GivenVault, unlocked: UnlockedVault, credentials: CredentialsService
) -> None:
    made = credentials.create(mysql())
    # RFC 5869 by hand: extract, then one block and its first 32 bytes.
    extracted = hmac.digest(VAULT_ID.bytes, ROOT_KEY, "sha512")
    key = hmac.digest(extracted, b"vaultapp/1/reuse\x01", "sha512")[:32]
    expected = hmac.digest(key, PASSWORD.encode(), "sha256")
    assert unlocked.credentials.named(made.credential_id).reuse == expected
    assert expected not in given.path.read_bytes()


@pytest.mark.parametrize(("password", "strength"), [("password", 1), ("Zw8#kR!mQ2pTxUv4&bN7", 5)])
def test_strength_is_told_of_passwords(credentials: CredentialsService, password: str, strength: int) -> None:
    assert credentials.create(login(value={"password": password})).strength == strength
    secret = bytearray(password, "ascii")
    assert credentials.strength(secret) == strength
    assert not any(secret)


def test_strength_says_nothing_of_what_is_only_kept(credentials: CredentialsService) -> None:
    assert credentials.create(NewCredential("n", "n", "note", SecretFields({"note": "x"}))).strength is None


@pytest.mark.parametrize(("secret", "reason"), [(b"", "empty"), (b"\xff", "not_utf8")])
def test_no_strength_of_what_is_no_secret(credentials: CredentialsService, secret: bytes, reason: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        credentials.strength(bytearray(secret))
    assert caught.value.facts["reason"] == reason
