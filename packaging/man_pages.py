"""Write a man page for every command, made from its help: ``python packaging/man_pages.py FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click_man.core import generate_man_page

from vaultapp import __version__
from vaultapp.cli.command_line import PROGRAM, root


def write(context: click.Context, folder: Path) -> None:
    """Write the page of a command, and of those below it."""
    path = folder / f"{context.command_path.replace(' ', '-')}.1"
    path.write_text(generate_man_page(context, __version__), encoding="utf-8")
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            if command is not None and not command.hidden:
                write(click.Context(command, info_name=name, parent=context), folder)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    write(click.Context(root, info_name=PROGRAM), target)
