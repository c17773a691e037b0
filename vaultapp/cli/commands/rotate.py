"""Change secrets where they are used."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import click

from vaultapp.cli.command import VaultGroup
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.options import CREDENTIAL, progress_option
from vaultapp.cli.output import local_time, table
from vaultapp.cli.rotation_run import RotationRun, exit_code
from vaultapp.cli.rotation_words import (
    OUTCOMES,
    outcome_sentence,
    plan_json,
    plan_sentence,
    rotation_json,
    trigger_json,
)
from vaultapp.contracts.credentials import CredentialsApi
from vaultapp.contracts.rotation import RotationChanged, RotationOutcome, RotationPlan, WatchedTrigger
from vaultapp.core.errors import NotFound
from vaultapp.core.printable import printable, printable_path

_NOW = "now"
_TAKES_A_VALUE = frozenset({"--vault", "--passphrase-file", "--passphrase-fd", "--target"})
_WINDOW = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])\+([0-9]{1,4})")


class RotateGroup(VaultGroup):
    """Takes names of credentials where a command could stand: ``rotate NAME…`` beside ``rotate status``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command in front that is meant when none is named."""
        at = _first_word(args)
        if at is not None and args[at] in self.list_commands(ctx):
            args = [args[at], *args[:at], *args[at + 1 :]]
        elif args and args[0] not in ctx.help_option_names:
            args = [_NOW, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names that can be typed; of a credential called as the nameless one, its name is meant."""
        return [name for name in super().list_commands(ctx) if name != _NOW]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, also the one that has no name to type."""
        if args[0] == _NOW:
            return _NOW, self.get_command(ctx, _NOW), args[1:]
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options of the command that is meant when none is named, then the commands."""
        command = self.get_command(ctx, _NOW)
        if command is not None:
            command.format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


@click.group(cls=RotateGroup, subcommand_metavar="[NAME… | COMMAND [ARGS]…]")
def rotate() -> None:
    """Give credentials new values where they are used.

    NAME is a credential's name, identifier or id; what is called as a command is goes behind --. Each goes through
    four steps: a new value is made and kept, the target takes it, it is tried, and it becomes current. The exit code
    is 0 when all succeeded and 4 when one failed or is unfinished; what is unfinished goes on by itself.

    In place of names, --due takes all whose time has come, and --target HOST all that are used there. With --emergency
    no grace is left, open sessions are ended, and it is proved that the old value is out.
    """


@rotate.command(_NOW, hidden=True)
@click.argument("names", nargs=-1, type=CREDENTIAL)
@click.option("--emergency", is_flag=True, help="Leave no grace, end open sessions, and prove it: after a break-in.")
@click.option("--due", is_flag=True, help="All whose time has come.")
@click.option("--target", metavar="HOST", help="All at one target, HOST or HOST:PORT.")
@progress_option
@click.pass_obj
def now(
    invocation: Invocation, names: tuple[str, ...], emergency: bool, due: bool, target: str | None, progress_lines: bool
) -> int:
    """Rotate credentials now."""
    if sum((bool(names), due, target is not None)) != 1:
        raise click.UsageError("Name credentials, or give --due, or --target HOST.")
    if due and emergency:
        raise click.UsageError("--emergency is for credentials that are named, and for --target.")
    with invocation.unlocked() as session:
        run = RotationRun(invocation, lines=progress_lines)
        api = session.rotation
        if due:
            return run.finish(lambda: api.rotate_due(run.work), "Nothing is due.")
        if target is not None:
            return run.finish(lambda: api.rotate_target(target, run.work, emergency=emergency), "Nothing was rotated.")
        return run.finish(lambda: api.rotate(names, run.work, emergency=emergency), "Nothing was rotated.")


