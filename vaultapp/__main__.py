"""The program ``vaultapp``: composes the command line, and the window when it is asked for."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command line; never returns."""
    if len(sys.argv) == 1:
        sys.exit(_open_default())
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


def _open_default() -> int:
    # Nothing is to be read from the command line, whose code takes a third of the time to the first picture.
    from vaultapp.core.errors import VaultError
    from vaultapp.core.places import VAULT_VARIABLE, Places

    vault = Places.of_user(dict(os.environ)).vault(os.environ.get(VAULT_VARIABLE))
    try:
        return _open_window(vault, ())
    except VaultError as exc:
        from vaultapp.cli import failures

        failures.tell(exc, json=False)
        return failures.exit_code(exc)


def _open_window(vault: Path, paths: tuple[bytes, ...], *, hidden: bool = False) -> int:
    from vaultapp.core.errors import HostError
    from vaultapp.core.screens import screen_variable

    if sys.platform == "linux" and screen_variable(os.environ) is None:
        # Qt would end the process with a signal.
        raise HostError(reason="no_screen")
    from vaultapp.app.window import main as open_window

    try:
        return open_window(vault, paths, hidden=hidden)
    except ImportError as exc:
        # A library of the system that Qt wants: "libGL.so.1: cannot open shared object file".
        raise HostError(reason="no_qt", path=str(exc).partition(":")[0]) from exc


if __name__ == "__main__":
    main()
