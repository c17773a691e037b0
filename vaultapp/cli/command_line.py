"""The root of the command line: which commands there are, and what becomes of every outcome."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from vaultapp import __version__
from vaultapp.cli import failures
from vaultapp.cli.command import VaultGroup, standard_options
from vaultapp.cli.file_addresses import path_of
from vaultapp.cli.invocation import Invocation
from vaultapp.cli.running import Terminated
from vaultapp.core.errors import OperationCancelled, SourceMissing, VaultError
from vaultapp.core.printable import printable

PROGRAM = "vaultapp"
_BROKEN_PIPE = 128 + signal.SIGPIPE

_COMMANDS = "vaultapp.cli.commands"
_LAZY = {
    "init": f"{_COMMANDS}.vault:init",
    "unlock": f"{_COMMANDS}.vault:unlock",
    "lock": f"{_COMMANDS}.vault:lock",
    "status": f"{_COMMANDS}.vault:status",
    "settings": f"{_COMMANDS}.settings:settings",
    "doctor": f"{_COMMANDS}.doctor:doctor",
    "desktop": f"{_COMMANDS}.desktop:desktop",
    "passphrase": f"{_COMMANDS}.slots:passphrase",
    "slots": f"{_COMMANDS}.slots:slots",
    "recovery": f"{_COMMANDS}.slots:recovery",
    "backup": f"{_COMMANDS}.copies:backup",
    "backups": f"{_COMMANDS}.copies:backups",
    "restore": f"{_COMMANDS}.copies:restore",
    "verify": f"{_COMMANDS}.copies:verify",
    "keys": f"{_COMMANDS}.keys:keys",
    "encrypt": f"{_COMMANDS}.encrypting:encrypt",
    "decrypt": f"{_COMMANDS}.decrypting:decrypt",
    "inspect": f"{_COMMANDS}.inspecting:inspect",
    "rewrap": f"{_COMMANDS}.rewrapping:rewrap",
    "text": f"{_COMMANDS}.text:text",
    "credentials": f"{_COMMANDS}.credentials:credentials",
    "rotate": f"{_COMMANDS}.rotate:rotate",
    "read": f"{_COMMANDS}.secrets:read",
    "run": f"{_COMMANDS}.secrets:run",
    "inject": f"{_COMMANDS}.secrets:inject",
    "activity": f"{_COMMANDS}.activity:activity",
    "completion": f"{_COMMANDS}.completion:completion",
}


class _NobodyReads(Exception):
    """Standard output was closed by its reader."""


class RootGroup(VaultGroup):
    """Turns every outcome into an exit code, and every expected error into one line; bugs keep their traceback."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        """Run a command line and end the process with its exit code."""
        given = list(sys.argv[1:] if args is None else args)
        extra["prog_name"] = PROGRAM
        extra["standalone_mode"] = False
        invocation: Invocation = extra["obj"]
        try:
            sys.exit(self._outcome(given, invocation, rest, extra))
        finally:
            invocation.close()

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a closed pipe is told apart before click takes it for a failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as exc:
            raise _NobodyReads from exc

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; what is no command but a file is for the window."""
        path = path_of(args[0])
        if path not in self.list_commands(ctx) and os.path.lexists(path):
            return "window", _window, args
        if path.startswith("/") and not ctx.resilient_parsing:
            # Only a file manager, or somebody who means a file, writes whole paths.
            raise SourceMissing(path=path)
        return super().resolve_command(ctx, args)

    def _outcome(self, args: list[str], invocation: Invocation, rest: tuple[Any, ...], extra: dict[str, Any]) -> int:
        json = "--json" in args[: args.index("--") if "--" in args else None]
        try:
            code = super().main(args, *rest, **extra)
            sys.stdout.flush()
        except OperationCancelled as exc:
            failures.tell(exc, json=json)
            return failures.CANCELLED
        except VaultError as exc:
            failures.tell(exc, json=json or invocation.as_json)
            return failures.exit_code(exc)
        except click.exceptions.NoArgsIsHelpError as exc:
            if json:
                failures.tell_usage(_usage_text(click.UsageError("A command is missing.", exc.ctx)), json=True)
            else:
                click.echo(exc.format_message(), err=True)
            return failures.USER
        except click.ClickException as exc:
            failures.tell_usage(_usage_text(exc), json=json)
            return failures.USER
        except (click.Abort, KeyboardInterrupt):
            failures.tell(OperationCancelled(), json=json)
            return failures.CANCELLED
        except Terminated as exc:
            return 128 + exc.signal_number
        except (_NobodyReads, BrokenPipeError):
            # What is still buffered has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return _BROKEN_PIPE
        return code if isinstance(code, int) else failures.DONE


def _usage_text(exc: click.ClickException) -> str:
    text = printable(" ".join(exc.format_message().split()))
    if isinstance(exc, click.UsageError) and exc.ctx is not None:
        path = exc.ctx.command_path
        if isinstance(exc, click.NoSuchOption) and any(
            isinstance(one, click.Argument) for one in exc.ctx.command.params
        ):
            text = f"{text} What begins with a minus and is no option goes behind --: `{path} -- -…`."
        text = f"{text} See `{path} --help`."
    return text


@click.group(
    name=PROGRAM,
    cls=RootGroup,
    lazy=_LAZY,
    invoke_without_command=True,
    params=standard_options(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
@click.option("--hidden", is_flag=True, help="Start the window as an icon in the tray, where there is one.")
@click.pass_context
def root(ctx: click.Context, hidden: bool) -> None:
    """Keys, encrypted files and small encrypted texts in one vault.

    Without a command the window opens; files named are taken as if dropped on it.
    """
    if ctx.invoked_subcommand is None:
        ctx.exit(ctx.obj.open_window(ctx.obj.vault, (), hidden=hidden))


@click.command("window", hidden=True)
@click.argument("names", nargs=-1, type=click.Path())
@click.pass_context
def _window(ctx: click.Context, names: tuple[str, ...]) -> None:
    """Open the window with files as if they were dropped on it."""
    paths = tuple(os.fsencode(os.path.abspath(path_of(name))) for name in names)
    ctx.exit(ctx.obj.open_window(ctx.obj.vault, paths))
