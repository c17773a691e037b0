"""Where work in memory waits until a test lets it go on, so that no test sleeps."""

from __future__ import annotations

import threading
from collections.abc import Callable

_LONGEST = 10.0
_STEP = 0.01


def open_gate() -> threading.Event:
    """Return a gate that nothing waits at before a test shuts it by ``clear``."""
    gate = threading.Event()
    gate.set()
    return gate


def pass_gate(gate: threading.Event) -> None:
    """Wait until the gate is open.

    Raises:
        TimeoutError: No test opened it, so that going on would hide that something hangs.
    """
    if not gate.wait(_LONGEST):
        raise TimeoutError(f"nobody opened the gate within {_LONGEST:.0f} s")


def pass_gate_unless(gate: threading.Event, stopped: Callable[[], bool]) -> bool:
    """Wait until the gate is open; False when the work is stopped before.

    Raises:
        TimeoutError: Neither happened.
    """
    for _ in range(round(_LONGEST / _STEP)):
        if stopped():
            return False
        if gate.wait(_STEP):
            return True
    raise TimeoutError(f"nobody opened the gate or stopped the work within {_LONGEST:.0f} s")
