"""Asking a person whether it is meant."""

from __future__ import annotations

from vaultapp.cli.terminal import Terminal
from vaultapp.core.errors import OperationCancelled


def ask_to_go_on(terminal: Terminal, undone: str = "declined") -> None:
    """Ask whether to go on.

    Args:
        terminal: Asks.
        undone: What is not done otherwise: ``declined`` for anything, ``export`` for an export.

    Raises:
        OperationCancelled: No, or Ctrl+C.
    """
    try:
        answer = terminal.ask("Go on? [y/N] ")
    except KeyboardInterrupt:
        answer = ""
    if answer.strip().casefold() not in ("y", "yes"):
        raise OperationCancelled(reason=undone)
