"""Keep other programs of the same user out of this process.

An exec makes a process dumpable again, so this runs first thing in every incarnation of the agent.
"""

from __future__ import annotations

import ctypes
import os
import resource

from vaultapp.core.errors import HostError

_PR_GET_DUMPABLE = 3
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


def is_hardened() -> bool:
    """True when this process can neither dump core nor be attached to by the same user."""
    dumpable: int = ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)
    return dumpable == 0 and resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
