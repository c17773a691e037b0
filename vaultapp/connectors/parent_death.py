"""The stage between us and the user's program: it becomes that program, which ends when we do.

Run as a file of its own, by the system's numbers: ``python -I -S parent_death.py PARENT REPORT PROGRAM ARGUMENT …``.
Nothing of vaultapp is imported, so that it costs as little as may be.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
"""prctl(2)."""


def become(parent: int, report: int, argv: list[bytes]) -> None:
    """Become a program that the kernel kills when the thread that started us ends. Returns never.

    Args:
        parent: The process that started us.
        report: Written to when the program cannot be started: the number of the error; closed when it can.
        argv: Program, searched for in the path, and its arguments.
    """
    os.set_inheritable(report, False)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        # It had ended before we asked to be told.
        os.kill(os.getpid(), signal.SIGKILL)
    # Python may have put it there for itself, where no language is set.
    environment = {name: value for name, value in os.environb.items() if name != b"LC_CTYPE"}
    for ignored in (signal.SIGPIPE, signal.SIGXFSZ):
        # Python ignores them, which a program would inherit.
        signal.signal(ignored, signal.SIG_DFL)
    try:
        os.execvpe(argv[0], argv, environment)  # noqa: S606 - the user's own program, without a shell
    except OSError as exc:
        os.write(report, str(exc.errno or 0).encode())
        os._exit(127)


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), [os.fsencode(word) for word in sys.argv[3:]])