@rotate.command("resume")
@progress_option
@click.pass_obj
def resume(invocation: Invocation, progress_lines: bool) -> int:
    """Bring unfinished rotations to their end now.

    Or back to their start: which value is in force is found out by logging in.
    """
    with invocation.unlocked() as session:
        run = RotationRun(invocation, lines=progress_lines)
        return run.finish(lambda: session.rotation.resume(run.work), "No rotation is unfinished.")


@rotate.command("cancel")
@click.argument("name", type=CREDENTIAL)
@click.pass_obj
def cancel(invocation: Invocation, name: str) -> int:
    """Call an unfinished rotation off.

    Where the target has taken the new value already, it is brought to its end instead.
    """
    with invocation.unlocked() as session:
        changed = session.rotation.cancel(name)
    invocation.out.result({"rotation": rotation_json(changed)}, outcome_sentence(changed))
    # Called off is what was asked for.
    return 0 if changed.state.outcome is RotationOutcome.CANCELLED else exit_code((changed,))


@rotate.command("status")
@click.pass_obj
def status(invocation: Invocation) -> None:
    """Show what is unfinished, failed, in its grace period, or due."""
    with invocation.unlocked() as session:
        left = session.rotation.status()
        due = [session.credentials.show(str(credential)) for credential in session.rotation.due()]
    value = {
        "rotations": [rotation_json(one) for one in left],
        "due": [
            {"credential": str(one.credential_id), "identifier": one.identifier, "plan": plan_json(one.plan)}
            for one in due
        ],
    }
    lines: list[str] = []
    if left:
        lines += table(("CREDENTIAL", "OUTCOME", "STEP", "BEGUN", "GOES ON", "OLD VALID UNTIL"), map(_row, left))
        lines += [outcome_sentence(one) for one in left if one.state.error]
    lines += [f"“{printable(one.identifier)}” is due since {local_time(one.plan.next_due)}." for one in due]
    invocation.out.result(value, *(lines or ["Nothing is unfinished, and nothing is due."]))


@rotate.command("check")
@click.argument("name", type=CREDENTIAL)
@click.pass_obj
def check(invocation: Invocation, name: str) -> None:
    """Log in with the current value and look if a rotation could work.

    Nothing is changed.
    """
    with invocation.unlocked() as session:
        session.rotation.check(name)
    text = f"The current value of “{printable(name)}” logs in, and a rotation can begin."
    invocation.out.result({"credential": name, "ok": True}, text)


@rotate.command("schedule")
@click.argument("name", type=CREDENTIAL)
@click.option("--every", type=int, metavar="DAYS", help="So many days after the last rotation.")
@click.option("--cron", metavar="LINE", help="At these times: minute, hour, day, month, day of the week; local time.")
@click.option("--window", metavar="HH:MM+MIN", help="Only within so many minutes from this time of the day.")
@click.option("--never", is_flag=True, help="Only when asked.")
@click.pass_obj
def schedule(
    invocation: Invocation, name: str, every: int | None, cron: str | None, window: str | None, never: bool
) -> None:
    """Let a credential rotate by itself, or stop that.

    It does while the vault is open; what came due before is offered then. At most once an hour.
    """
    if sum((every is not None, cron is not None, never)) != 1:
        raise click.UsageError("Give either --every DAYS, --cron LINE, or --never.")
    start, minutes = _window(window)
    plan = RotationPlan(every or 0, cron or "", start, minutes)
    if every is not None and every < 1:
        raise click.UsageError("--every takes 1 to 3,650 days.")
    with invocation.unlocked() as session:
        kept = session.rotation.schedule(name, plan)
    invocation.out.result({"credential": name, "plan": plan_json(kept)}, plan_sentence(name, kept))


