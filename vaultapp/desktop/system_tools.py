"""Programs of the system, as far as they are there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence

_PATIENCE_S = 60


class SystemTools:
    """Finds and runs programs.

    Args:
        environment: Theirs; ``PATH`` says where they are looked for.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)

    def has(self, name: str) -> bool:
        """True when a program is there."""
        return self._find(name) is not None

    def run(self, name: str, *arguments: str) -> bool:
        """Run a program to its end; False when it is not there, failed, or took too long."""
        program = self._find(name)
        return program is not None and self._ended_well([program, *arguments])

    def _find(self, name: str) -> str | None:
        return shutil.which(name, path=self._environment.get("PATH"))

    def _ended_well(self, command: Sequence[str]) -> bool:
        try:
            ended = subprocess.run(
                command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return ended.returncode == 0
