"""Files that another start of the app handed over; they wait for the person's yes."""

from __future__ import annotations

import threading

from vaultapp.contracts.files import WaitingFiles
from vaultapp.core.errors import InvalidValue
from vaultapp.core.events import EventBus

WAITING_LIMIT = 10_000
# All of them travel in one frame.
WAITING_BYTES = 4 * 1024 * 1024
# PATH_MAX of linux/limits.h.
_PATH_LIMIT = 4096


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

    def add(self, paths: tuple[bytes, ...], *, again: bool = False) -> int:
        """Take files, each once, as many as the list holds; return how many wait now.

        Args:
            paths: Absolute.
            again: Told to who hears of it: the window itself left them.

        Raises:
            InvalidValue: A path is not absolute, or longer than a path can be. None was taken.
        """
        if any(not path.startswith(b"/") or len(path) > _PATH_LIMIT or b"\0" in path for path in paths):
            raise InvalidValue(field="paths", reason="not_absolute")
        with self._lock:
            room = WAITING_BYTES - sum(map(len, self._paths))
            for path in paths[: WAITING_LIMIT - len(self._paths)]:
                room -= len(path)
                if room < 0:
                    break
                self._paths[path] = None
            waiting = tuple(self._paths)
        self._bus.publish(WaitingFiles(waiting, again))
        return len(waiting)

    def take(self) -> WaitingFiles:
        """Return the files, and forget them."""
        with self._lock:
            taken = WaitingFiles(tuple(self._paths))
            self._paths.clear()
        return taken
