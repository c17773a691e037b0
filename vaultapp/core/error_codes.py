"""From the code that travels over the wire back to the error."""

from __future__ import annotations

# Makes the classes known below the base.
from vaultapp.core import credential_errors, target_errors  # noqa: F401
from vaultapp.core.errors import VaultError


def classes(base: type[VaultError]) -> list[type[VaultError]]:
    """Return an error and all below it."""
    return [base, *(found for child in base.__subclasses__() for found in classes(child))]


def by_code(code: str, facts: dict[str, str | int]) -> VaultError:
    """Make the error that a code from the wire names; an unknown code becomes a plain VaultError."""
    for kind in classes(VaultError):
        if kind.code == code:
            return kind(**facts)
    return VaultError(code=code, **{name: value for name, value in facts.items() if name != "code"})