@rotate.command("watch")
@click.argument("name")
@click.option("--file", "file", type=click.Path(path_type=Path), metavar="PATH", help="When it appears or changes.")
@click.option("--command", "command", metavar="COMMAND", help="When it exits with 0; no shell is used.")
@click.option("--every", type=int, default=60, show_default=True, metavar="SECONDS", help="How often it is tried.")
@click.option(
    "--rotate", "names", type=CREDENTIAL, multiple=True, required=True, metavar="CREDENTIAL", help="May be repeated."
)
@click.option("--gentle", is_flag=True, help="Leave a grace period and open sessions.")
@click.pass_obj
def watch(
    invocation: Invocation,
    name: str,
    file: Path | None,
    command: str | None,
    every: int,
    names: tuple[str, ...],
    gentle: bool,
) -> None:
    """Rotate when a file or a command calls for it.

    NAME is the trigger's own; one of that name is replaced. It is watched while the vault is open; what changed
    before is seen then.
    """
    if (file is None) == (command is None):
        raise click.UsageError("Give either --file PATH or --command COMMAND.")
    argv = _words(command) if command is not None else ()
    path = b"" if file is None else os.fsencode(os.path.abspath(file))
    with invocation.unlocked() as session:
        ids = tuple(session.credentials.show(one).credential_id for one in names)
        trigger = WatchedTrigger(name, ids, path, argv, every, not gentle)
        session.rotation.watch(trigger)
    what = f"“{printable_path(path)}”" if path else f"“{printable(command or '')}”"
    invocation.out.result({"trigger": trigger_json(trigger)}, f"{what} is watched while the vault is open.")


@rotate.command("unwatch")
@click.argument("name")
@click.pass_obj
def unwatch(invocation: Invocation, name: str) -> None:
    """Watch something no more."""
    with invocation.unlocked() as session:
        session.rotation.unwatch(name)
    invocation.out.result({"removed": name}, f"“{printable(name)}” is watched no more.")


@rotate.command("triggers")
@click.pass_obj
def triggers(invocation: Invocation) -> None:
    """List what is watched."""
    with invocation.unlocked() as session:
        found = session.rotation.triggers()
        names = {one: _identifier(session.credentials, str(one)) for trigger in found for one in trigger.credentials}
    rows = [
        (
            trigger.name,
            printable_path(trigger.path) if trigger.path else shlex.join(trigger.command),
            "" if trigger.path else f"{trigger.every_s} s",
            "emergency" if trigger.emergency else "gentle",
            ", ".join(names[one] for one in trigger.credentials),
        )
        for trigger in found
    ]
    heads = ("NAME", "WATCHES", "EVERY", "HOW", "ROTATES")
    lines = table(heads, rows) if rows else ["Nothing is watched. `vaultapp rotate watch` adds something."]
    invocation.out.result({"triggers": [trigger_json(one) for one in found]}, *lines)


def _first_word(args: list[str]) -> int | None:
    """Return where the first argument stands that is no option nor its value; None when there is none before --."""
    at = 0
    while at < len(args):
        if args[at] == "--":
            return None
        if not args[at].startswith("-") or args[at] == "-":
            return at
        at += 2 if args[at] in _TAKES_A_VALUE else 1
    return None


def _row(changed: RotationChanged) -> tuple[str, ...]:
    state = changed.state
    return (
        changed.identifier,
        OUTCOMES[state.outcome],
        state.step.value,
        local_time(state.started),
        local_time(state.next_try),
        local_time(state.old_until),
    )


def _window(text: str | None) -> tuple[int, int]:
    if text is None:
        return 0, 0
    found = _WINDOW.fullmatch(text)
    if found is None or int(found[3]) not in range(1, 24 * 60 + 1):
        raise click.UsageError("--window takes a time and minutes, as in 02:30+60.")
    return int(found[1]) * 60 + int(found[2]), int(found[3])


def _words(command: str) -> tuple[str, ...]:
    try:
        found = tuple(shlex.split(command))
    except ValueError:
        raise click.UsageError("The quotes of --command do not match.") from None
    if not found:
        raise click.UsageError("--command names no program.")
    return found


def _identifier(credentials: CredentialsApi, credential: str) -> str:
    """Return what a credential is called; its id when it is gone."""
    try:
        return credentials.show(credential).identifier
    except NotFound:
        return credential
