"""Running a program in this one's place: its streams, its terminal, its signals and its exit code."""

from __future__ import annotations

import fcntl
import os
import select
import shutil
import signal
import termios
import tty
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from vaultapp.cli.masking import Masker

NOT_STARTED = 126
NOT_FOUND = 127
BY_SIGNAL = 128

_IN, _OUT, _ERR = 0, 1, 2
_CHUNK = 64 * 1024
# A terminal sends these to the program as well as to us; when somebody else sends them, they are passed on.
_OF_TERMINAL = (signal.SIGINT, signal.SIGQUIT)
_PASSED_ON = (*_OF_TERMINAL, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2)
# Python ignores these, and what is ignored is inherited.
_DEFAULTS = (signal.SIGPIPE, signal.SIGXFSZ)


def run_program(
    command: Sequence[str], environment: Mapping[str, str], masker: Callable[[], Masker] | None = None
) -> int:
    """Run a program to its end and return its exit code; 128 + n when signal n ended it.

    Without a masker its streams are ours. With one, what it writes to a pipe or file goes through a pipe, and what it
    writes to a terminal through a pseudo-terminal with the same settings and size, so that it behaves the same.

    Args:
        command: The program, found by the PATH of its environment, and its arguments.
        environment: All of it.
        masker: Makes what hides secrets in one stream.

    Raises:
        FileNotFoundError, PermissionError, OSError: It was not started.
    """
    path = command[0]
    if "/" not in path:
        found = shutil.which(path, path=environment.get("PATH", os.defpath))
        if found is None:
            raise FileNotFoundError(path)
        path = found
    return _Run(path, command, environment, masker).result()


