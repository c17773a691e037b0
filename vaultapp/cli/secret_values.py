"""The values that references stand for: each credential is asked for once."""

from __future__ import annotations

from collections.abc import Iterable

from vaultapp.cli import failures
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.references import Reference
from vaultapp.contracts.credentials import CredentialsApi, SecretFields
from vaultapp.core.credential_errors import ReferencesUnresolved
from vaultapp.core.errors import NotFound, UserError, VaultLocked


class SecretValues:
    """Values by reference, in memory only.

    Attributes:
        failures: References that lead to no secret, and why.
    """

    def __init__(self) -> None:
        self._found: dict[str, SecretFields] = {}
        self.failures: dict[Reference, UserError] = {}

    def read(self, credentials: CredentialsApi, references: Iterable[Reference]) -> None:
        """Ask for each credential once, however often it comes.

        Raises:
            VaultError: What concerns them all.
        """
        failed: dict[str, UserError] = {}
        for reference in references:
            name = reference.name
            if name not in self._found and name not in failed:
                try:
                    self._found[name] = credentials.read(name)
                except VaultLocked:
                    raise
                except UserError as exc:
                    failed[name] = exc
            if name in failed:
                self.failures[reference] = failed[name]
            elif field_of(self._found[name], reference.field) is None:
                self.failures[reference] = NotFound(kind="credential_field", name=reference.field)

    def __call__(self, reference: Reference) -> str:
        """Return a value."""
        found = field_of(self._found[reference.name], reference.field)
        if found is None:
            raise KeyError(str(reference))
        return found


def fetch(invocation: Invocation, references: Iterable[Reference], about: str = "") -> SecretValues:
    """Return the values of all references, or name each that leads to none. Without references no agent is asked.

    Args:
        invocation: Has the vault.
        references: What is needed.
        about: ``run`` where a program would have been started.

    Raises:
        ReferencesUnresolved: Why each leads to none was told on standard error.
        VaultMissing, WrongPassphrase, VaultLocked, HostError: As they say.
    """
    wanted = tuple(references)
    values = SecretValues()
    if wanted:
        with invocation.unlocked() as session:
            values.read(session.credentials, wanted)
    if values.failures:
        if not invocation.as_json:
            for reference, error in values.failures.items():
                failures.tell_line(f"{reference}: {failures.message(error.code, error.facts, safe='')}")
        raise ReferencesUnresolved(
            references=", ".join(map(str, values.failures)),
            count=len(values.failures),
            **({"of": about} if about else {}),
        )
    return values


def field_of(value: SecretFields, field: str) -> str | None:
    """Return a field, or the one that is meant where none is named; None when the value has no such field."""
    return value.fields.get(field or value.secret)
