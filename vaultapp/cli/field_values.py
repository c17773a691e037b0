"""A credential's fields as they are given: open ones as arguments, secret ones from files, descriptors, the person.

An argument can be read by every program of the machine while the command runs, and stays in the shell's history.
"""

from __future__ import annotations

from collections.abc import Mapping

import click

from vaultapp.cli.options import pairs
from vaultapp.cli.passphrases import ask_passphrase, wipe
from vaultapp.cli.small_file import read_small
from vaultapp.cli.sources import STANDARD
from vaultapp.cli.terminal import Terminal
from vaultapp.contracts.credential_kinds import CredentialKind
from vaultapp.contracts.credentials import VALUE_LIMIT
from vaultapp.core.errors import InvalidValue
from vaultapp.core.printable import printable


class FieldValues:
    """What was given on a command line.

    Args:
        terminal: Asked for secrets that were not given.
        given: ``NAME=VALUE`` of ``--field``.
        files: ``NAME=PATH`` of ``--field-file``; ``-`` is standard input.

    Raises:
        InvalidValue: A pair is not one, or standard input is to be two fields.
    """

    def __init__(self, terminal: Terminal, given: tuple[str, ...], files: tuple[str, ...]) -> None:
        self._terminal = terminal
        self._given = pairs("field", given)
        self._files = pairs("field_file", files)
        if list(self._files.values()).count(STANDARD) > 1:
            raise click.UsageError("Standard input can be one field only.")

    def __bool__(self) -> bool:
        """True when a field was given."""
        return bool(self._given or self._files)

    def read(self, kind: CredentialKind) -> dict[str, str]:
        """Return what was given.

        Raises:
            click.UsageError: A secret was given as an argument, or a field in two ways.
            InvalidValue, SourceMissing, AccessDenied, NotAFile, HostError: A file.
        """
        fields = {field.name: field for field in kind.fields}
        for name in self._given:
            if name not in fields:
                # What a kind does not know counts as secret.
                raise click.UsageError(
                    f"A {kind.name} credential has no field {printable(name)}; it has {', '.join(fields)}."
                    f" One of your own counts as secret: give it with --field-file {printable(name)}=PATH."
                )
            if fields[name].secret:
                raise click.UsageError(
                    f"{name} is secret, and other programs can see arguments: take another one. {_by_file(name)}"
                )
            if name in self._files:
                raise click.UsageError(f"{name} was given twice.")
        lines = {name for name, field in fields.items() if field.lines}
        return self._given | {name: _read(name, path, whole=name in lines) for name, path in self._files.items()}

    def asked(self, kind: CredentialKind, name: str, credential: str) -> str:
        """Return a secret that the person types, unseen.

        Raises:
            click.UsageError: It has several lines, so that it cannot be typed.
            InvalidValue: There is nobody to ask, it is empty, or it is not UTF-8.
        """
        if any(field.lines for field in kind.fields if field.name == name):
            raise click.UsageError(f"{name} has several lines. {_by_file(name)}")
        typed = ask_passphrase(self._terminal, f"{name} of {printable(credential)}: ", name)
        try:
            if not typed:
                raise InvalidValue(field=name, reason="missing")
            return _text(name, typed)
        finally:
            wipe(typed)


def missing(kind: CredentialKind, fields: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the required fields that are not there: the open ones, and the secret ones."""
    lacking = [field for field in kind.fields if field.required and not fields.get(field.name)]
    return [field.name for field in lacking if not field.secret], [field.name for field in lacking if field.secret]


def _by_file(name: str) -> str:
    return f"Give it with --field-file {printable(name)}=PATH, where - is standard input."


def _read(name: str, path: str, *, whole: bool) -> str:
    """Return a file as a field. Unless it is whole, the one end of line that editors put there is cut."""
    data = read_small(path, VALUE_LIMIT)
    try:
        if len(data) > VALUE_LIMIT:
            raise InvalidValue(field="value", reason="too_large")
        if not whole and data.endswith(b"\n"):
            del data[-1:]
            if data.endswith(b"\r"):
                del data[-1:]
        return _text(name, data)
    finally:
        wipe(data)


def _text(name: str, data: bytearray) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Not "from": what could not be read is quoted there.
        raise InvalidValue(field=name, reason="not_utf8") from None
