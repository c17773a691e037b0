"""The person's terminal: questions go there whatever standard input and output are."""

from __future__ import annotations

import os
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

# The kernel gives out a typed line in one piece, of at most this many bytes.
_LINE_BYTES = 4096


class Terminal(Protocol):
    """What commands ask and tell a person."""

    @property
    def present(self) -> bool:
        """True when there is somebody to ask."""

    def ask(self, question: str) -> str:
        """Return a typed line without its end; empty at the end of input."""

    def ask_hidden(self, question: str) -> bytearray:
        """Return a typed line that is not shown; whoever gets it overwrites it."""

    def ask_shown(self, question: str) -> bytearray:
        """Return a typed secret that is shown while it is typed; whoever gets it overwrites it."""

    def say(self, text: str) -> None:
        """Tell something that is not the command's result."""

    def wait(self, seconds: float) -> None:
        """Let time pass."""


class ControllingTerminal:
    """The terminal that this process belongs to, by /dev/tty; what is told goes to standard error."""

    @property
    def present(self) -> bool:
        """True when this process has a terminal."""
        try:
            os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC))
        except OSError:
            return False
        return True

    def ask(self, question: str) -> str:
        """Return a typed line without its end."""
        return self.ask_shown(question).decode("utf-8", "replace")

    def ask_shown(self, question: str) -> bytearray:
        """Return a typed line that is shown while it is typed. No copy of it is left in immutable objects."""
        with _open_terminal() as descriptor:
            os.write(descriptor, question.encode())
            line = _line(descriptor)
            if not line:
                os.write(descriptor, b"\n")
        return line

    def ask_hidden(self, question: str) -> bytearray:
        """Return a typed line that is not shown. No copy of it is left in immutable objects.

        Source:
            termios(3); as getpass, but into a buffer that can be overwritten.
        """
        with _open_terminal() as descriptor:
            old = termios.tcgetattr(descriptor)
            hidden = old[:]
            hidden[3] &= ~termios.ECHO
            try:
                termios.tcsetattr(descriptor, termios.TCSAFLUSH, hidden)
                os.write(descriptor, question.encode())
                return _line(descriptor)
            finally:
                termios.tcsetattr(descriptor, termios.TCSAFLUSH, old)
                os.write(descriptor, b"\n")

    def say(self, text: str) -> None:
        """Write a line to standard error."""
        with suppress(OSError):
            print(text, file=sys.stderr, flush=True)

    def wait(self, seconds: float) -> None:
        """Let time pass; Ctrl+C ends it."""
        time.sleep(seconds)


@contextmanager
def _open_terminal() -> Iterator[int]:
    descriptor = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _line(descriptor: int) -> bytearray:
    buffer = bytearray(_LINE_BYTES)
    got = os.readv(descriptor, [buffer])
    line = bytearray(memoryview(buffer)[:got])
    buffer[:] = bytes(len(buffer))
    for end in (b"\n", b"\r"):
        if line.endswith(end):
            del line[-1:]
    return line
