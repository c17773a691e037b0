"""What every desktop has that nobody sees: programs that end with it."""

from __future__ import annotations

import subprocess
from abc import abstractmethod
from typing import Self

from tests.closes_on_leaving import ClosesOnLeaving
from tests.desktop.processes import Processes


class PrivateSession(ClosesOnLeaving):
    """Start it by a ``with`` block; leave that, and everything that it started is gone."""

    def __init__(self) -> None:
        self._processes = Processes()

    def __enter__(self) -> Self:
        """Start everything; a part that does not start ends all of it."""
        try:
            self._begin()
        except BaseException:
            self.close()
            raise
        return self

    def end(self, process: subprocess.Popen[bytes]) -> int:
        """End one program; return its exit code."""
        return self._processes.end(process)

    @abstractmethod
    def _begin(self) -> None:
        """Start what programs need before they can be started here."""
