"""How long to wait after wrong passphrases."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from vaultapp.core.clock import Clock
from vaultapp.core.errors import TooManyAttempts, WrongPassphrase

FREE_ATTEMPTS = 2
LONGEST_WAIT_S = 60


class Attempts:
    """Counts wrong passphrases in a row. One passphrase is tried at a time, so that none slips past the wait.

    The n-th wrong one makes the next wait 0, 0, 1, 2, 4, 8 … 60 seconds.

    Args:
        clock: Its monotonic time counts.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._trying = threading.Lock()
        self._until = 0.0
        self.failed = 0

    @property
    def retry_after(self) -> float:
        """Seconds until the next passphrase is taken; 0 when it is taken now."""
        return max(0.0, self._until - self._clock.monotonic())

    @contextmanager
    def one(self) -> Iterator[None]:
        """Try a passphrase inside; a wrong one is counted, a right one ends the count.

        Raises:
            TooManyAttempts: It is too early; nothing was tried.
        """
        with self._trying:
            wait = self.retry_after
            if wait > 0:
                raise TooManyAttempts(seconds=math.ceil(wait))
            try:
                yield
            except WrongPassphrase:
                self.failed += 1
                self._until = self._clock.monotonic() + wait_after(self.failed)
                raise
            self.failed = 0


def wait_after(failed: int) -> int:
    """Return the seconds to wait after so many wrong passphrases in a row."""
    if failed <= FREE_ATTEMPTS:
        return 0
    # The exponent is bounded first: whoever tries for days must not make a number of a thousand digits.
    return min(LONGEST_WAIT_S, 1 << min(failed - FREE_ATTEMPTS - 1, LONGEST_WAIT_S.bit_length()))
