"""Copying on Wayland: a compositor that lets helpers see the clipboard, and one that does not."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.copier import GUARD, Copier, running
from tests.desktop.processes import wait_until
from tests.desktop.wayland_session import WaylandSession
from tests.ended import wait_gone

SECRET = "zebra locksmith quartz"
LONG = 600


@pytest.fixture
def sway() -> Iterator[WaylandSession]:
    with WaylandSession("sway") as session:
        yield session


def copier(session: WaylandSession, seconds: int, **more: str) -> Copier:
    """Start the program and give it the keyboard: a compositor takes a copy only from whom a key was pressed in."""
    window = Copier(lambda argv: session.start(argv, pipes=True, more=more), seconds)
    wait_until(lambda: session.focused() == "copier", "the focus")
    session.ask("wtype", "a")
    return window


def pasted(session: WaylandSession) -> str:
    return session.ask("wl-paste", "--no-newline", "--type", "text")


def test_a_copy_is_read_back_marked_and_cleared_in_time(sway: WaylandSession) -> None:
    window = copier(sway, 5)
    window.copy(SECRET)
    assert "limited" not in " ".join(window.heard)
    assert pasted(sway) == SECRET
    assert "x-kde-passwordManagerHint" in sway.ask("wl-paste", "--list-types").split()
    assert sway.ask("wl-paste", "--primary") == ""
    window.wait_for("left 0")
    wait_until(lambda: pasted(sway) == "", "the secret to go")


def test_a_manager_that_took_it_over_is_cleared_when_the_window_is_killed(sway: WaylandSession) -> None:
    window = copier(sway, LONG)
    window.copy(SECRET)
    (guard,) = running(sway, GUARD)
    sway.ask("wl-copy", text=SECRET)
    os.kill(window.process.pid, signal.SIGKILL)
    window.process.wait(30)
    wait_gone(guard)
    assert pasted(sway) == ""


def test_what_somebody_else_copied_meanwhile_stays(sway: WaylandSession) -> None:
    window = copier(sway, LONG)
    window.copy(SECRET)
    (guard,) = running(sway, GUARD)
    sway.ask("wl-copy", text="a shopping list")
    os.kill(window.process.pid, signal.SIGKILL)
    wait_gone(guard)
    assert pasted(sway) == "a shopping list"


def test_without_the_tools_it_is_said_that_nobody_can_look(sway: WaylandSession, tmp_path: Path) -> None:
    for name in ("python3", "env"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    window = copier(sway, 4, PATH=str(tmp_path))
    window.copy(SECRET)
    assert window.heard[0].endswith("limited")
    assert pasted(sway) == SECRET
    # The window owns it, and clears it itself.
    wait_until(lambda: pasted(sway) == "", "the secret to go")
    assert "kept" not in window.heard


def test_where_nothing_can_be_copied_that_is_said() -> None:
    with WaylandSession("weston") as weston:
        window = Copier(lambda argv: weston.start(argv, pipes=True), LONG)
        window.tell(f"copy {SECRET}")
        window.wait_for("refused")
        assert not any(line.startswith("left") for line in window.heard)
        window.tell("clear")
        wait_until(lambda: any(line.startswith("gone") for line in window.heard), "an answer")
        window.tell("quit")
        assert window.process.wait(30) == 0
