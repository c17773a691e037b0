"""What of this machine matters to a vault, and whether it is as it should be."""

from __future__ import annotations

import click

from vaultapp.cli.command import VaultCommand
from vaultapp.cli.doctor.checks import CHECKS
from vaultapp.cli.doctor.finding import Finding, State
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.output import counted, table

_HOST = 5
_INDENT = " " * 6


@click.command(cls=VaultCommand)
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Look at what matters on this machine.

    Folders, rights, memory, the agent's hardening, what the window needs, what locks the vault by itself. Each line is
    ok, warn or bad, with what to do. Nothing is changed, started or asked. The exit code is 5 if something is bad.
    """
    invocation: Invocation = ctx.obj
    findings = [finding for check in CHECKS for finding in check(invocation)]
    value = [{"subject": f.subject, "state": f.state.value, "text": f.text, "todo": f.todo} for f in findings]
    invocation.out.result({"findings": value}, *_lines(findings))
    ctx.exit(_HOST if any(finding.state is State.BAD for finding in findings) else 0)


def _lines(findings: list[Finding]) -> list[str]:
    rows = table(("", "", ""), [(found.state.value, found.subject, found.text) for found in findings])[1:]
    lines = []
    for found, row in zip(findings, rows, strict=True):
        lines.append(row)
        if found.todo:
            lines.append(f"{_INDENT}{found.todo}")
    bad = sum(found.state is State.BAD for found in findings)
    warn = sum(found.state is State.WARN for found in findings)
    could = counted(warn, "thing could be better", "things could be better")
    if bad:
        return [*lines, "", f"{counted(bad, 'thing is bad', 'things are bad')}; {could}."]
    return [*lines, "", f"Nothing is bad; {could}." if warn else "All is well."]
