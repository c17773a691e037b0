"""A credential's life: versions, what the log says of it, the bin, one-time codes."""

from __future__ import annotations

from itertools import islice

import click

from vaultapp.cli.command import VaultCommand
from vaultapp.cli.commands.credentials import tell, version_lines
from vaultapp.cli.confirmation import ask_to_go_on
from vaultapp.cli.credential_records import credential_json
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.options import CREDENTIAL
from vaultapp.cli.output import local_time
from vaultapp.cli.whole_number import WholeNumber
from vaultapp.contracts.activity import Entry
from vaultapp.contracts.activity_lines import A_PAGE, entry_json
from vaultapp.contracts.activity_sentences import ActivitySentences
from vaultapp.contracts.credential_history import entries_of
from vaultapp.contracts.credentials import SCHEME, Credential, Label
from vaultapp.core.printable import printable

_BIN_DAYS = 30


@click.command(cls=VaultCommand)
@click.argument("credential", type=CREDENTIAL)
@click.option(
    "--in", "days", type=WholeNumber(7, _BIN_DAYS), metavar="DAYS", help="How long it stays in the bin; default 30."
)
@click.option("--force", is_flag=True, help="Delete it for good now, also out of the bin; asks first.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove(invocation: Invocation, credential: str, days: int | None, force: bool, yes: bool) -> None:
    """Move a credential to the bin.

    Programs get it no more. It can be taken back with all its versions until it is deleted for good.
    """
    if force and days is not None:
        raise click.UsageError("Give either --in DAYS or --force.")
    with invocation.unlocked() as session:
        if not force:
            found = session.credentials.delete(credential, days or _BIN_DAYS)
            name = printable(found.name)
            lines = (
                f"“{name}” lies in the bin and is deleted for good on {local_time(found.deletes_at)}.",
                "Until then `vaultapp credentials restore` takes it back.",
            )
        else:
            found = session.credentials.show(credential)
            _confirm(invocation, found, yes=yes)
            found = session.credentials.delete(str(found.credential_id), force=True)
            lines = (f"“{printable(found.name)}” is gone.", "Backups hold it for up to four weeks longer.")
    tell(invocation, found, *lines)


@click.command(cls=VaultCommand)
@click.argument("credential", type=CREDENTIAL)
@click.pass_obj
def restore(invocation: Invocation, credential: str) -> None:
    """Take a credential out of the bin, as it was."""
    with invocation.unlocked() as session:
        found = session.credentials.restore(credential)
    tell(invocation, found, f"“{printable(found.name)}” is back. Programs hold {SCHEME}{printable(found.identifier)}.")


@click.command(cls=VaultCommand)
@click.argument("credential", type=CREDENTIAL)
@click.option("--limit", type=WholeNumber(1, A_PAGE), default=50, show_default=True, help="How many of the newest.")
@click.pass_obj
def history(invocation: Invocation, credential: str, limit: int) -> None:
    """Show a credential's versions, and what the log says of it."""
    with invocation.unlocked() as session:
        found = session.credentials.show(credential)
        entries = [*islice(entries_of(session.activity, found), limit)][::-1]
    value = {"credential": credential_json(found), "entries": [entry_json(entry) for entry in entries]}
    invocation.out.result(value, *version_lines(found), "", *map(_line, entries))


@click.command(cls=VaultCommand)
@click.argument("credential", type=CREDENTIAL)
@click.argument("version")
@click.pass_obj
def promote(invocation: Invocation, credential: str, version: str) -> None:
    """Make another version current.

    VERSION is a label, a number or an id: `previous` undoes the last change. The target is not told.
    """
    with invocation.unlocked() as session:
        found = session.credentials.promote(credential, version)
    number = next(one.number for one in found.versions if Label.CURRENT in one.labels)
    tell(invocation, found, f"Version {number} of “{printable(found.name)}” is current.")


@click.command(cls=VaultCommand)
@click.argument("credential", type=CREDENTIAL)
@click.argument("version")
@click.pass_obj
def enable(invocation: Invocation, credential: str, version: str) -> None:
    """Give a version to programs again."""
    with invocation.unlocked() as session:
        found = session.credentials.enable_version(credential, version, enabled=True)
    tell(invocation, found, f"That version of “{printable(found.name)}” is enabled.")


@click.command(cls=VaultCommand)
@click.argument("credential", type=CREDENTIAL)
@click.argument("version")
@click.pass_obj
def disable(invocation: Invocation, credential: str, version: str) -> None:
    """Give a version to no program any more.

    Until it is enabled again. The current version cannot be disabled.
    """
    with invocation.unlocked() as session:
        found = session.credentials.enable_version(credential, version, enabled=False)
    tell(invocation, found, f"That version of “{printable(found.name)}” is disabled.")


@click.command(cls=VaultCommand)
@click.argument("credential", type=CREDENTIAL)
@click.pass_obj
def code(invocation: Invocation, credential: str) -> None:
    """Print the one-time code of a login.

    It is made from its field totp.
    """
    with invocation.unlocked() as session:
        made = session.credentials.code(credential)
    invocation.say(f"Valid for {made.seconds} s.")
    invocation.out.result({"code": made.code, "seconds": made.seconds}, made.code)


def _confirm(invocation: Invocation, found: Credential, *, yes: bool) -> None:
    """Ask whether it is meant.

    Raises:
        click.UsageError: There is nobody to ask.
        OperationCancelled: It is not meant.
    """
    if yes:
        return
    if not invocation.terminal.present:
        raise click.UsageError("There is no terminal to ask; --yes says that it is meant.")
    invocation.terminal.say(f"“{printable(found.name)}” and all its versions are deleted for good.")
    ask_to_go_on(invocation.terminal)


def _line(entry: Entry) -> str:
    speak = ActivitySentences()
    result = "" if entry.outcome == "ok" else speak.result_of(entry)
    parts = (speak.what_of(entry, entry.count), result, speak.detail_of(entry))
    what = " · ".join(part for part in parts if part)
    return f"{local_time(entry.time)}  {speak.who_of(entry.actor)}  {what}"
