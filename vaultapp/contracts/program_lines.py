"""Lines that fetch a credential, ready for a program. None of them holds a value."""

from __future__ import annotations

import re

from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.contracts.credentials import SCHEME

_NO_NAME = re.compile(r"[^A-Z0-9]+")
# As the programs of a kind read them.
_KNOWN = {
    ("mysql", "username"): "MYSQL_USER",
    ("mysql", "password"): "MYSQL_PASSWORD",
    ("postgresql", "username"): "PGUSER",
    ("postgresql", "password"): "PGPASSWORD",
    ("redis", "password"): "REDIS_PASSWORD",
    ("aws", "access_key_id"): "AWS_ACCESS_KEY_ID",
    ("aws", "secret_access_key"): "AWS_SECRET_ACCESS_KEY",
}


def shell_lines(identifier: str, kind: CredentialKind) -> str:
    """Return the line that prints the secret."""
    field = f"#{kind.secret}" if kind.secret else ""
    return f"vaultapp read '{SCHEME}{identifier}{field}'"


def environment_lines(identifier: str, kind: CredentialKind) -> str:
    """Return the lines that start a program with account and secret in its environment."""
    names = [name for name in (kind.account, kind.secret) if name]
    lines = [f"export {_variable(kind.name, name)}='{SCHEME}{identifier}#{name}'" for name in names]
    return "\n".join([*lines, "vaultapp run -- ./program"])


def _variable(kind: str, field: str) -> str:
    return _KNOWN.get((kind, field)) or _NO_NAME.sub("_", f"{kind}_{field}".upper()).strip("_")
