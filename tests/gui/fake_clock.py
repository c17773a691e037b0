"""Time that passes only when a test lets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.gui.samples import NOON
from vaultapp.core.clock import Clock


class FakeClock:
    """Time that a test sets."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> int:
        return NOON + int(self.time * 1_000_000)

    def monotonic(self) -> float:
        return self.time


if TYPE_CHECKING:
    _: type[Clock] = FakeClock
