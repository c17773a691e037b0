"""Composition root of the window, and how it replaces itself at lock."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from vaultapp.core.places import Places

if TYPE_CHECKING:
    from vaultapp.app.window_agents import WindowAgents
    from vaultapp.contracts.vault import VaultStatus
    from vaultapp.desktop.autostart import Autostart
    from vaultapp.gui.session import LockNote
    from vaultapp.gui.tasks import TaskRunner
    from vaultapp.ipc.client import Client

_MODULE = "vaultapp.app.window"
_STOP_WORK_MS = 1000


class _WindowIsThere(Exception):
    """Another start was faster, and its window has the files."""


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
    if places.any_agent():
        from vaultapp.ipc import launch

        found = launch.of_window(places, vault)
        if found is not None:
            _hand_over(found, paths, wanted=not hidden)
            return 0

    def start() -> Client:
        from vaultapp.ipc import launch

        client, is_there = launch.find_window(places, vault)
        if is_there:
            _hand_over(client, paths, wanted=not hidden)
            raise _WindowIsThere
        return client

    try:
        return _run(vault, paths, places, start, None, hidden=hidden)
    except _WindowIsThere:
        return 0


def resume() -> int:
    """Go on as the process that this one replaced: same agent, same place, locked."""
    import argparse

    import msgspec

    from vaultapp.gui.session import LockNote

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
        from vaultapp.core.errors import AgentGone
        from vaultapp.ipc import launch

        if options.agent_fd is not None:
            # It may have locked once more meanwhile, as when the computer sleeps right after the screen was locked.
            with suppress(AgentGone):
                return launch.resume(options.agent_fd)
        # One that is killed before it greets, as where memory is short, is started once more: the window is shown
        # already, and would end without a word.
        with suppress(AgentGone):
            return launch.start_for_window(places, vault)
        return launch.start_for_window(places, vault)

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
    from vaultapp.core.collector import without_collector

    with without_collector():
        from vaultapp.app.qt_binding import load_binding

        load_binding()

        from PySide6.QtWidgets import QApplication

        from vaultapp.app.ending import Ending
        from vaultapp.app.window_agents import WindowAgents
        from vaultapp.app.window_tray import WindowTray
        from vaultapp.core.clock import SystemClock
        from vaultapp.gui.agent_events import AgentEvents
        from vaultapp.gui.guarding.clipboard_guards import ClipboardGuards
        from vaultapp.gui.languages import Languages
        from vaultapp.gui.look import STYLE_ARGUMENTS, Look
        from vaultapp.gui.main_window import MainWindow
        from vaultapp.gui.summons import Summons
        from vaultapp.gui.tasks import TaskRunner
        from vaultapp.gui.theme import chosen
        from vaultapp.gui.window_parts import WindowParts
        from vaultapp.gui.window_settings import WindowSettings

        app = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
        app.setApplicationName("vaultapp")
        app.setDesktopFileName("vaultapp")
        tasks = TaskRunner()
        events = AgentEvents()
        agents = WindowAgents(places, events.listener, start)
        session = agents.first(vault)
        settings = WindowSettings(places.state / "window.json")
        look = Look.of(app, still=settings.choices.still)
        look.theme.choose(chosen(settings.choices.theme))
        languages = Languages(app, look)
        languages.choose(settings.choices.language)

        def ask() -> VaultStatus:
            from vaultapp.contracts.files import in_pieces

            for piece in in_pieces(paths):
                session.files.hand_over(piece)
            return session.vault.status()

        # Nearly always a vault that is there is locked: that is shown before its agent is started, which takes as long
        # as the window does. After a lock its file is not looked for: on a drive that does not answer that would take
        # for ever.
        guessed = note is not None or os.path.isfile(vault)
        guards = ClipboardGuards.of(app.platformName(), tasks)
        parts = WindowParts(agents.connect, events, tasks, settings, SystemClock(), languages, guards, _autostart)
        window = MainWindow(look, session, None if guessed else ask(), parts, note)
        tray = WindowTray(app, look, window, parts, Summons(window, events).come)
        window.lock_requested.connect(
            lambda why: _replace(window.screens.session.path, agents, tasks, why, hidden=not window.isVisible())
        )
        failed: BaseException | None = None

        def no_agent(error: BaseException) -> None:
            nonlocal failed
            failed = error
            app.exit(1)

        def confirm() -> None:
            task = tasks.run(lambda _work: ask())
            task.tell(window, done=partial(window.screens.confirm, session), failed=no_agent)

        if guessed:
            window.drawn.then(confirm)
        ending = Ending(app, tray.quit)
        if hidden:
            window.drawn.begin()
            tray.build().start_hidden()
        else:
            window.drawn.then(tray.build_later)
            window.show()
    code = app.exec()
    ending.close()
    tasks.shutdown()
    if failed is not None:
        raise failed
    agents.close()
    return code


def _hand_over(client: Client, paths: tuple[bytes, ...], *, wanted: bool) -> None:
    """Give files to the window that an agent has. Nothing at all still says that somebody wants to see it."""
    from vaultapp.contracts.files import FilesApi, in_pieces

    try:
        files = client.api(FilesApi, "files")
        for piece in in_pieces(paths) if paths or not wanted else ((),):
            files.hand_over(piece)
    finally:
        client.close()


def _autostart() -> Autostart:
    """Return what starts the program at login; few look at that setting."""
    from vaultapp.desktop.autostart import Autostart

    return Autostart.of_user(os.environ)


def _replace(vault: Path, agents: WindowAgents, tasks: TaskRunner, note: LockNote, *, hidden: bool) -> NoReturn:
    """Become a fresh process: what was typed and shown goes with this one's memory.

    Work that writes files is stopped before, so that it takes away what is half made.
    The note goes by a descriptor, because a command line can be read by every user of the machine.
    """
    import msgspec

    tasks.shutdown(_STOP_WORK_MS)
    client = agents.client
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
