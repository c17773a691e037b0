"""Bring credentials in from other programs, and out into sealed files."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from vaultapp.cli.batch import shown
from vaultapp.cli.command import VaultCommand
from vaultapp.cli.confirmation import ask_to_go_on
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.options import CREDENTIAL, KEY, PATH_TEXT, recipient_passphrase_options
from vaultapp.cli.output import counted
from vaultapp.cli.progress import progress
from vaultapp.cli.recipients import file_passphrases
from vaultapp.cli.records import Json
from vaultapp.cli.running import finish
from vaultapp.cli.session import Session
from vaultapp.cli.sources import STANDARD, absolute
from vaultapp.cli.transfer_words import FORMATS, plan_json, plan_lines
from vaultapp.contracts.credential_transfer import (
    ExportRequest,
    ImportPlan,
    ImportReport,
    ImportRequest,
    OnTaken,
    TransferFormat,
)
from vaultapp.contracts.files import OnExist, Place
from vaultapp.core.errors import PassphraseNeeded
from vaultapp.core.work import WorkContext


@click.command("import", cls=VaultCommand)
@click.argument("file", type=PATH_TEXT)
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), help="What it is; default by its content.")
@click.option(
    "--on-taken",
    type=click.Choice([str(one) for one in OnTaken]),
    default=str(OnTaken.KEEP),
    show_default=True,
    help="What to do with entries whose identifier is taken; keep gives them a number.",
)
@click.option("--under", default="", metavar="PREFIX", help="Beginning of every identifier, such as imported.")
@recipient_passphrase_options
@click.option("--key-file", type=PATH_TEXT, metavar="PATH", help="Key file of a KeePass database.")
@click.option("--dry-run", is_flag=True, help="Say what would go in, and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.pass_obj
def import_file(
    invocation: Invocation,
    file: str,
    form: str | None,
    on_taken: str,
    under: str,
    recipient_passphrase: bool,
    recipient_passphrase_file: tuple[Path, ...],
    key_file: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Read credentials in from a file.

    A table (CSV) of a browser or password manager, Bitwarden's JSON, a KeePass database, or what `vaultapp credentials
    export` wrote. First it says field by field what goes in, what is called otherwise here, and what is left out and
    why; nothing is written before you agree.
    """
    if file == STANDARD:
        raise click.UsageError("An import is read twice: name a file.")
    if not (dry_run or yes or invocation.terminal.present):
        raise click.UsageError("There is no terminal to ask; look with --dry-run, agree with --yes.")
    with ExitStack() as stack:
        passphrases = stack.enter_context(
            file_passphrases(invocation, recipient_passphrase_file, ask=recipient_passphrase)
        )
        session = stack.enter_context(invocation.unlocked())

        def request(given: Sequence[bytearray]) -> ImportRequest:
            # Whoever is given a passphrase overwrites it, and the file is read twice.
            return ImportRequest(
                source=Place(absolute(file)),
                format=None if form is None else TransferFormat(form),
                on_taken=OnTaken(on_taken),
                passphrases=tuple(map(bytearray, given)),
                key_file=None if key_file is None else Place(absolute(key_file)),
                under=under,
            )

        try:
            plan = _planned(session, request(passphrases))
        except PassphraseNeeded:
            if passphrases or not invocation.terminal.present:
                raise
            passphrases = stack.enter_context(file_passphrases(invocation, (), ask=True))
            plan = _planned(session, request(passphrases))
        if not invocation.as_json:
            invocation.out.lines(*plan_lines(plan))
        if dry_run or not plan.taken:
            if invocation.as_json:
                invocation.out.json({"plan": plan_json(plan), "report": None})
            return
        if not yes:
            ask_to_go_on(invocation.terminal)
        with progress(invocation, "Importing") as work:
            wanted = request(passphrases)
            report = finish(lambda: session.transfer.apply(wanted, plan.digest, work), work)
    if invocation.as_json:
        invocation.out.json({"plan": plan_json(plan), "report": _report_json(report)})
        return
    invocation.out.lines(f"{counted(len(report.credentials), 'credential', 'credentials')} imported.")
    if plan.format not in (TransferFormat.SEALED, TransferFormat.KDBX):
        invocation.say(f"{shown(absolute(file))} holds these secrets in clear: remove it.")


@click.command("export", cls=VaultCommand)
@click.argument("credentials", nargs=-1, type=CREDENTIAL, metavar="[CREDENTIAL]…")
@click.option("--to", required=True, type=PATH_TEXT, metavar="FILE", help="The sealed file, such as logins.sealed.")
@click.option("--key", "keys", multiple=True, type=KEY, metavar="KEY", help="A key that can open it; may be repeated.")
@recipient_passphrase_options
@click.option(
    "--on-exist",
    type=click.Choice(["refuse", "keep", "replace"]),
    default="refuse",
    show_default=True,
    help="What to do when the name is taken; keep finds another name.",
)
@click.pass_obj
def export_file(
    invocation: Invocation,
    credentials: tuple[str, ...],
    to: str,
    keys: tuple[str, ...],
    recipient_passphrase: bool,
    recipient_passphrase_file: tuple[Path, ...],
    on_exist: str,
) -> None:
    """Write credentials into a sealed file.

    With all their versions, attachments and settings; without CREDENTIAL all of them, those in the bin too. Nothing
    is on the disk in clear. `vaultapp credentials import` makes the same credentials of it, in this vault or another.
    """
    if to == STANDARD:
        raise click.UsageError("An export is a file: name it with --to.")
    if not (keys or recipient_passphrase or recipient_passphrase_file):
        raise click.UsageError("Name who can open it: --key or --recipient-passphrase.")
    with (
        file_passphrases(invocation, recipient_passphrase_file, ask=recipient_passphrase, new=True) as passphrases,
        invocation.unlocked() as session,
    ):
        request = ExportRequest(
            target=absolute(to),
            credentials=credentials,
            keys=keys,
            passphrases=passphrases,
            on_exist=OnExist.ASK if on_exist == "refuse" else OnExist(on_exist),
        )
        with progress(invocation, "Exporting") as work:
            report = finish(lambda: session.transfer.export(request, work), work)
    value: Json = {
        "path": report.path.decode("utf-8", "replace"),
        "credentials": report.credentials,
        "versions": report.versions,
        "attachments": report.attachments,
        "size": report.size,
    }
    what = counted(report.credentials, "credential", "credentials")
    with_them = f"{counted(report.versions, 'version', 'versions')}, " + counted(
        report.attachments, "attachment", "attachments"
    )
    invocation.out.result(value, f"{shown(report.path)}: {what} exported, {with_them}.")


def _planned(session: Session, request: ImportRequest) -> ImportPlan:
    work: WorkContext[None] = WorkContext()
    return finish(lambda: session.transfer.plan(request, work), work)


def _report_json(report: ImportReport) -> Json:
    return {
        "imported": [str(credential_id) for credential_id in report.credentials],
        "skipped": report.skipped,
        "refused": report.refused,
    }
