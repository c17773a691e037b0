"""Copying on Wayland: a compositor that lets helpers see the clipboard, and one that does not."""

from __future__ import annotations

import os
import shutil
import signal
import sys
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


_READS = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from vaultapp.gui.guarding.clipboard_reading import ClipboardReading
from vaultapp.gui.tasks import TaskRunner

app, tasks = QGuiApplication([]), TaskRunner()
beats, gaps = [time.monotonic()], []

def beat():
    gaps.append(time.monotonic() - beats[-1])
    beats.append(time.monotonic())

def end(said):
    beat()
    print(said, max(gaps), flush=True)
    app.quit()

heart = QTimer()
heart.timeout.connect(beat)
heart.start(10)
reading = ClipboardReading.of(app.clipboard(), app.platformName(), tasks)
QTimer.singleShot(0, lambda: reading.read(app, end, lambda: end("unanswered")))
app.exec()
"""


def without_tools(session: WaylandSession, folder: Path) -> tuple[str, float]:
    """Read the clipboard in a program that finds no tools; return what it says, and its window's longest pause."""
    said = session.ask("env", f"PATH={folder}", sys.executable, "-c", _READS)
    text, _, pause = said.rpartition(" ")
    return text, float(pause)


def test_without_the_tools_what_others_copied_is_read_all_the_same(sway: WaylandSession, tmp_path: Path) -> None:
    assert without_tools(sway, tmp_path)[0] == ""
    sway.ask("wl-copy", text="héron ♜")
    assert without_tools(sway, tmp_path)[0] == "héron ♜"


def test_without_the_tools_the_window_does_not_wait_for_an_owner_that_does_not_answer(
    sway: WaylandSession, tmp_path: Path
) -> None:
    owner = sway.start(["wl-copy", "--foreground", "never given"])
    wait_until(lambda: pasted(sway) == "never given", "the copy")
    owner.send_signal(signal.SIGSTOP)
    try:
        said, pause = without_tools(sway, tmp_path)
    finally:
        owner.send_signal(signal.SIGCONT)
    assert said == "unanswered"
    assert pause < 0.9, "Qt waits a second for each piece"


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
