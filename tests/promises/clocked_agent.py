"""The agent's own program, with a clock that a test sets. Its first argument is the clock's file."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

from vaultapp.app.agent import main


class FileClock:
    """The machine's clock, put ahead by what a file says."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = threading.local()

    def now(self) -> int:
        # Who compares the clocks asks this one first: were time to pass between the two, it would look like sleep.
        self._read.pair = self._ahead()
        return time.time_ns() // 1000 + round(self._read.pair[0] * 1_000_000)

    def monotonic(self) -> float:
        pair = self._read.__dict__.pop("pair", None) or self._ahead()
        return time.monotonic() + float(pair[1])

    def _ahead(self) -> tuple[float, float]:
        wall, monotonic = self._path.read_text().split()
        return float(wall), float(monotonic)


if __name__ == "__main__":
    sys.exit(main(FileClock(Path(sys.argv.pop(1)))))
