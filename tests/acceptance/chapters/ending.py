"""A look from a terminal, and the end."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.acceptance.walk import AGENT, Walk
from tests.desktop.processes import wait_until


def command_line(walk: Walk) -> None:
    """Look at a sealed file from a terminal, while the window has the vault."""
    vaultapp = Path(sys.executable).with_name("vaultapp")
    told = walk.session.ask(vaultapp, "inspect", walk.files / "report.pdf.sealed")
    if "AES-256-GCM" not in told:
        raise AssertionError(f"inspect told {told!r}")
    walk.story.say("`vaultapp inspect report.pdf.sealed` in a terminal:")
    walk.story.block(told)


def leave(walk: Walk) -> None:
    """Close the window; nothing of it stays behind."""
    walk.window()
    walk.hand.key("alt+F4")
    ended = wait_until(lambda: None if walk.app.poll() is None else [walk.app.returncode], "the app to end", 30)
    code = ended[0]
    walk.story.say(f"The window was closed and the app ended with {code}.")
    wait_until(lambda: not walk.session.running(AGENT), "the agent to end", 15)
    walk.story.say("No process of it is left.")
    if code:
        raise AssertionError(f"the app ended with {code}")
    if said := _messages(walk):
        raise AssertionError(f"the app wrote to standard error: {said}")


def _messages(walk: Walk) -> str:
    log = walk.session.logs / "vaultapp.log"
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    # Qt says this of every program on a bus of its own.
    return "\n".join(line for line in lines if not line.startswith("qt.accessibility.atspi"))
