"""Composition root of the window, and how it replaces itself at lock."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import msgspec

from vaultapp import __version__
from vaultapp.contracts.activity import ActivityApi
from vaultapp.contracts.credential_transfer import TransferApi
from vaultapp.contracts.credentials import CredentialsApi
from vaultapp.contracts.events import Event
from vaultapp.contracts.files import FilesApi, in_pieces
from vaultapp.contracts.keys import KeysApi
from vaultapp.contracts.locking import LockApi
from vaultapp.contracts.rotation import RotationApi
from vaultapp.contracts.text import TextApi
from vaultapp.contracts.vault import SlotKind, VaultApi, VaultState, VaultStatus
from vaultapp.core.clock import SystemClock
from vaultapp.core.places import Places
from vaultapp.gui.session import LockNote, Reached, Session
from vaultapp.ipc import launch
from vaultapp.ipc.client import Client
from vaultapp.ipc.coming_client import ComingClient

if TYPE_CHECKING:
    from vaultapp.desktop.autostart import Autostart
    from vaultapp.gui.tasks import TaskRunner

_MODULE = "vaultapp.app.window"
_STOP_WORK_MS = 1000


def main(vault: Path, paths: tuple[bytes, ...] = (), *, hidden: bool = False) -> int:
    """Open the window of a vault, or hand the files to the one that is open, which comes to the front.

    Args:
        vault: Its file.
        paths: Files, as if they were dropped on the window.
        hidden: Only the icon in the tray is shown, where there is one; a window that is open stays as it is.

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
                files = found.api(FilesApi, "files")
                # Nothing at all still says that somebody wants to see the window.
                for piece in in_pieces(paths) if paths or hidden else ((),):
                    files.hand_over(piece)
                return 0
        finally:
            found.close()
    return _run(vault, paths, places, lambda: launch.start_for_window(places, vault), None, hidden=hidden)


def resume() -> int:
    """Go on as the process that this one replaced: same agent, same place, locked."""
    import argparse

    parser = argparse.ArgumentParser(prog="vaultapp-window")
    parser.add_argument("--vault", required=True)
    parser.add_argument("--agent-fd", type=int)
    parser.add_argument("--note-fd", type=int, required=True)
    parser.add_argument("--hidden", action="store_true")
    options = parser.parse_args()
    places = Places.of_user(dict(os.environ))
    vault = Path(options.vault)
    with open(options.note_fd, "rb") as file:
        note = msgspec.msgpack.decode(file.read(), type=LockNote)

    def start() -> Client:
        if options.agent_fd is None:
            return launch.start_for_window(places, vault)
        return launch.resume(options.agent_fd)

    return _run(vault, (), places, start, note, hidden=options.hidden)


def _run(
    vault: Path,
    paths: tuple[bytes, ...],
    places: Places,
    start: Callable[[], Client],
    note: LockNote | None,
    *,
    hidden: bool,
) -> int:
    # The agent starts while Qt is being loaded and the window drawn; none of them waits for another.
    client = ComingClient(start)
    from PySide6.QtCore import QSocketNotifier
    from PySide6.QtWidgets import QApplication

    from vaultapp.app.window_tray import WindowTray
    from vaultapp.gui.agent_events import AgentEvents
    from vaultapp.gui.guarding.guard_link import ClipboardGuards
    from vaultapp.gui.languages import Languages
    from vaultapp.gui.look import Look
    from vaultapp.gui.main_window import MainWindow
    from vaultapp.gui.summons import Summons
    from vaultapp.gui.tasks import TaskRunner
    from vaultapp.gui.theme import chosen
    from vaultapp.gui.window_parts import WindowParts
    from vaultapp.gui.window_settings import WindowSettings

    app = QApplication(sys.argv[:1])
    app.setApplicationName("vaultapp")
    app.setDesktopFileName("vaultapp")
    events = AgentEvents()
    sessions = _Sessions(places, client, events.listener)
    session = sessions.first(vault)
    tasks = TaskRunner()
    settings = WindowSettings(places.state / "window.json")
    look = Look.of(app, still=settings.choices.still)
    look.theme.choose(chosen(settings.choices.theme))
    languages = Languages(app, look)
    languages.choose(settings.choices.language)

    def ask() -> VaultStatus:
        for piece in in_pieces(paths):
            session.files.hand_over(piece)
        return session.vault.status()

    # Nearly always a vault that is there is locked: that is shown until the agent has said so itself. After a lock
    # its file is not looked for either: on a drive that does not answer that would take for ever.
    guess = _locked(vault) if note is not None or os.path.isfile(vault) else None
    guards = ClipboardGuards.of(app.platformName(), tasks)
    parts = WindowParts(sessions.connect, events, tasks, settings, SystemClock(), languages, guards, _autostart)
    window = MainWindow(look, session, guess or ask(), parts, note)
    tray = WindowTray(app, look, window, parts, Summons(window, events).come)
    window.lock_requested.connect(
        lambda why: _replace(window.screens.session.path, sessions.client, tasks, why, hidden=not window.isVisible())
    )
    failed: BaseException | None = None

    def no_agent(error: BaseException) -> None:
        nonlocal failed
        failed = error
        app.exit(1)

    if guess is not None:
        task = tasks.run(lambda _work: ask())
        task.tell(window, done=partial(window.screens.confirm, session), failed=no_agent)
    wake, signals = socket.socketpair()
    signals.setblocking(False)
    signal.set_wakeup_fd(signals.fileno())
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(wake.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda *_: tray.quit())
    if hidden:
        tray.build().start_hidden()
    else:
        window.show()
        tray.build_later()
    code = app.exec()
    notifier.setEnabled(False)
    tasks.shutdown()
    if failed is not None:
        raise failed
    sessions.client.close()
    return code


