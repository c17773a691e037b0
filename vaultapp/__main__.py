"""The program ``vaultapp``: composes the command line, and the window when it is asked for."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command line; never returns."""
    from vaultapp.cli.agents import UserAgents
    from vaultapp.cli.command_line import root
    from vaultapp.cli.invocation import Invocation
    from vaultapp.cli.running import raise_on_termination
    from vaultapp.cli.terminal import ControllingTerminal
    from vaultapp.core.places import Places

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name that the terminal's encoding does not have must not end the command.
            stream.reconfigure(errors="backslashreplace")
    raise_on_termination()
    environment = dict(os.environ)
    places = Places.of_user(environment)
    root.main(obj=Invocation(environment, places, UserAgents(places), ControllingTerminal(), _open_window))


def _open_window(vault: Path, paths: tuple[bytes, ...]) -> int:
    from vaultapp.app.window import main as open_window

    return open_window(vault, paths)


if __name__ == "__main__":
    main()
