"""Composition root of the window, and how it replaces itself at lock."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import msgspec

from vaultapp.contracts.activity import ActivityApi
from vaultapp.contracts.events import Event
from vaultapp.contracts.files import FilesApi, in_pieces
from vaultapp.contracts.keys import KeysApi
from vaultapp.contracts.text import TextApi
from vaultapp.contracts.vault import VaultApi
from vaultapp.core.clock import SystemClock
from vaultapp.core.places import Places
from vaultapp.gui.session import LockNote, Reached, Session
from vaultapp.ipc import launch
from vaultapp.ipc.client import Client

if TYPE_CHECKING:
    from vaultapp.gui.tasks import TaskRunner

_MODULE = "vaultapp.app.window"
_STOP_WORK_MS = 1000


def main(vault: Path, paths: tuple[bytes, ...] = ()) -> int:
    """Open the window of a vault, or hand the files to the one that is open.

    Returns:
        The exit code.

    Raises:
        VaultBusy, AgentGone, HostError: There is no agent to be had.
    """
    places = Places.of_user(dict(os.environ))
    found = launch.connect(places, vault)
    if found is not None:
        try:
            if found.status.window:
                for piece in in_pieces(paths):
                    found.api(FilesApi, "files").hand_over(piece)
                return 0
        finally:
            found.close()
    return _run(vault, paths, places, lambda: launch.start_for_window(places, vault), None)


def resume() -> int:
    """Go on as the process that this one replaced: same agent, same place, locked."""
    parser = argparse.ArgumentParser(prog="vaultapp-window")
    parser.add_argument("--vault", required=True)
    parser.add_argument("--agent-fd", type=int)
    parser.add_argument("--note-fd", type=int, required=True)
    options = parser.parse_args()
    places = Places.of_user(dict(os.environ))
    vault = Path(options.vault)
    with open(options.note_fd, "rb") as file:
        note = msgspec.msgpack.decode(file.read(), type=LockNote)

    def start() -> Client:
        if options.agent_fd is None:
            return launch.start_for_window(places, vault)
        return launch.resume(options.agent_fd)

    return _run(vault, (), places, start, note)


def _run(
    vault: Path, paths: tuple[bytes, ...], places: Places, start: Callable[[], Client], note: LockNote | None
) -> int:
    # The agent starts while Qt is being loaded; each takes a good part of the time to the first picture.
    with ThreadPoolExecutor(1, "agent-start") as pool:
        starting = pool.submit(start)
        from PySide6.QtCore import QSocketNotifier
        from PySide6.QtWidgets import QApplication

        from vaultapp.gui.agent_events import AgentEvents
        from vaultapp.gui.look import Look
        from vaultapp.gui.main_window import MainWindow
        from vaultapp.gui.screens import WindowParts
        from vaultapp.gui.tasks import TaskRunner
        from vaultapp.gui.theme import chosen
        from vaultapp.gui.window_settings import WindowSettings

        app = QApplication(sys.argv[:1])
        app.setApplicationName("vaultapp")
        app.setDesktopFileName("vaultapp")
        client = starting.result()

    events = AgentEvents()
    sessions = _Sessions(places, client, events.listener)
    session = sessions.of(vault, client)
    for piece in in_pieces(paths):
        session.files.hand_over(piece)
    tasks = TaskRunner()
    settings = WindowSettings(places.state / "window.json")
    look = Look.of(app, still=settings.choices.still)
    look.theme.choose(chosen(settings.choices.theme))
    status = session.vault.status()
    parts = WindowParts(sessions.connect, events, tasks, settings, SystemClock())
    window = MainWindow(look, session, status, parts, note)
    window.lock_requested.connect(lambda why: _replace(window.screens.session.path, sessions.client, tasks, why))
    wake, signals = socket.socketpair()
    signals.setblocking(False)
    signal.set_wakeup_fd(signals.fileno())
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(wake.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda *_: app.quit())
    window.show()
    code = app.exec()
    notifier.setEnabled(False)
    tasks.shutdown()
    sessions.client.close()
    return code


class _Sessions:
    """Connects the window to one agent at a time; the one before is given up."""

    def __init__(self, places: Places, client: Client, listener: Callable[[], Callable[[Event | None], None]]) -> None:
        self._places = places
        self._listener = listener
        self.client = client

    def connect(self, vault: Path) -> Reached:
        """Reach the agent of a vault; the one before is given up when this one is taken."""
        client = launch.start_for_window(self._places, vault)
        try:
            session = self._subjects(vault, client)
            return Reached(session, session.vault.status(), lambda: self._take(client), client.close)
        except BaseException:
            client.close()
            raise

    def of(self, vault: Path, client: Client) -> Session:
        """Return the subjects of an agent, whose events come to the window from now on."""
        client.on_event(self._listener())
        return self._subjects(vault, client)

    def _take(self, client: Client) -> Callable[[], None]:
        self.client, old = client, self.client
        client.on_event(self._listener())
        return old.close

    @staticmethod
    def _subjects(vault: Path, client: Client) -> Session:
        return Session(
            path=vault,
            vault=client.api(VaultApi, "vault"),
            keys=client.api(KeysApi, "keys"),
            files=client.api(FilesApi, "files"),
            activity=client.api(ActivityApi, "activity"),
            text=client.api(TextApi, "text"),
        )


def _replace(vault: Path, client: Client, tasks: TaskRunner, note: LockNote) -> NoReturn:
    """Become a fresh process: what was typed and shown goes with this one's memory.

    Work that writes files is stopped before, so that it takes away what is half made.
    The note goes by a descriptor, because a command line can be read by every user of the machine.
    """
    tasks.shutdown(_STOP_WORK_MS)
    noted = os.memfd_create("vaultapp-lock-note", 0)
    os.write(noted, msgspec.msgpack.encode(note))
    os.lseek(noted, 0, os.SEEK_SET)
    command = [sys.executable, "-I", "-m", _MODULE, "--vault", str(vault), "--note-fd", str(noted)]
    if client.successor is not None:
        os.set_inheritable(client.successor, True)
        command += ["--agent-fd", str(client.successor)]
    os.execv(sys.executable, command)  # noqa: S606 - the interpreter itself, no shell wanted


if __name__ == "__main__":
    sys.exit(resume())
