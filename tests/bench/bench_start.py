"""What a command costs before it does anything."""

from __future__ import annotations

import sys

from tests.bench.report import Program
from tests.bench.stage import Stage

_BAR_MS = 80


def bench(stage: Stage) -> None:
    """Time the smallest command, beside an interpreter that does nothing."""
    command = stage.vault.command("--version")
    stage.report.seconds(command)
    runs = [1000 * seconds for seconds in stage.report.repeat(lambda: stage.report.seconds(command))]
    stage.report.figure("vaultapp --version", unit="ms", runs=runs, most=_BAR_MS)
    stage.report.compare(
        "vaultapp --version, beside an empty Python",
        unit="starts/s",
        amount=1,
        ours=Program(command),
        peers={"python -I -c pass": Program([sys.executable, "-I", "-c", "pass"])},
        bars={},
    )
