"""How long the person has been away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vaultapp.core.clock import MICROS, Clock

# The wall clock runs ahead of the monotonic one by less than that unless the computer slept, or the clock was set.
_JUMP_S = 2.0
# Work that may wait for somebody else counts for so long after its last progress.
_STALLED_S = 60.0


class IdleClock:
    """Counts from the last time that the person was there. Any thread.

    Time counts by the monotonic clock, which nobody can put back, and by what the wall clock runs ahead of it: that is
    time asleep. A time that ran out in sleep stays so, whoever wakes the computer.

    Args:
        clock: Source of both.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._limit: float | None = None
        self._works: list[_Work] = []
        self._expired = False
        self._offset = self._seen = 0.0
        # By the monotonic clock, when the end of a sleep was noticed, and how long it was.
        self._sleeps: list[tuple[float, float]] = []
        # How many of them were before the person was seen.
        self._before = 0
        self.begin(0)

    @property
    def held(self) -> bool:
        """True while work goes on that the person began."""
        with self._lock:
            return self._limit is not None and self._at_work()

    @property
    def expired(self) -> bool:
        """True when the time ran out while the computer slept: no input since then counts."""
        with self._lock:
            self._notice_sleep()
            return self._expired and self._limit is not None and not self._at_work()

    @property
    def slept(self) -> bool:
        """True when the computer slept since the time began, whoever woke it."""
        with self._lock:
            self._notice_sleep()
            return bool(self._sleeps)

    def begin(self, minutes: int) -> None:
        """Count anew from now. Minutes: after so many the vault locks; 0 never."""
        with self._lock:
            self._expired = False
            self._sleeps.clear()
            self._before = 0
            self._offset = self._ahead()
            self._seen = self._clock.monotonic()
            self.limit(minutes)

    def limit(self, minutes: int) -> None:
        """Set after how many minutes without the person the vault locks; 0 never."""
        with self._lock:
            self._limit = minutes * 60.0 if minutes > 0 else None

    def touch(self, seconds_ago: float = 0.0) -> None:
        """The person was there, so long ago by a clock that stands still in sleep."""
        with self._lock:
            self._notice_sleep()
            seen = self._clock.monotonic() - seconds_ago
            if not self._expired and seen >= self._seen:
                self._seen = seen
                self._before = sum(1 for at, _ in self._sleeps if at <= seen)

    @contextmanager
    def work(self, progress: Callable[[], int] | None = None) -> Iterator[None]:
        """Put the lock off while files are worked on; afterwards the time begins anew.

        Args:
            progress: Tells how much is done, of work that may wait for ever, as at a pipe: it counts only while that
                changes, and for a minute after.
        """
        work = _Work(progress, self._clock.monotonic())
        with self._lock:
            self._notice_sleep()
            self._works.append(work)
        try:
            yield
        finally:
            with self._lock:
                if work.goes_on(self._clock.monotonic()):
                    self.touch()
                self._works.remove(work)

    def left(self) -> float | None:
        """Return the seconds until the lock, 0 when it is due; None while there is nothing to wait for."""
        with self._lock:
            self._notice_sleep()
            at_work = self._at_work()
            if self._limit is None or at_work:
                return None
            return 0.0 if self._expired else max(0.0, self._limit - self._away())

    def _at_work(self) -> bool:
        """True while any work goes on; the person counts as there until it stops or stalls."""
        now = self._clock.monotonic()
        # Each is looked at, so that each notices its own progress.
        going = [work.goes_on(now) for work in self._works]
        at_work = any(going)
        if at_work and not self._expired:
            self._seen, self._before = now, len(self._sleeps)
        return at_work

    def _away(self) -> float:
        slept = sum(seconds for _, seconds in self._sleeps[self._before :])
        return self._clock.monotonic() - self._seen + slept

    def _notice_sleep(self) -> None:
        before, self._offset = self._offset, self._ahead()
        if self._offset - before > _JUMP_S:
            self._sleeps.append((self._clock.monotonic(), self._offset - before))
            if not self._at_work() and self._limit is not None and self._away() >= self._limit:
                self._expired = True

    def _ahead(self) -> float:
        return self._clock.now() / MICROS - self._clock.monotonic()


class _Work:
    """One piece of work, and when it was last seen to go on."""

    def __init__(self, progress: Callable[[], int] | None, now: float) -> None:
        self._progress = progress
        self._done = 0
        self._moved = now

    def goes_on(self, now: float) -> bool:
        """Look at its progress, if it has any to be looked at."""
        if self._progress is None:
            return True
        done = self._progress()
        if done != self._done:
            self._done, self._moved = done, now
        return now - self._moved < _STALLED_S
