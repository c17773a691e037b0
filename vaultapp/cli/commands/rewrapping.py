"""Bring sealed files to the newest versions of their keys, or to other keys."""

from __future__ import annotations

from pathlib import Path

import click

from vaultapp.cli.batch import BatchRun, Words
from vaultapp.cli.command import VaultCommand
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.options import KEY, PATH_TEXT, progress_option, recipient_passphrase_options
from vaultapp.cli.recipients import file_passphrases
from vaultapp.cli.sources import STANDARD, sources_of
from vaultapp.contracts.files import RewrapRequest

_WORDS = Words("Re-wrapping", "Re-wrapped", "The content is as it was.", "The content is as it was.")
_PATH = click.Path(path_type=Path)


@click.command(cls=VaultCommand)
@click.argument("paths", nargs=-1, required=True, type=PATH_TEXT, metavar="PATH…")
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=KEY,
    metavar="KEY",
    help="These keys open it from now on, and no others; may be repeated. Default: the keys it has.",
)
@click.option(
    "--add-key",
    "more_keys",
    multiple=True,
    type=KEY,
    metavar="KEY",
    help="This key opens it too from now on; may be repeated.",
)
@recipient_passphrase_options
@click.option("--new-recipient-passphrase", is_flag=True, help="Ask for a passphrase that opens it too from now on.")
@click.option(
    "--new-recipient-passphrase-file",
    type=_PATH,
    multiple=True,
    metavar="PATH",
    help="Read a passphrase that opens it too from now on from a file.",
)
@click.option("--drop-passphrases", is_flag=True, help="The passphrases that it has open it no more.")
@progress_option
@click.pass_context
def rewrap(
    ctx: click.Context,
    paths: tuple[str, ...],
    keys: tuple[str, ...],
    more_keys: tuple[str, ...],
    recipient_passphrase: bool,
    recipient_passphrase_file: tuple[Path, ...],
    new_recipient_passphrase: bool,
    new_recipient_passphrase_file: tuple[Path, ...],
    drop_passphrases: bool,
    progress_lines: bool,
) -> None:
    """Bring files to the newest versions of their keys.

    Only headers change. Whoever could open a file and kept what was in its header still can: to lock somebody out,
    decrypt it and encrypt it again.
    """
    invocation: Invocation = ctx.obj
    if STANDARD in paths:
        raise click.UsageError("A file is re-wrapped where it is; standard input has no place.")
    sources = sources_of(paths, None)
    old_files, new_files = recipient_passphrase_file, new_recipient_passphrase_file
    with (
        file_passphrases(invocation, old_files, ask=recipient_passphrase) as passphrases,
        file_passphrases(invocation, new_files, ask=new_recipient_passphrase, new=True) as new,
        invocation.for_passphrases()
        if passphrases and not keys and not more_keys
        else invocation.unlocked() as session,
    ):
        request = RewrapRequest(
            sources=sources.places,
            keys=keys,
            more_keys=more_keys,
            passphrases=passphrases,
            new_passphrases=new,
            keep_passphrases=not drop_passphrases,
        )
        run = BatchRun(invocation, _WORDS, lines=progress_lines)
        ctx.exit(run.finish(lambda: session.files.rewrap(request, run.work)))
