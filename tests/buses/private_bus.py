"""A message bus that nobody else is on."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.desktop.processes import Processes

# Anybody may own any name and be told anything: the policy of a session bus. Answers that nobody has asked for are
# passed on too, which not every bus prevents.
_POLICY = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><keep_umask/><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
<allow send_requested_reply="false"/><allow receive_requested_reply="false"/>
</policy></busconfig>"""


class PrivateBus:
    """Runs a dbus-daemon (Debian's package dbus) at a fixed address; can be ended and begun anew there.

    Args:
        folder: Where its socket lies; short, a socket's path has at most 107 bytes.
    """

    def __init__(self, folder: Path, name: str = "bus") -> None:
        self._path = folder / name
        self._configuration = folder / f"{name}.conf"
        self._configuration.write_text(_POLICY.format(path=self._path))
        self._processes = Processes()
        self._process: subprocess.Popen[bytes] | None = None
        self.address = f"unix:path={self._path}"

    def __enter__(self) -> Self:
        """Start it."""
        self.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.end()

    def begin(self) -> None:
        """Start it; returns when it can be connected to."""
        command = ["dbus-daemon", f"--config-file={self._configuration}", "--nofork", "--nopidfile"]

        def start(ready: int) -> subprocess.Popen[bytes]:
            announcing = [*command, f"--print-address={ready}"]
            self._process = self._processes.start(announcing, dict(os.environ), pass_fds=[ready])
            return self._process

        self._processes.announced(start)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let it stand still for a while: everybody stays connected, and nobody is answered."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def end(self) -> None:
        """End it, and everybody's connection."""
        self._processes.close()
        self._path.unlink(missing_ok=True)
