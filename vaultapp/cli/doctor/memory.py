"""Memory for unlocking, and where else what is in memory may go."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from vaultapp.cli.doctor.finding import Finding, State
from vaultapp.cli.invocation import Invocation
from vaultapp.core.sentences import size

_KIB = 1024
_USUAL_MEMORY = 256 * _KIB * _KIB
_LEAST_MEMORY = 64 * _KIB * _KIB
# The root key and what is derived from it lie in a few pages.
_LOCKED_MEMORY = 64 * _KIB


def check_memory(_invocation: Invocation) -> Iterator[Finding]:
    """Look at the memory that unlocking takes."""
    subject, available = "memory", meminfo("MemAvailable")
    text, todo = f"{size(available)} available", "Close something before you unlock."
    if available < _LEAST_MEMORY:
        yield Finding(subject, State.BAD, f"{text}; unlocking takes 64 MiB at least", todo)
    elif available < _USUAL_MEMORY:
        yield Finding(subject, State.WARN, f"{text}; unlocking takes 256 MiB as a rule", todo)
    else:
        yield Finding(subject, State.OK, text)


def check_locked_memory(_invocation: Invocation) -> Iterator[Finding]:
    """Look at the limit of what is kept out of swap."""
    subject, allowed = "locked memory", resource.getrlimit(resource.RLIMIT_MEMLOCK)[0]
    if allowed != resource.RLIM_INFINITY and allowed < _LOCKED_MEMORY:
        text = f"only {size(allowed)} may be kept out of swap; the root key may be written to it"
        yield Finding(subject, State.WARN, text, "Raise RLIMIT_MEMLOCK (`ulimit -l`, or limits.conf) to 64 KiB.")
    else:
        yield Finding(subject, State.OK, "the root key is kept out of swap")


def check_swap(_invocation: Invocation) -> Iterator[Finding]:
    """Look at where memory is swapped to."""
    subject = "swap"
    if meminfo("SwapTotal") == 0:
        yield Finding(subject, State.OK, "there is none")
        return
    with suppress(OSError):
        devices = [line.split()[0] for line in Path("/proc/swaps").read_text().splitlines()[1:]]
        if all(device.startswith(("/dev/zram", "/dev/dm-")) for device in devices):
            yield Finding(subject, State.OK, "in memory or on a mapped device, which may be encrypted")
            return
    yield Finding(subject, State.WARN, "what is decrypted may be written to it", "Encrypt it, or use zram.")


def meminfo(name: str) -> int:
    """Return a figure of /proc/meminfo in bytes; 0 when it is not there."""
    with suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/meminfo").read_text().splitlines()
        return int(next(line for line in lines if line.startswith(name + ":")).split()[1]) * _KIB
    return 0
