"""How a command fails: one line on standard error, or one JSON object, and an exit code by who can act."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from vaultapp.core.error_codes import by_code
from vaultapp.core.errors import (
    DataError,
    HostError,
    OperationCancelled,
    RemoteError,
    UserError,
    VaultError,
)

DONE = 0
FAILED = 1
USER = 2
CANCELLED = 130

EXIT_CODES: dict[type[VaultError], int] = {
    UserError: USER,
    DataError: 3,
    RemoteError: 4,
    HostError: 5,
    OperationCancelled: CANCELLED,
    VaultError: FAILED,
}

# What to do here, where the general words cannot name a command.
_HINTS: dict[tuple[str, str], str] = {
    ("vault_missing", ""): "`vaultapp init` makes one, --vault names another.",
    ("vault_locked", ""): "`vaultapp unlock` opens it.",
    ("invalid_value", "passphrase/no_terminal"): "Give it with --passphrase-file or --passphrase-fd.",
    ("invalid_value", "new_passphrase/no_terminal"): "Give it with --new-passphrase-file.",
    ("invalid_value", "file_passphrase/no_terminal"): "Give it with --recipient-passphrase-file.",
    ("invalid_value", "words/no_terminal"): "Give them with --words-file.",
    ("invalid_value", "no_terminal"): "Give it with --field-file NAME=PATH, where - is standard input.",
    ("not_found", "key"): "`vaultapp keys list` shows them.",
    ("not_found", "version"): "`vaultapp keys show` tells a key's versions.",
    ("not_found", "credential"): "`vaultapp credentials list` shows them.",
    ("not_found", "credential_field"): "`vaultapp credentials kinds` lists the fields of its kind.",
    ("not_found", "credential_version"): "`vaultapp credentials history` tells a credential's versions.",
    ("invalid_value", "kind/unknown_credential"): "`vaultapp credentials kinds` lists those that can.",
    ("invalid_value", "choice"): "`vaultapp credentials kinds` lists what it can be.",
    ("invalid_value", "unknown_setting"): "`vaultapp credentials kinds` lists those of its kind.",
    ("target_untrusted", ""): (
        "Name a file of certificates to trust: `vaultapp credentials edit NAME --setting tls_ca=PATH`."
    ),
    ("credential_in_bin", ""): "`vaultapp credentials restore` takes it out.",
    ("key_disabled", ""): "`vaultapp keys enable` allows its use again.",
    ("key_pending_deletion", ""): "`vaultapp keys undelete` takes that back.",
    ("key_exhausted", ""): "`vaultapp keys rotate` makes a new version.",
    ("passphrase_needed", ""): "Give it with --recipient-passphrase or --recipient-passphrase-file.",
    ("vault_older", ""): "`vaultapp unlock --accept-older` goes on with this one.",
    ("vault_damaged", "not_a_vault"): "`vaultapp backups list` shows the copies that there are.",
    ("vault_damaged", ""): "`vaultapp restore` puts a backup in its place.",
    ("vault_tampered", ""): "`vaultapp restore` puts a backup in its place.",
    ("no_such_slot", "recovery_words"): "`vaultapp recovery new` makes some while it is unlocked.",
    ("context_mismatch", ""): "Give it with --context name=value.",
}


def exit_code(error: VaultError) -> int:
    """Return the exit code of an error's family."""
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)


def exit_code_of(code: str) -> int:
    """Return the exit code for an error's code."""
    return exit_code(by_code(code, {}))


def message(code: str, facts: Mapping[str, str | int], about: str = "", safe: str | None = None) -> str:
    """Return what happened, what is still true and what to do, as one line.

    Args:
        code: The error's.
        facts: The error's.
        about: What it concerns, where the words differ: ``text``, ``passphrase``, ``copy``; empty for a file.
        safe: What is still true, where more is known than by the code alone; empty where that goes without saying.
    """
    from dataclasses import replace

    from vaultapp.core.sentences import sentence

    found = sentence(code, {**facts, "of": about} if about else facts)
    told = str(facts.get("reason", facts.get("kind", "")))
    where = f"{facts['field']}/{told}" if "field" in facts else told
    hint = _HINTS.get((code, where)) or _HINTS.get((code, told)) or _HINTS.get((code, ""))
    return str(replace(found, safe=found.safe if safe is None else safe, todo=hint or found.todo))


def as_json(code: str, facts: Mapping[str, str | int], about: str = "", safe: str | None = None) -> dict[str, object]:
    """Return an error as programs read it; the arguments as for :func:`message`."""
    return {"code": code, "message": message(code, facts, about, safe), "facts": dict(facts)}


def tell(error: VaultError, *, json: bool, about: str = "") -> None:
    """Write an error to standard error."""
    if json:
        tell_json({"error": as_json(error.code, error.facts, about)})
    else:
        tell_line(message(error.code, error.facts, about))


def tell_line(text: str) -> None:
    """Write one line to standard error."""
    print(f"vaultapp: {text}", file=sys.stderr)


def tell_usage(text: str, *, json: bool) -> None:
    """Write what is wrong with the command line itself to standard error."""
    if json:
        tell_json({"error": {"code": "usage", "message": text, "facts": {}}})
    else:
        tell_line(text)


def tell_json(value: object) -> None:
    """Write one JSON object to standard error."""
    from json import dumps

    print(dumps(value), file=sys.stderr)
