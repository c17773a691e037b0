"""Credentials that the tests of the services make."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from vaultapp.contracts.credentials import Credential, NewCredential, SecretFields
from vaultapp.contracts.rotation import RotationOutcome, RotationReason, RotationStep
from vaultapp.services.credential_descriptions import RotationDescription
from vaultapp.services.unlocked import UnlockedVault

PASSWORD = "Zw8#kR!mQ2pTx"
VALUE = {"host": "db.example", "username": "shop", "password": PASSWORD, "dbname": "shop"}


def mysql(name: str = "Shop database", identifier: str = "prod/mysql/app", **more: Any) -> NewCredential:
    """Return a new MySQL credential; ``value`` changes fields of it."""
    fields = VALUE | more.pop("value", {})
    return NewCredential(name, identifier, "mysql", SecretFields(fields), **more)


def login(name: str = "Web shop", identifier: str = "web/shop", **more: Any) -> NewCredential:
    """Return a new login; ``value`` changes fields of it."""
    fields = {"username": "mara", "password": PASSWORD} | more.pop("value", {})
    return NewCredential(name, identifier, "login", SecretFields(fields), **more)


def changed(**fields: str) -> SecretFields:
    """Return the MySQL value with other fields."""
    return SecretFields(VALUE | fields)


def rotation(
    unlocked: UnlockedVault, credential: Credential, outcome: RotationOutcome = RotationOutcome.UNFINISHED
) -> UUID:
    """Write that the credential's last rotation stands like that."""
    begun = RotationDescription(
        reason=RotationReason.ASKED,
        step=RotationStep.SET,
        outcome=outcome,
        started=credential.created,
        base=credential.versions[-1].version_id,
    )
    index, store = unlocked.credentials, unlocked.credential_store
    with unlocked.vault.transaction() as transaction:
        stored = store.insert_rotation(transaction, credential.credential_id, begun)
        found = msgspec.structs.replace(index.named(credential.credential_id), rotation=stored.rotation_id)
        store.write(transaction, credential.credential_id, found)
    index.put(credential.credential_id, found)
    return stored.rotation_id
