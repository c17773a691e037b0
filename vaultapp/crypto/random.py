"""The source of randomness, as an argument."""

from __future__ import annotations

import os
from typing import Protocol


class Random(Protocol):
    """Gives unpredictable bytes; tests give predictable ones."""

    def bytes(self, count: int) -> bytes:
        """Return so many random bytes."""


class SystemRandom:
    """The kernel's generator."""

    def bytes(self, count: int) -> bytes:
        """Return so many random bytes."""
        return os.urandom(count)
