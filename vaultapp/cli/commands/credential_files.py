"""Small files that are kept with a credential."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from vaultapp.cli.command import VaultCommand
from vaultapp.cli.commands.credentials import tell
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.new_file import write_new
from vaultapp.cli.options import CREDENTIAL, PATH_TEXT
from vaultapp.cli.passphrases import wipe
from vaultapp.cli.small_file import read_small
from vaultapp.cli.sources import STANDARD
from vaultapp.contracts.credentials import ATTACHMENT_LIMIT, AttachedFile
from vaultapp.core.credential_errors import AttachmentTooLarge
from vaultapp.core.errors import TargetExists
from vaultapp.core.printable import printable, valid_text


@click.command(cls=VaultCommand)
@click.argument("credential", type=CREDENTIAL)
@click.argument("path", type=PATH_TEXT)
@click.option("--name", metavar="NAME", help="What it is called; default the file's name.")
@click.pass_obj
def attach(invocation: Invocation, credential: str, path: str, name: str | None) -> None:
    """Keep a small file with a credential.

    One of the same name is replaced; 64 KiB in all. - is standard input. The file itself stays where it is.
    """
    if path == STANDARD and name is None:
        raise click.UsageError("Standard input has no name: give --name.")
    data = _read(path)
    try:
        called = valid_text(Path(path).name) if name is None else name
        with invocation.unlocked() as session:
            found = session.credentials.attach(credential, AttachedFile(called, data))
    finally:
        wipe(data)
    tell(invocation, found, f"“{printable(found.name)}” has “{printable(called)}” with it.")


@click.command(cls=VaultCommand)
@click.argument("credential", type=CREDENTIAL)
@click.argument("name")
@click.pass_obj
def detach(invocation: Invocation, credential: str, name: str) -> None:
    """Remove an attachment."""
    with invocation.unlocked() as session:
        found = session.credentials.detach(credential, name)
    tell(invocation, found, f"“{printable(found.name)}” has “{printable(name)}” with it no more.")


@click.command(cls=VaultCommand)
@click.argument("credential", type=CREDENTIAL)
@click.argument("name")
@click.option("--to", type=PATH_TEXT, default=STANDARD, metavar="FILE", help="A new file that only you may read.")
@click.pass_obj
def attachment(invocation: Invocation, credential: str, name: str, to: str) -> None:
    """Write an attachment to standard output, or to a new file."""
    if to != STANDARD and os.path.lexists(to):
        raise TargetExists(path=valid_text(to))
    if to == STANDARD and invocation.as_json:
        raise click.UsageError("--json goes with --to FILE: standard output is the attachment's.")
    with invocation.unlocked() as session:
        found = session.credentials.attachment(credential, name)
    try:
        if to == STANDARD:
            _print(found.data)
        else:
            write_new(Path(to), found.data)
            size = len(found.data)
            invocation.out.result({"path": to, "size": size}, f"“{printable(to)}”: {size:,} bytes written.")
    finally:
        wipe(found.data)


def _read(path: str) -> bytearray:
    data = read_small(path, ATTACHMENT_LIMIT)
    if len(data) > ATTACHMENT_LIMIT:
        wipe(data)
        # Not read further, so that its size is not known.
        raise AttachmentTooLarge(limit=ATTACHMENT_LIMIT)
    return data


def _print(data: bytearray) -> None:
    """Write it as it is; on a terminal only what cannot act on it."""
    if sys.stdout.isatty():
        text = data.decode("utf-8", "replace")
        if not all(character.isprintable() or character in "\n\t" for character in text.replace("\r\n", "\n")):
            raise click.UsageError("This is no text for a terminal: give --to FILE.")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
