"""A program at a pseudo terminal, and whoever types at it."""

from __future__ import annotations

import errno
import os
import pty
import select
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_PATIENCE_S = 60


class Typist:
    """Starts a program at a terminal of its own.

    Attributes:
        shown: Everything that the terminal showed.
    """

    def __init__(
        self, command: Sequence[str | bytes], here: Path | None = None, environment: Mapping[str, str] | None = None
    ) -> None:
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            try:
                if here is not None:
                    os.chdir(here)
                os.execvpe(command[0], command, os.environ if environment is None else environment)  # noqa: S606 - no shell wanted
            finally:
                os._exit(127)
        self.shown = b""
        self._seen = 0

    def until(self, text: bytes) -> None:
        """Wait until a text is shown behind the one that was waited for before."""
        end = time.monotonic() + _PATIENCE_S
        while (at := self.shown.find(text, self._seen)) < 0:
            assert time.monotonic() < end, self.shown
            assert self._read(), self.shown
        self._seen = at + len(text)

    def type(self, text: bytes) -> None:
        os.write(self.descriptor, text)

    @property
    def echoes(self) -> bool:
        return bool(termios.tcgetattr(self.descriptor)[3] & termios.ECHO)

    def wait(self) -> int:
        """Wait for the program's end and return its exit code."""
        while self._read():
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self.descriptor)
        return os.waitstatus_to_exitcode(status)

    def _read(self) -> bool:
        """Take what is shown; False when the program's side is closed."""
        if not select.select([self.descriptor], [], [], 0.1)[0]:
            return True
        try:
            piece = os.read(self.descriptor, 4096)
        except OSError as exc:
            # How Linux tells that the last program of the terminal has ended.
            if exc.errno != errno.EIO:
                raise
            return False
        self.shown += piece
        return bool(piece)
