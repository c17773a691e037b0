"""Progress of a batch: counted often, told seldom, and the place where a cancel is noticed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vaultapp.core.clock import Clock
from vaultapp.core.work import WorkContext

EVERY_S = 0.1


class Meter:
    """Counts the bytes of a batch, and of the source under way; one thread advances it.

    Args:
        work: Told at most ten times a second, and asked for a cancel at every call.
        clock: Source of time.
        total: Bytes of the whole batch; 0 when not known.
    """

    def __init__(self, work: WorkContext[Any], clock: Clock, total: int = 0) -> None:
        self._work = work
        self._clock = clock
        self._next = clock.monotonic() + EVERY_S
        self._told: Callable[[int], None] = _nobody
        self.total = total
        self.done = 0
        self.item_done = 0

    def begin(self, told: Callable[[int], None]) -> None:
        """Start a new source; ``told`` is called with its bytes so far whenever progress is told."""
        self._told = told
        self.item_done = 0

    def advance(self, count: int) -> None:
        """Count bytes; call once per chunk, never per byte.

        Raises:
            OperationCancelled: Somebody asked to stop.
        """
        self.done += count
        self.item_done += count
        if self._work.cancelled:
            self._work.checkpoint()
        now = self._clock.monotonic()
        if now >= self._next:
            self._next = now + EVERY_S
            self._work.checkpoint(self.done, self.total)
            self._told(self.item_done)

    def moved(self) -> None:
        """Note that somebody at a pipe gave or took some bytes, before they are counted."""
        self._work.moved()

    def finish(self) -> None:
        """Tell the last figures."""
        self._work.checkpoint(self.done, self.total)


def _nobody(_done: int) -> None:
    """Nobody is told."""
