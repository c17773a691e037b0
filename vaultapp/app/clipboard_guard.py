"""Composition root of the clipboard's guard, a process that outlives the window. It loads no Qt."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
from contextlib import suppress

from vaultapp.core.clock import SystemClock
from vaultapp.gui.guarding.clipboard_guard import ClipboardGuard

_SWEEPER_MODULE = "vaultapp.app.clipboard_sweeper"


def main() -> int:
    """Guard the secret that the window tells of on standard input."""
    # Nobody's child: whoever started it may become another program, which would not know what it has to wait for.
    if os.fork():
        os._exit(0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.chdir("/")
    _close_strange_files()
    link = socket.socket(fileno=os.dup(0))
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.close(null)
    wake, signals = socket.socketpair()
    signals.setblocking(False)
    signal.set_wakeup_fd(signals.fileno())
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    ClipboardGuard(link, wake, _start_sweeper, SystemClock()).run()
    return 0


def _close_strange_files() -> None:
    """Close what the window had inherited itself; whoever reads there waits for its end."""
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2:
            with suppress(OSError):
                os.close(int(name))


def _start_sweeper(platform: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-I", "-m", _SWEEPER_MODULE, platform]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
