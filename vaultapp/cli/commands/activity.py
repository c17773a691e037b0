"""The log of every use and change."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from vaultapp.cli.command import VaultCommand
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.output import counted, local_time
from vaultapp.cli.progress import progress
from vaultapp.cli.running import finish
from vaultapp.cli.session import Session
from vaultapp.cli.whole_number import WholeNumber
from vaultapp.contracts.activity import ActivityApi, Entry
from vaultapp.contracts.activity_lines import A_PAGE, entry_json, pages_oldest_first
from vaultapp.contracts.activity_sentences import ActivitySentences, is_problem
from vaultapp.core.errors import AgentGone, OperationCancelled
from vaultapp.core.printable import printable
from vaultapp.core.refusals import refusal

_FOLLOW_EVERY_S = 0.5


@click.command(cls=VaultCommand)
@click.option("--limit", type=WholeNumber(1, A_PAGE), default=50, show_default=True, help="How many of the newest.")
@click.option("--follow", is_flag=True, help="Go on printing what happens; JSON Lines with --json.")
@click.option("--check", is_flag=True, help="Prove that no entry was changed, removed, moved or added.")
@click.option(
    "--export",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write all of it, oldest first, as JSON Lines to a new file; - is standard output.",
)
@click.pass_obj
def activity(invocation: Invocation, limit: int, follow: bool, check: bool, export: Path | None) -> None:
    """Show what was done with the vault.

    By which program, with what, and how it ended. Names and numbers only: no entry ever holds a value.
    """
    if sum((follow, check, export is not None)) > 1:
        raise click.UsageError("--follow, --check and --export are for one each time.")
    with invocation.unlocked() as session:
        if check:
            _check(invocation, session)
        elif export is not None:
            _export(invocation, session.activity, export)
        elif follow:
            _follow(invocation, session.activity, limit)
        else:
            page = session.activity.list(limit=limit)
            entries = page.entries[::-1]
            value = {"entries": [entry_json(entry) for entry in entries], "total": page.total}
            invocation.out.result(value, *map(_line, entries))


def _check(invocation: Invocation, session: Session) -> None:
    with progress(invocation, "Checking") as work:
        report = finish(lambda: session.activity.check(work), work)
    value = {
        "entries": report.entries,
        "first": report.first,
        "last": report.last,
        "trimmed_before": report.trimmed_before,
    }
    lines = [f"The log is whole: {counted(report.entries, 'entry', 'entries')}, {report.first} to {report.last}."]
    if report.trimmed_before is not None:
        lines.append(f"What came before entry {report.trimmed_before} was taken out by the vault itself.")
    invocation.out.result(value, *lines)


def _follow(invocation: Invocation, log: ActivityApi, limit: int) -> None:
    """Print entries as they come, until the connection ends or a signal comes."""
    last = 0
    page = log.list(limit=limit)
    while True:
        for entry in reversed([entry for entry in page.entries if entry.sequence > last]):
            last = entry.sequence
            if invocation.as_json:
                invocation.out.json(entry_json(entry))
            else:
                invocation.out.lines(_line(entry))
        invocation.terminal.wait(_FOLLOW_EVERY_S)
        try:
            page = log.list(limit=A_PAGE)
        except AgentGone:
            invocation.say("The vault was locked.")
            return


def _export(invocation: Invocation, log: ActivityApi, target: Path) -> None:
    number = 0
    with _target(target) as file:
        from json import dumps

        for entries, _total in pages_oldest_first(log):
            file.writelines(dumps(entry_json(entry)) + "\n" for entry in entries)
            number += len(entries)
    if str(target) != "-":
        text = f"{counted(number, 'entry', 'entries')} written to “{printable(str(target))}”."
        invocation.out.result({"entries": number, "path": str(target)}, text)


@contextmanager
def _target(path: Path) -> Iterator[TextIO]:
    """Open a new file for its owner alone; it is removed again if it could not be written whole."""
    if str(path) == "-":
        yield sys.stdout
        return
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as exc:
        raise refusal(exc, path) from exc
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            yield file
    except BaseException as exc:
        path.unlink(missing_ok=True)
        if isinstance(exc, OSError):
            raise refusal(exc, path) from exc
        if isinstance(exc, KeyboardInterrupt):
            raise OperationCancelled(reason="export") from exc
        raise


def _line(entry: Entry) -> str:
    """Return an entry in the words that the window has for it."""
    speak = ActivitySentences()
    named = f"“{printable(entry.subject)}”"
    used = {"key": named, "credential": named, "passphrase": speak.phrase("passphrase")}
    result = "" if entry.outcome == "ok" else speak.result_of(entry)
    detail = speak.detail_of(entry)
    if is_problem(entry):
        result, detail = f"{result}: {detail}", ""
    parts = (speak.what_of(entry, entry.count), used.get(entry.subject_kind, ""), result, detail)
    what = " · ".join(part for part in parts if part)
    return f"{local_time(entry.time)}  {entry.sequence:>6}  {speak.who_of(entry.actor)}  {what}"
