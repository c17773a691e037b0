"""Commands and groups: the options that every command has, and subjects that are imported when used."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from vaultapp.cli.invocation import Invocation
from vaultapp.cli.whole_number import WholeNumber


class VaultCommand(click.Command):
    """A command with ``--json``, ``--vault`` and where the passphrase comes from."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.params.extend(standard_options())


class VaultGroup(click.Group):
    """A group whose commands are :class:`VaultCommand`; some may be imported when they are first needed.

    Args:
        lazy: Command name -> ``module:attribute``.
    """

    command_class = VaultCommand

    def __init__(self, *args: Any, lazy: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *self._lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now if it was not yet."""
        if cmd_name in self._lazy:
            module, _, attribute = self._lazy[cmd_name].partition(":")
            found = getattr(importlib.import_module(module), attribute)
            assert isinstance(found, click.Command)  # noqa: S101 - our own table
            return found
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; of an unknown one tell which was perhaps meant."""
        names = self.list_commands(ctx)
        if args[0] not in names and not ctx.resilient_parsing:
            near = difflib.get_close_matches(args[0], names, n=1)
            ctx.fail(f"There is no command {args[0]}." + (f" Did you mean {near[0]}?" if near else ""))
        return super().resolve_command(ctx, args)


def standard_options() -> list[click.Parameter]:
    """Return the options of every command; they go to the invocation, not to the command's function."""
    return [
        click.Option(
            ["--vault"],
            type=click.Path(path_type=Path),
            metavar="PATH",
            expose_value=False,
            callback=_store("vault_option"),
            help="The vault; default VAULTAPP_VAULT, else the personal one.",
        ),
        click.Option(
            ["--passphrase-file"],
            type=click.Path(path_type=Path),
            metavar="PATH",
            expose_value=False,
            callback=_store("passphrase_file"),
            help="Read the vault's passphrase from a file; default VAULTAPP_PASSPHRASE_FILE.",
        ),
        click.Option(
            ["--passphrase-fd"],
            type=WholeNumber(0),
            metavar="N",
            expose_value=False,
            callback=_store("passphrase_fd"),
            help="Read the vault's passphrase from an open descriptor.",
        ),
        click.Option(
            ["--json"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_store("as_json"),
            help="Print one JSON object.",
        ),
    ]


def _store(name: str) -> Any:
    def callback(ctx: click.Context, _parameter: click.Parameter, value: object) -> object:
        invocation = ctx.find_object(Invocation)
        # An option before the command holds unless it is given again behind it.
        if invocation is not None and value not in (None, False):
            setattr(invocation, name, value)
        return value

    return callback
