"""Drives the program that copies secrets, and sees the clipboard as another program does."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.desktop import clipboard_manager, secret_copier
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession
from tests.desktop.wayland_session import WaylandSession

GUARD = "vaultapp.app.clipboard_guard"
SWEEPER = "vaultapp.app.clipboard_sweeper"


class Copier:
    """A running copier.

    Args:
        start: Starts a program with pipes.
        seconds: How long it leaves a secret.

    Attributes:
        process: The program.
        heard: What it has said so far.
    """

    def __init__(self, start: Callable[[list[str | Path]], subprocess.Popen[bytes]], seconds: int) -> None:
        self.process = start([sys.executable, secret_copier.__file__, str(seconds)])
        self.heard: list[str] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        self.wait_for("ready")

    def tell(self, line: str) -> None:
        """Give it a line of input."""
        if self.process.stdin is None:
            raise RuntimeError("no pipe")
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def copy(self, text: str) -> None:
        """Have it copy, and wait until it says that it is so."""
        self.heard.clear()
        self.tell(f"copy {text}")
        wait_until(lambda: any(line.startswith("left") for line in self.heard), f"copied: {self.heard}")

    def wait_for(self, line: str, seconds: float = 30) -> None:
        """Wait until it has said this."""
        wait_until(lambda: line in self.heard, f"{line!r}: {self.heard}", seconds)

    def _listen(self) -> None:
        if self.process.stdout is not None:
            for line in self.process.stdout:
                self.heard.append(line.decode().strip())


class OtherProgram:
    """What another program reads, and can do."""

    def __init__(self, session: DesktopSession) -> None:
        self._session = session

    def reads(self, selection: str = "clipboard", kind: str = "UTF8_STRING") -> str:
        """Return what is there; empty for nothing."""
        while True:
            # It waits for ever when the owner ends while it is being asked.
            with suppress(subprocess.TimeoutExpired):
                return self._session.ask("xclip", "-selection", selection, "-o", "-t", kind, seconds=2)

    def copies(self, text: str, selection: str = "clipboard") -> None:
        """Put something there; a process of its own goes on holding it."""
        place = self._session.home / "copied"
        place.write_text(text)
        self._session.start(["xclip", "-quiet", "-selection", selection, "-i", place])
        wait_until(lambda: self.reads(selection) == text, f"{text!r} on the {selection}")

    def manages(self, kind: str) -> subprocess.Popen[bytes]:
        """Start a clipboard manager."""
        process = self._session.start([sys.executable, clipboard_manager.__file__, kind], pipes=True)
        if process.stdout is None or process.stdout.readline() != b"ready\n":
            raise RuntimeError("no clipboard manager")
        return process


def running(session: DesktopSession | WaylandSession, module: str) -> list[int]:
    """Return the processes of a module on this desktop; they are nobody's children.

    What such a process starts is its likeness until the exec, and is left out.
    """
    home = f"HOME={session.home}".encode()
    parents = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (process / "cmdline").read_bytes().split(b"\0")
            if module.encode() in command and home in (process / "environ").read_bytes().split(b"\0"):
                after_name = (process / "stat").read_text().rpartition(")")[2].split()
                parents[int(process.name)] = int(after_name[1])
    return [pid for pid, parent in parents.items() if parent not in parents]
