from __future__ import annotations

import pytest

from tests.unit.cli.credential_records import credential
from tests.unit.cli.fakes import User
from vaultapp.contracts.credential_kinds import KINDS
from vaultapp.contracts.credentials import SecretFields

VALUE = {"host": "db", "port": "3306", "username": "shop", "password": "s3cret!pw", "engine": "mysql"}


@pytest.fixture
def keeper(user: User) -> User:
    """A vault with one credential."""
    one = credential()
    return user.unlocked(
        credentials_kinds=tuple(KINDS.values()),
        credentials_create=one,
        credentials_show=one,
        credentials_read=SecretFields(dict(VALUE), "v2", "password"),
        credentials_put=one,
        credentials_edit=one,
    )
