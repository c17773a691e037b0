"""What sealed files say of themselves."""

from __future__ import annotations

import os

import click

from vaultapp.cli import failures
from vaultapp.cli.batch import shown
from vaultapp.cli.command import VaultCommand
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.options import PATH_TEXT
from vaultapp.cli.output import counted, fields
from vaultapp.cli.records import Json, description_json, path_json
from vaultapp.cli.running import finish
from vaultapp.cli.session import Session
from vaultapp.cli.sources import STANDARD, absolute
from vaultapp.contracts.files import FileDescription, Place, Recipient
from vaultapp.core.errors import OperationCancelled, VaultError
from vaultapp.core.sentences import size
from vaultapp.core.work import WorkContext


@click.command(cls=VaultCommand)
@click.argument("paths", nargs=-1, required=True, type=PATH_TEXT, metavar="PATH…")
@click.pass_context
def inspect(ctx: click.Context, paths: tuple[str, ...]) -> None:
    """Tell what encrypted files say of themselves.

    For whom they are, how large, with which context. Nothing is unlocked; keys have their names where the vault is
    unlocked for this terminal. Nothing of what is told is proven before the file is decrypted.
    """
    invocation: Invocation = ctx.obj
    found: list[Json] = []
    code = failures.DONE
    with invocation.admitted() or invocation.vaultless() as session:
        for path in paths:
            try:
                description = _described(session, path)
            except OperationCancelled:
                raise
            except VaultError as exc:
                code = max(code, failures.exit_code(exc))
                found.append(_failed(invocation, path, exc))
            else:
                found.append(description_json(description))
                if not invocation.as_json:
                    invocation.out.lines(*_lines(description), *([""] if len(paths) > 1 else []))
    if invocation.as_json:
        invocation.out.json({"files": found})
    ctx.exit(code)


def _described(session: Session, path: str) -> FileDescription:
    standard = path == STANDARD
    work: WorkContext[None] = WorkContext(descriptors=(0,) if standard else ())
    place = Place(descriptor=0) if standard else Place(path=absolute(path))
    return finish(lambda: session.files.inspect(place, work), work)


def _failed(invocation: Invocation, path: str, error: VaultError) -> Json:
    # That nothing was written goes without saying where nothing ever is.
    if not invocation.as_json:
        text = failures.message(error.code, error.facts, safe="")
        failures.tell_line(text if "path" in error.facts else f"{shown(os.fsencode(path))}: {text}")
    return {"source": path_json(absolute(path)), "error": failures.as_json(error.code, error.facts, safe="")}


def _lines(found: FileDescription) -> list[str]:
    amount = size(found.content_length) if found.complete else "not known: the file is cut short, damaged or a stream"
    frames = counted(found.frames, "frame", "frames")
    pairs = [
        ("Content", f"{'a folder, ' if found.folder else ''}{amount}" + (f" in {frames}" if found.complete else "")),
        *(("Opened by", _recipient(recipient)) for recipient in _each_once(found.recipients)),
        *(("Context", f"{name}={value}") for name, value in found.context.items()),
        ("Signed", "yes" if found.signed else ""),
        ("Format", found.format),
        ("Suite", found.suite),
        ("Message id", found.message_id.hex()),
    ]
    return [shown(found.source) if found.source else "Standard input", *fields(pairs)]


def _each_once(recipients: tuple[Recipient, ...]) -> list[Recipient]:
    """Leave out a key's second form, which is there for another kind of reader."""
    keys = {(one.key, one.version) for one in recipients if one.kind == "key"}
    return [one for one in recipients if one.kind != "kms" or (one.key, one.version) not in keys]


def _recipient(recipient: Recipient) -> str:
    if recipient.kind == "passphrase":
        return "a passphrase"
    if recipient.kind == "other":
        return f"{recipient.provider} {recipient.key}".rstrip()
    name = f"“{recipient.name}”" if recipient.name else f"key {recipient.key}"
    version = f"version {recipient.number}" if recipient.number else f"version {recipient.version}"
    sdk = ", for the KMS keyring" if recipient.kind == "kms" else ""
    return f"{name}, {version}{sdk}" + (", which is here" if recipient.here else "")
