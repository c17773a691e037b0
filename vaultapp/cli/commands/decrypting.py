"""Decrypt sealed files."""

from __future__ import annotations

from pathlib import Path

import click

from vaultapp.cli.batch import BatchRun, Words
from vaultapp.cli.command import VaultCommand
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.options import (
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
from vaultapp.contracts.files import OnExist, OpenRequest

_WORDS = Words("Decrypting", "Decrypted", "The encrypted file is kept.", "The encrypted files are kept.")


@click.command(cls=VaultCommand)
@click.argument("paths", nargs=-1, required=True, type=PATH_TEXT, metavar="PATH…")
@recipient_passphrase_options
@to_option
@context_option("A pair that the file's context must hold; may be repeated.")
@click.option("--no-unpack", is_flag=True, help="Leave the archive of an encrypted folder as NAME.tar.")
@on_exist_option
@progress_option
@click.pass_context
def decrypt(
    ctx: click.Context,
    paths: tuple[str, ...],
    recipient_passphrase: bool,
    recipient_passphrase_file: tuple[Path, ...],
    to: str | None,
    context: tuple[str, ...],
    no_unpack: bool,
    on_exist: str,
    progress_lines: bool,
) -> None:
    """Decrypt encrypted files and folders.

    A single - reads standard input and writes standard output; --to - writes standard output. From a file all of it
    is verified before the first byte is written. From a pipe each piece is written once it is verified: heed the exit
    code, 3 means that the end was cut off or changed. With a passphrase of the file no vault is needed, unless one is
    named with --vault or its passphrase is given.
    """
    invocation: Invocation = ctx.obj
    sources = sources_of(paths, to)
    pairs_given = pairs("context", context)
    with (
        file_passphrases(invocation, recipient_passphrase_file, ask=recipient_passphrase) as passphrases,
        invocation.for_passphrases() if passphrases else invocation.unlocked() as session,
    ):
        request = OpenRequest(
            sources=sources.places,
            passphrases=passphrases,
            context=pairs_given,
            folder=sources.folder,
            output=sources.output,
            unpack=not no_unpack,
            on_exist=OnExist(on_exist),
        )
        run = BatchRun(
            invocation,
            _WORDS,
            sources.descriptors,
            aside=sources.output is not None,
            lines=progress_lines,
            about="passphrase" if passphrases else "",
        )
        ctx.exit(run.finish(lambda: session.files.open(request, run.work)))