def _autostart() -> Autostart:
    """Return what starts the program at login; few look at that setting."""
    from vaultapp.desktop.autostart import Autostart

    return Autostart.of_user(os.environ)


def _locked(vault: Path) -> VaultStatus:
    return VaultStatus(
        state=VaultState.LOCKED,
        path=os.fsencode(vault),
        name=vault.stem,
        version=__version__,
        pid=0,
        slot_kinds=(SlotKind.PASSPHRASE,),
    )


class _Sessions:
    """Connects the window to one agent at a time; the one before is given up."""

    def __init__(
        self, places: Places, client: ComingClient, listener: Callable[[], Callable[[Event | None], None]]
    ) -> None:
        self._places = places
        self._listener = listener
        self._client: Client | None = None
        self._coming = client

    @property
    def client(self) -> Client:
        """The agent that the window speaks with; the first one may have to be waited for."""
        return self._client or self._coming.arrived()

    def connect(self, vault: Path) -> Reached:
        """Reach the agent of a vault; the one before is given up when this one is taken."""
        client = launch.start_for_window(self._places, vault)
        try:
            session = self._subjects(vault, client)
            return Reached(session, session.vault.status(), lambda: self._take(client), client.close)
        except BaseException:
            client.close()
            raise

    def first(self, vault: Path) -> Session:
        """Return the subjects of the first agent, whose events come to the window from now on."""
        self._coming.listen(self._listener())
        return self._subjects(vault, self._coming)

    def _take(self, client: Client) -> Callable[[], None]:
        old, self._client = self.client, client
        client.on_event(self._listener())
        return old.close

    @staticmethod
    def _subjects(vault: Path, client: Client | ComingClient) -> Session:
        return Session(
            path=vault,
            vault=client.api(VaultApi, "vault"),
            keys=client.api(KeysApi, "keys"),
            files=client.api(FilesApi, "files"),
            activity=client.api(ActivityApi, "activity"),
            text=client.api(TextApi, "text"),
            lock=client.api(LockApi, "lock"),
            credentials=client.api(CredentialsApi, "credentials"),
            rotation=client.api(RotationApi, "rotation"),
            transfer=client.api(TransferApi, "transfer"),
        )


def _replace(vault: Path, client: Client, tasks: TaskRunner, note: LockNote, *, hidden: bool) -> NoReturn:
    """Become a fresh process: what was typed and shown goes with this one's memory.

    Work that writes files is stopped before, so that it takes away what is half made.
    The note goes by a descriptor, because a command line can be read by every user of the machine.
    """
    tasks.shutdown(_STOP_WORK_MS)
    noted = os.memfd_create("vaultapp-lock-note", 0)
    os.write(noted, msgspec.msgpack.encode(note))
    os.lseek(noted, 0, os.SEEK_SET)
    command = [sys.executable, "-I", "-m", _MODULE, "--vault", str(vault), "--note-fd", str(noted)]
    if hidden:
        command.append("--hidden")
    if client.successor is not None:
        os.set_inheritable(client.successor, True)
        command += ["--agent-fd", str(client.successor)]
    os.execv(sys.executable, command)  # noqa: S606 - the interpreter itself, no shell wanted


if __name__ == "__main__":
    sys.exit(resume())
