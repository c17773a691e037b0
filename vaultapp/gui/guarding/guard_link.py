"""The window's end of a guard."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress

import msgspec
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from vaultapp.gui.guarding.fingerprint import Fingerprint
from vaultapp.gui.guarding.outcome import Outcome
from vaultapp.gui.guarding.words import MESSAGE_LIMIT, Clear, Message, Release, Watch

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
