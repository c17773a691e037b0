"""The source of time, as an argument."""

from __future__ import annotations

import time
from typing import Protocol

MICROS = 1_000_000
DAY = 24 * 60 * 60 * MICROS


class Clock(Protocol):
    """Tells the time. Real and given clocks are the two implementations."""

    def now(self) -> int:
        """Return microseconds since 1970 UTC."""

    def monotonic(self) -> float:
        """Return seconds that never run backwards, from an arbitrary start."""


class SystemClock:
    """The machine's clock; the monotonic one is Linux' CLOCK_MONOTONIC, by which other programs tell times too."""

    def now(self) -> int:
        """Return microseconds since 1970 UTC."""
        return time.time_ns() // 1000

    def monotonic(self) -> float:
        """Return seconds that never run backwards, from an arbitrary start."""
        return time.monotonic()
