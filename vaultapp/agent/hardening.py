"""Keep other programs of the same user out of this process.

An exec makes a process dumpable again, so this runs first thing in every incarnation of the agent.
"""

from __future__ import annotations

import ctypes
import os
import resource

from vaultapp.core.errors import HostError

_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38


def harden() -> None:
    """No core dumps, no ptrace and no /proc/<pid>/mem for programs of the same user, no new files for others.

    Raises:
        HostError: The kernel refused; the agent must not go on.

    Source:
        prctl(2): a process that is not dumpable is not attached to by ptrace(2) and its /proc files belong to root.
    """
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    for option, value in ((_PR_SET_DUMPABLE, 0), (_PR_SET_NO_NEW_PRIVS, 1)):
        if libc.prctl(option, value, 0, 0, 0) != 0:
            raise HostError(reason=os.strerror(ctypes.get_errno()))


def step_aside() -> None:
    """Go on in a child, whose memory was never open to others; to be called while there is one thread.

    Between an exec and :func:`harden` the process is dumpable. A program of the same user that opened its memory in
    that moment keeps a descriptor that stays good, but it is of the memory of the parent, which ends here.

    Raises:
        HostError: Somebody traces the child already.

    Source:
        proc(5), /proc/pid/mem is checked when it is opened; /proc/pid/status, TracerPid.
    """
    if os.fork():
        os._exit(0)
    with open("/proc/self/status", encoding="ascii", errors="replace") as file:
        tracer = next(line.split()[1] for line in file if line.startswith("TracerPid:"))
    if tracer != "0":
        raise HostError(reason="traced")
