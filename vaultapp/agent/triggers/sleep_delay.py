"""What keeps the computer awake for the moment that a lock takes."""

from __future__ import annotations

import os
import threading


class SleepDelay:
    """Holds logind's descriptor, whose end lets the computer sleep. Any thread.

    It is let go by the exec of a lock itself, when the memory with the keys is gone: the descriptor is not
    inherited. A window gets a copy on its way, so that its own replacement is waited for as well.

    Source:
        systemd, "Inhibitor Locks", delay locks; logind waits ``InhibitDelayMaxSec`` at most (5 s).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: int | None = None

    @property
    def held(self) -> bool:
        """True while the computer is kept awake."""
        return self._held is not None

    def copy(self) -> int | None:
        """Return a copy of what is held, which the caller closes; None when nothing is."""
        with self._lock:
            return None if self._held is None else os.dup(self._held)

    def hold(self, descriptor: int) -> None:
        """Take a descriptor over, in place of the one before."""
        os.set_inheritable(descriptor, False)
        with self._lock:
            before, self._held = self._held, descriptor
        if before is not None:
            os.close(before)

    def release(self) -> None:
        """Let the computer sleep whenever it likes."""
        with self._lock:
            before, self._held = self._held, None
        if before is not None:
            os.close(before)
