"""Encrypt files and folders."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from vaultapp.cli.batch import BatchRun, Words
from vaultapp.cli.command import VaultCommand
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.options import (
    KEY,
    PATH_TEXT,
    context_option,
    on_exist_option,
    pairs,
    progress_option,
    recipient_passphrase_options,
    to_option,
)
from vaultapp.cli.recipients import file_passphrases
from vaultapp.cli.sources import sources_of
from vaultapp.contracts.files import Folders, OnExist, SealRequest

_WORDS = Words("Encrypting", "Encrypted", "The original is kept.", "The originals are kept.")
_REMOVING = Words("Encrypting", "Encrypted", "The original is kept.", "Not every original was removed.")


@click.command(cls=VaultCommand)
@click.argument("paths", nargs=-1, required=True, type=PATH_TEXT, metavar="PATH…")
@click.option("--key", "keys", multiple=True, type=KEY, metavar="KEY", help="A key that can open it; may be repeated.")
@recipient_passphrase_options
@to_option
@context_option("A pair that is bound to the file, in clear; may be repeated.")
@click.option("--each/--archive", default=False, help="Each file of a folder by itself; default one archive.")
@on_exist_option
@click.option("--remove-originals", is_flag=True, help="Remove each original once its encrypted copy was read back.")
@progress_option
@click.pass_context
def encrypt(
    ctx: click.Context,
    paths: tuple[str, ...],
    keys: tuple[str, ...],
    recipient_passphrase: bool,
    recipient_passphrase_file: tuple[Path, ...],
    to: str | None,
    context: tuple[str, ...],
    each: bool,
    on_exist: str,
    remove_originals: bool,
    progress_lines: bool,
) -> None:
    """Encrypt files and folders.

    Each becomes NAME.sealed, for keys of the vault or for passphrases. A single - reads standard input and writes
    standard output; --to - writes standard output. Without --key no vault is needed.
    """
    invocation: Invocation = ctx.obj
    if not (keys or recipient_passphrase or recipient_passphrase_file):
        raise click.UsageError("Name who can open it: --key or --recipient-passphrase.")
    sources = sources_of(paths, to)
    if sources.output is not None and sys.stdout.isatty():
        raise click.UsageError("An encrypted file is not for a terminal; redirect standard output.")
    pairs_given = pairs("context", context)
    with (
        file_passphrases(invocation, recipient_passphrase_file, ask=recipient_passphrase, new=True) as passphrases,
        invocation.unlocked() if keys else invocation.vaultless() as session,
    ):
        request = SealRequest(
            sources=sources.places,
            keys=keys,
            passphrases=passphrases,
            context=pairs_given,
            folder=sources.folder,
            output=sources.output,
            folders=Folders.EACH if each else Folders.ARCHIVE,
            on_exist=OnExist(on_exist),
            remove_originals=remove_originals,
        )
        words = _REMOVING if remove_originals else _WORDS
        aside = sources.output is not None
        run = BatchRun(invocation, words, sources.descriptors, aside=aside, lines=progress_lines, about="copy")
        ctx.exit(run.finish(lambda: session.files.seal(request, run.work)))
