"""Programs that end with whoever started them, each in a process group of its own."""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, TypeVar

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)

T = TypeVar("T")


def _end_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent is gone, so that a killed test run leaves nothing behind."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Processes:
    """Start programs, and end exactly those."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def start(
        self,
        argv: Sequence[str | Path],
        environment: Mapping[str, str],
        *,
        log: Path | None = None,
        pass_fds: Sequence[int] = (),
        pipes: bool = False,
    ) -> subprocess.Popen[bytes]:
        """Start a program; what it says goes to ``log``, with ``pipes`` its input and output are the caller's."""
        sink: IO[bytes] | int = log.open("ab") if log else subprocess.DEVNULL
        try:
            process = subprocess.Popen(
                [str(part) for part in argv],
                env=dict(environment),
                stdin=subprocess.PIPE if pipes else subprocess.DEVNULL,
                stdout=subprocess.PIPE if pipes else sink,
                stderr=sink,
                start_new_session=True,
                pass_fds=tuple(pass_fds),
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - one call into libc, nothing that takes a lock
            )
        finally:
            if not isinstance(sink, int):
                sink.close()
        self._running.append(process)
        return process

    def announced(self, start: Callable[[int], subprocess.Popen[bytes]], seconds: float = 15) -> str:
        """Start a program that writes one line to a descriptor when it is ready; return the line.

        Raises:
            RuntimeError: It ended, or said nothing in time.
        """
        reader, writer = os.pipe()
        try:
            try:
                process = start(writer)
            finally:
                os.close(writer)
            said = b""
            # Until the line is whole: some write number and line end apart, and die when the pipe closes between.
            while not said.endswith(b"\n"):
                if not select.select([reader], [], [], seconds)[0]:
                    raise RuntimeError(f"{process.args!r} is not ready after {seconds} s")
                part = os.read(reader, 4096)
                if not part:
                    raise RuntimeError(f"{process.args!r} ended with {process.wait(5)} before it was ready")
                said += part
        finally:
            os.close(reader)
        return said.decode().strip()

    def end(self, process: subprocess.Popen[bytes], seconds: float = 3) -> int:
        """End one program and its group; return its exit code."""
        _signal_group(process, signal.SIGTERM)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            _signal_group(process, signal.SIGKILL)
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()
        if process in self._running:
            self._running.remove(process)
        return process.returncode

    def close(self) -> None:
        """End everything, last started first."""
        for process in reversed(list(self._running)):
            self.end(process)


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def wait_until(ask: Callable[[], T | None], what: str, seconds: float = 15) -> T:
    """Ask again and again until the answer is neither None nor False.

    Raises:
        TimeoutError: It never was.
    """
    end = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer is not None and answer is not False:
            return answer
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(0.03)
