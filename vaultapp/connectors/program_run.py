"""One run of the user's own program: JSON in, JSON out, both bounded, and it ends with its whole group."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from vaultapp.connectors import parent_death

OUTPUT_LIMIT = 1024 * 1024
"""Bytes; a value may have 64 KiB, and JSON may write a character in six."""
_CHUNK = 64 * 1024
_REAPED_WITHIN_S = 1.0
_PASSED_ON = ("PATH", "HOME", "LANG")
# Nothing but the language itself, and nothing of its settings from the environment.
_BARE = ("-I", "-S")
_STAGE = str(Path(parent_death.__file__).resolve())
_NUMBER_LENGTH = 16


class TooMuchOutput(Exception):
    """The program wrote more than is taken."""


class OutOfTime(Exception):
    """The program did not end in time."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended, and what it wrote, which may be a value."""

    code: int
    output: bytes = field(repr=False)


def run_program(argv: Sequence[str], given: bytes, timeout_s: float, environment: Mapping[str, str]) -> Ended:
    """Run a program without a shell until it has ended; what is left of its group ends with it.

    It ends with us, too: it holds secrets, and is not to go on with them when this process was killed. The kernel
    looks at the thread that started it, so it is waited for in the same one.

    It gets ``given`` on its standard input, a session of its own, and of the environment no more than the search
    path, the home folder and the language. What it writes to standard error is not kept: it may quote anything.

    Args:
        argv: Program and arguments; nothing secret, since everybody can list them.
        given: Written to its standard input, which is closed then.
        timeout_s: For the whole run.
        environment: Of this process.

    Raises:
        OSError: It cannot be started.
        OutOfTime, TooMuchOutput: It was killed, with whatever it had started in its group.
    """
    passed_on = {name: environment[name] for name in _PASSED_ON if name in environment}
    begun, told = os.pipe2(os.O_CLOEXEC)
    with open(begun, "rb") as report:
        try:
            process = subprocess.Popen(
                [sys.executable, *_BARE, _STAGE, str(os.getpid()), str(told), *argv],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=passed_on,
                cwd="/",
                start_new_session=True,
                bufsize=0,
                pass_fds=(told,),
            )
        finally:
            os.close(told)
        number = report.read(_NUMBER_LENGTH)
    try:
        if number:
            raise OSError(int(number), os.strerror(int(number)))
        ended = os.pidfd_open(process.pid)
        try:
            output = _talk(process, ended, given, time.monotonic() + timeout_s)
        finally:
            _end_group(process)
            os.close(ended)
    finally:
        _let_go(process)
    return Ended(process.returncode, output)


def _talk(process: subprocess.Popen[bytes], ended: int, given: bytes, until: float) -> bytes:
    """Write and read as each side can, until the program has ended."""
    output, left = bytearray(), memoryview(given)
    inlet, outlet = _pipe(process.stdin), _pipe(process.stdout)
    os.set_blocking(inlet.fileno(), False)
    with selectors.DefaultSelector() as waiting:
        waiting.register(ended, selectors.EVENT_READ)
        waiting.register(outlet, selectors.EVENT_READ)
        waiting.register(inlet, selectors.EVENT_WRITE)
        while waiting.get_map():
            ready = waiting.select(max(0.0, until - time.monotonic()))
            if not ready and time.monotonic() >= until:
                raise OutOfTime
            for key, _ in ready:
                if key.fileobj is inlet:
                    left = left[_write(inlet.fileno(), left) :]
                    if not left:
                        waiting.unregister(inlet)
                        inlet.close()
                elif key.fileobj is outlet:
                    chunk = os.read(outlet.fileno(), _CHUNK)
                    output += chunk
                    if len(output) > OUTPUT_LIMIT:
                        raise TooMuchOutput
                    if not chunk:
                        waiting.unregister(outlet)
                else:
                    # What it left behind may hold the pipe open for ever, and be out of our reach; all that the
                    # program itself wrote is in the pipe by now.
                    _end_group(process)
                    return bytes(output + _rest(outlet.fileno(), OUTPUT_LIMIT - len(output)))
    raise AssertionError("it is waited for until the program has ended")


def _rest(descriptor: int, limit: int) -> bytearray:
    """Read what is in a pipe without waiting for more."""
    os.set_blocking(descriptor, False)
    rest = bytearray()
    with suppress(BlockingIOError):
        while chunk := os.read(descriptor, _CHUNK):
            rest += chunk
            if len(rest) > limit:
                raise TooMuchOutput
    return rest


def _write(descriptor: int, left: memoryview) -> int:
    """Write what fits; a program that does not read its input has read enough."""
    try:
        return os.write(descriptor, left[:_CHUNK])
    except BlockingIOError:
        return 0
    except BrokenPipeError:
        return len(left)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    # Before the program is waited for, so that the number of its group is nobody else's yet.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _let_go(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    try:
        process.wait(_REAPED_WITHIN_S)
    except subprocess.TimeoutExpired:
        # Another user's by now (sudo), whom we may not end: it is waited for where nobody waits for it.
        threading.Thread(target=process.wait, name="reaper", daemon=True).start()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise AssertionError("both ends were asked for")
    return pipe
