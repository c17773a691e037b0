"""The window's end of a guard."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress

import msgspec
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from vaultapp.gui.guarding.fingerprint import Fingerprint
from vaultapp.gui.guarding.guard_process import start_guard
from vaultapp.gui.guarding.words import MESSAGE_LIMIT, Clear, Message, Outcome, Release, Watch
from vaultapp.gui.tasks import TaskRunner

_GUARDED = ("xcb", "wayland")

StartGuard = Callable[[socket.socket], object]


class GuardLink(QObject):
    """Speaks with one guard, which looks after one secret. Never waits.

    Args:
        start: Starts the guard with its end of the link.
        platform: Qt's name of the desktop's kind.
    """

    told = Signal(object)  # Outcome
    ended = Signal()  # nothing more is told

    def __init__(self, start: StartGuard, platform: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._platform = platform
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        self._link: socket.socket | None = ours
        self._notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        try:
            start(theirs)
        except OSError:
            # The end of the link says it: the notifier finds that nobody has the other one.
            pass
        finally:
            theirs.close()

    def watch(self, fingerprint: Fingerprint, seconds: float) -> None:
        """Say what to look after. The guard sees whether it can be read, and clears it after so many seconds."""
        self._send(Watch(self._platform, fingerprint, seconds))

    def clear(self) -> None:
        """Have it cleared now."""
        self._send(Clear())

    def release(self) -> None:
        """Have it left alone; nothing is told any more."""
        self._send(Release())
        self._close()

    def _send(self, message: Message) -> None:
        if self._link is not None:
            with suppress(OSError):
                self._link.send(msgspec.msgpack.encode(message))

    def _read(self) -> None:
        while self._link is not None:
            try:
                said = self._link.recv(MESSAGE_LIMIT)
            except BlockingIOError:
                return
            except OSError:
                said = b""
            if said:
                self.told.emit(Outcome(said.decode()))
            else:
                self._close()
                self.ended.emit()

    def _close(self) -> None:
        if self._link is not None:
            self._notifier.setEnabled(False)
            self._link.close()
            self._link = None
            # Not at once: this may be called by its own signal.
            QTimer.singleShot(0, self, self.deleteLater)


class ClipboardGuards:
    """Starts a guard for each secret that is copied.

    Args:
        platform: Qt's name of the desktop's kind.
        tasks: Waits for what a start leaves behind.

    Attributes:
        limited: The desktop lets no program but the one in front look at the clipboard, and nothing that could is
            installed.
    """

    def __init__(self, platform: str, tasks: TaskRunner) -> None:
        self._platform = platform
        self._tasks = tasks
        self.limited = platform == "wayland" and not _has_tools()

    @classmethod
    def of(cls, platform: str, tasks: TaskRunner) -> ClipboardGuards | None:
        """Return the guards of a desktop; None for a screen in memory, whose clipboard nobody else sees."""
        # Of Wayland Qt has several, like wayland-egl.
        kind = platform.partition("-")[0]
        return cls(kind, tasks) if kind in _GUARDED else None

    def start(self, parent: QObject) -> GuardLink:
        """Start a guard."""
        return GuardLink(self._spawn, self._platform, parent)

    def _spawn(self, link: socket.socket) -> None:
        pid = start_guard(link)
        self._tasks.run(lambda _work: os.waitpid(pid, 0))


def _has_tools() -> bool:
    # Not on X, where a start needs none of it.
    from vaultapp.gui.guarding.wayland_clipboard import WaylandClipboard

    return WaylandClipboard.is_there()
