"""Copies of a vault, and proof that it is whole."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from vaultapp.cli.command import VaultCommand, VaultGroup
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.output import counted, local_time, table
from vaultapp.cli.passphrases import wipe
from vaultapp.cli.progress import progress
from vaultapp.cli.records import Json, backup_json, path_json
from vaultapp.cli.running import finish
from vaultapp.contracts.vault import BackupRecord, VaultStatus
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.printable import printable, printable_path
from vaultapp.core.sentences import size

_PATH = click.Path(path_type=Path)


@click.command(cls=VaultCommand)
@click.option("--to", type=_PATH, metavar="PATH", help="A file or folder; else the vault's own folder of backups.")
@click.pass_obj
def backup(invocation: Invocation, to: Path | None) -> None:
    """Make a verified copy of the vault."""
    target = None if to is None else os.fsencode(os.path.abspath(to))
    with invocation.unlocked() as session, progress(invocation, "Copying") as work:
        made = finish(lambda: session.vault.backup(work, target), work)
    text = f"“{printable_path(made.path)}” is a verified copy of the vault, {size(made.size)}."
    invocation.out.result(backup_json(made), text)


@click.group(cls=VaultGroup)
def backups() -> None:
    """The copies that are kept of the vault."""


@backups.command("list")
@click.pass_obj
def list_backups(invocation: Invocation) -> None:
    """List the vault's copies, newest first.

    Takes no passphrase. Of a vault that cannot be read, the copies of all vaults are listed.
    """
    with invocation.locked(new=True) as session:
        status = session.vault.status()
        found = session.vault.backups()
    invocation.out.result({"backups": [_copy_json(status, one) for one in found]}, *_copies(status, found))


def _copy_json(status: VaultStatus, copy: BackupRecord) -> Json:
    """Return a copy with whose it is: this vault's, unless it says otherwise."""
    whose = (copy.vault, copy.vault_id) if copy.vault_id is not None else (status.name, status.vault_id)
    return backup_json(copy) | {"vault": whose[0] or None, "vault_id": None if whose[1] is None else str(whose[1])}


def _copies(status: VaultStatus, found: Sequence[BackupRecord]) -> list[str]:
    if not found:
        return ["There are no copies yet."]
    rows = [(local_time(one.made), one.kind, size(one.size), os.fsdecode(one.path)) for one in found]
    if status.vault_id is not None:
        return [f"Copies of “{printable(status.name)}”:", "", *table(("MADE", "KIND", "SIZE", "PATH"), rows)]
    there = "cannot be read" if status.state is not VaultState.MISSING else "is not there"
    named = [(one.vault or f"id {one.vault_id}", *row) for one, row in zip(found, rows, strict=True)]
    return [
        f"“{printable_path(status.path)}” {there}. These are the copies of all vaults that were used here:",
        "",
        *table(("VAULT", "MADE", "KIND", "SIZE", "PATH"), named),
    ]


@click.command(cls=VaultCommand)
@click.argument("source", type=_PATH)
@click.pass_obj
def restore(invocation: Invocation, source: Path) -> None:
    """Put a copy in the vault's place.

    The copy is proved to be whole first. The passphrase is the copy's. What the copy replaces is kept beside it,
    and the vault is locked.
    """
    path = os.fsencode(os.path.abspath(source))
    with invocation.locked(new=True) as session, progress(invocation, "Checking the copy") as work:
        passphrase = invocation.passphrase.get("Passphrase of the copy: ")
        try:
            report = finish(lambda: session.vault.restore(path, passphrase, work), work)
        finally:
            wipe(passphrase)
    lines = [f"“{printable_path(report.path)}” is the copy now, and locked."]
    if report.kept:
        lines.append(f"What was there is kept as “{printable_path(report.kept)}”.")
    value = {"path": path_json(report.path), "kept": path_json(report.kept or b""), "epoch": report.epoch}
    invocation.out.result(value, *lines)


@click.command(cls=VaultCommand)
@click.pass_obj
def verify(invocation: Invocation) -> None:
    """Check that the vault is whole.

    Every row, the vault's own seal, its tables and the activity log.
    """
    with invocation.unlocked() as session, progress(invocation, "Checking") as work:
        report = finish(lambda: session.vault.verify(work), work)
    keys = counted(report.keys, "key", "keys")
    entries = counted(report.activity_entries, "activity entry", "activity entries")
    text = f"The vault is whole: {counted(report.rows, 'record', 'records')}, {keys}, {entries}."
    value = {
        "rows": report.rows,
        "keys": report.keys,
        "activity_entries": report.activity_entries,
        "epoch": report.epoch,
    }
    invocation.out.result(value, text)
