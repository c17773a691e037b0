"""Credentials that the tests of the commands speak of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec.structs import replace

from tests.unit.cli.records import NOON
from vaultapp.contracts.credentials import Credential, CredentialVersion, Label

CREDENTIAL_ID = UUID("00000000-0000-4000-8000-00000000000c")


def version(number: int, *labels: Label, **changes: Any) -> CredentialVersion:
    return replace(CredentialVersion(f"v{number}" * 18, number, labels, NOON, NOON), **changes)


def credential(name: str = "Shop", identifier: str = "prod/shop", **changes: Any) -> Credential:
    made = Credential(
        CREDENTIAL_ID, name, identifier, "mysql", NOON, NOON, "shop", "db:3306", tags={"env": "prod"}, strength=4,
        versions=(version(1, Label.PREVIOUS), version(2, Label.CURRENT)),
    )  # fmt: skip
    return replace(made, **changes)
