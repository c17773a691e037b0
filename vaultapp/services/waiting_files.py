"""Files that another start of the app handed over; they wait for the person's yes."""

from __future__ import annotations

import threading

from vaultapp.contracts.files import WaitingFiles
from vaultapp.core.events import EventBus

WAITING_LIMIT = 10_000


class WaitingList:
    """One list for all clients of an agent. Thread safe.

    Args:
        bus: Told when files came.
    """

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self._lock = threading.Lock()
        self._paths: dict[bytes, None] = {}

    def __len__(self) -> int:
        """Return how many files wait."""
        return len(self._paths)

    def add(self, paths: tuple[bytes, ...]) -> int:
        """Take files, each once and at most 10,000 in all; return how many wait now."""
        with self._lock:
            for path in paths[: WAITING_LIMIT - len(self._paths)]:
                self._paths[path] = None
            waiting = tuple(self._paths)
        self._bus.publish(WaitingFiles(waiting))
        return len(waiting)

    def take(self) -> WaitingFiles:
        """Return the files, and forget them."""
        with self._lock:
            taken = WaitingFiles(tuple(self._paths))
            self._paths.clear()
        return taken
