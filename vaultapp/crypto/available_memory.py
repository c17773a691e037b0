"""How much memory the machine can give."""

from __future__ import annotations

_MEMINFO = "/proc/meminfo"
_UNKNOWN_KIB = 1 << 40


def available_memory_kib(meminfo: str = _MEMINFO) -> int:
    """Return what can be had without swapping, in KiB; a great number where the kernel does not tell.

    Source:
        proc(5), MemAvailable.
    """
    try:
        with open(meminfo, encoding="ascii") as file:
            for line in file:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1])
    except OSError:
        pass
    return _UNKNOWN_KIB
