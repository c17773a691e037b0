from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from vaultapp.cli.command_line import root

PROGRAM = Path(__file__).parents[2] / "packaging/man_pages.py"


def commands(group: click.Group, name: str) -> list[str]:
    context = click.Context(group)
    found = [name]
    for inner in group.list_commands(context):
        command = group.get_command(context, inner)
        assert command is not None
        below = f"{name}-{inner}"
        found += commands(command, below) if isinstance(command, click.Group) else [below]
    return found


def test_every_command_has_a_page_that_says_what_its_help_says(tmp_path: Path) -> None:
    subprocess.run([sys.executable, PROGRAM, tmp_path / "man"], check=True)
    pages = {path.stem: path.read_text() for path in (tmp_path / "man").glob("*.1")}
    assert set(pages) == set(commands(root, "vaultapp"))
    assert len(pages) > 40
    assert "Encrypt files and folders." in pages["vaultapp-encrypt"]
    assert "remove\\-originals" in pages["vaultapp-encrypt"]
    assert "standard input" in pages["vaultapp-text-encrypt"]