class _Run:
    """One program at work."""

    def __init__(
        self, path: str, command: Sequence[str], environment: Mapping[str, str], masker: Callable[[], Masker] | None
    ) -> None:
        self._path = path
        self._command = list(command)
        self._environment = dict(environment)
        self._masker = masker
        self._pid = 0
        self._status: int | None = None
        self._master = -1
        self._own_terminal = False
        # From what is read to where it goes.
        self._outputs: dict[int, tuple[int, Masker]] = {}
        self._typed = b""
        # Signals that came while it was being started.
        self._early: list[int] = []

    def result(self) -> int:
        actions: list[Any] = []
        theirs: list[int] = []
        slave = ""
        if self._masker is not None:
            slave = self._open_terminal(theirs)
            self._own_terminal = bool(slave) and os.isatty(_IN)
            shared = Masker(()) if not slave else self._masker()
            if self._own_terminal:
                # Opened by the program as the leader of a new session, it becomes its controlling terminal.
                actions.append((os.POSIX_SPAWN_OPEN, _IN, slave, os.O_RDWR, 0))
            for stream in (_OUT, _ERR):
                if slave and os.isatty(stream):
                    actions.append((os.POSIX_SPAWN_OPEN, stream, slave, os.O_RDWR | os.O_NOCTTY, 0))
                    self._outputs.setdefault(self._master, (stream, shared))
                else:
                    ours, its = os.pipe()
                    theirs.append(its)
                    actions.append((os.POSIX_SPAWN_DUP2, its, stream))
                    self._outputs[ours] = (stream, self._masker())
        waking, wake = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(waking, False)
        try:
            with self._signals(wake), self._raw_terminal():
                try:
                    self._pid = os.posix_spawn(
                        self._path,
                        self._command,
                        self._environment,
                        file_actions=actions,
                        setsigdef=_DEFAULTS,
                        setsigmask=(),
                        setsid=self._own_terminal,
                    )
                finally:
                    for descriptor in theirs:
                        os.close(descriptor)
                for number in self._early:
                    self._send(number)
                self._pump(waking)
        finally:
            for descriptor in (waking, wake, *self._outputs):
                with suppress(OSError):
                    os.close(descriptor)
        code = os.waitstatus_to_exitcode(self._status or 0)
        return BY_SIGNAL - code if code < 0 else code

    def _open_terminal(self, theirs: list[int]) -> str:
        """Make a pseudo-terminal like ours if an output is one; return its name, else nothing."""
        like = next((stream for stream in (_IN, _OUT, _ERR) if os.isatty(stream)), None)
        if like is None or not (os.isatty(_OUT) or os.isatty(_ERR)):
            return ""
        self._master, slave = os.openpty()
        theirs.append(slave)
        with suppress(termios.error):
            termios.tcsetattr(slave, termios.TCSANOW, termios.tcgetattr(like))
        self._resize()
        os.set_blocking(self._master, False)
        return os.ttyname(slave)

    def _resize(self) -> None:
        for stream in (_OUT, _ERR, _IN):
            if os.isatty(stream):
                with suppress(OSError):
                    size = fcntl.ioctl(stream, termios.TIOCGWINSZ, bytes(8))
                    fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)
                return

    @contextmanager
    def _raw_terminal(self) -> Iterator[None]:
        """Let every key go to the program's terminal, which makes of it what its settings say."""
        if not self._own_terminal:
            yield
            return
        before = termios.tcgetattr(_IN)
        tty.setraw(_IN, termios.TCSADRAIN)
        try:
            yield
        finally:
            termios.tcsetattr(_IN, termios.TCSADRAIN, before)

    @contextmanager
    def _signals(self, wake: int) -> Iterator[None]:
        usual: dict[int, Any] = {}

        def pass_on(number: int, _frame: FrameType | None) -> None:
            if not self._pid:
                self._early.append(number)
            elif self._status is None and not (number in _OF_TERMINAL and self._terminal_told_it()):
                self._send(number)

        def resize(_number: int, _frame: FrameType | None) -> None:
            if self._master >= 0:
                self._resize()

        handlers = dict.fromkeys(_PASSED_ON, pass_on) | {signal.SIGWINCH: resize, signal.SIGCHLD: lambda *_: None}
        before = signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        try:
            for number, handler in handlers.items():
                # What is ignored stays so, as nohup means it, but for the news that the program has ended.
                if number == signal.SIGCHLD or signal.getsignal(number) is not signal.SIG_IGN:
                    usual[number] = signal.signal(number, handler)
            yield
        finally:
            for changed, before_it in usual.items():
                signal.signal(changed, before_it)
            signal.set_wakeup_fd(before)

    def _send(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._pid, number)

    def _terminal_told_it(self) -> bool:
        """True when the program gets what is typed at our terminal by itself."""
        if self._own_terminal:
            return False
        try:
            terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            return os.tcgetpgrp(terminal) == os.getpgrp()
        finally:
            os.close(terminal)

    def _pump(self, waking: int) -> None:
        """Move what is written and typed until the program has ended and nobody writes any more."""
        typing = self._own_terminal
        while self._status is None or self._outputs:
            poller = select.poll()
            poller.register(waking, select.POLLIN)
            for descriptor in self._outputs:
                writes = descriptor == self._master and self._typed
                poller.register(descriptor, select.POLLIN | (select.POLLOUT if writes else 0))
            if typing and not self._typed and self._status is None:
                poller.register(_IN, select.POLLIN)
            for descriptor, events in poller.poll():
                if descriptor == waking:
                    with suppress(BlockingIOError):
                        os.read(waking, _CHUNK)
                    self._look_if_ended()
                elif descriptor == _IN:
                    self._typed = _read(_IN)
                    typing = bool(self._typed)
                    self._type()
                elif descriptor in self._outputs:
                    if events & select.POLLOUT:
                        self._type()
                    if events & ~select.POLLOUT:
                        self._show(descriptor)

    def _look_if_ended(self) -> None:
        if self._status is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self._status = status

    def _type(self) -> None:
        if self._master not in self._outputs:
            self._typed = b""
        elif self._typed:
            with suppress(BlockingIOError):
                self._typed = self._typed[os.write(self._master, self._typed) :]

    def _show(self, descriptor: int) -> None:
        target, masker = self._outputs[descriptor]
        try:
            data = os.read(descriptor, _CHUNK)
        except BlockingIOError:
            return
        except OSError:
            # A pseudo-terminal that nobody has open any more.
            data = b""
        try:
            _write(target, masker.feed(data) if data else masker.end())
        except OSError:
            # Nobody reads what it writes; let it find that out as it would without us.
            data = b""
        if not data:
            del self._outputs[descriptor]
            os.close(descriptor)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, _CHUNK)
    except OSError:
        return b""


def _write(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]
