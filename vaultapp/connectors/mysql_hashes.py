"""What MariaDB keeps of a password, computed here, so that no statement ever holds the password."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from vaultapp.connectors.mysql_ed25519 import ED25519, ed25519_kept

NATIVE = "mysql_native_password"
NOBODYS_BYTES = 32
"""Of randomness in a password that is thrown away."""


def native_hash(password: str) -> str:
    """Return what ``mysql_native_password`` keeps: an asterisk and 40 upper-case hexadecimal digits.

    SHA-1 twice is what the server has; the password is long and random, so that nothing is gained by guessing.

    Source:
        MySQL client/server protocol, "Native Authentication"; MariaDB, "Authentication Plugin - mysql_native_password".
    """
    inner = hashlib.sha1(password.encode(), usedforsecurity=False).digest()
    return "*" + hashlib.sha1(inner, usedforsecurity=False).hexdigest().upper()


KEPT: Mapping[str, Callable[[str], str]] = {NATIVE: native_hash, ED25519: ed25519_kept}
"""By plug-in: from a password to what is kept of it."""
