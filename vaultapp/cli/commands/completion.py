"""Completion for shells."""

from __future__ import annotations

import click

from vaultapp.cli.command import VaultGroup
from vaultapp.cli.invocation import Invocation

_PROGRAM = "vaultapp"
_VARIABLE = "_VAULTAPP_COMPLETE"


@click.group(cls=VaultGroup)
def completion() -> None:
    """Make a shell complete what is typed.

    Commands, options, and the keys of an unlocked vault.

    In ~/.bashrc: eval "$(vaultapp completion bash)"

    In ~/.zshrc: eval "$(vaultapp completion zsh)"

    For fish: vaultapp completion fish >~/.config/fish/completions/vaultapp.fish
    """


def _print(ctx: click.Context, shell: str) -> None:
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click has all three
    source = kind(ctx.find_root().command, {}, _PROGRAM, _VARIABLE).source()
    invocation: Invocation = ctx.obj
    invocation.out.result({"shell": shell, "script": source}, source)


@completion.command("bash")
@click.pass_context
def bash(ctx: click.Context) -> None:
    """For bash 4.4 or newer."""
    _print(ctx, "bash")


@completion.command("zsh")
@click.pass_context
def zsh(ctx: click.Context) -> None:
    """For zsh."""
    _print(ctx, "zsh")


@completion.command("fish")
@click.pass_context
def fish(ctx: click.Context) -> None:
    """For fish."""
    _print(ctx, "fish")
