"""How long the window takes to be on the screen, and what it weighs, beside a window of Qt with nothing in it."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench import empty_window
from tests.bench.our_vault import CHEAP, PASSPHRASE
from tests.bench.report import tell
from tests.bench.stage import Stage
from tests.desktop.hand import Hand
from tests.desktop.session import DesktopSession

_START_BAR = 1.5
_MEMORY_BAR = 1.6


def bench(stage: Stage) -> None:
    """Start both in turns on one desktop; ours with a locked vault. The first start of each warms the disk cache."""
    ours = [str(Path(sys.executable).with_name("vaultapp"))]
    empty = [sys.executable, empty_window.__file__]
    seconds: dict[str, list[float]] = {"ours": [], "empty": []}
    memory: dict[str, list[float]] = {"ours": [], "empty": []}
    with DesktopSession(accessible=False) as desktop:
        hand = Hand(desktop)
        passphrase = desktop.home / "passphrase"
        passphrase.write_text(PASSPHRASE)
        desktop.ask(*ours, "init", *CHEAP, "--passphrase-file", passphrase)
        for turn in range(stage.report.runs + 1):
            for label, argv, title in (("ours", ours, "vaultapp$"), ("empty", empty, "^empty-window$")):
                begun = time.perf_counter()
                process = desktop.start(argv)
                hand.window(title)
                taken = time.perf_counter() - begun
                hand.settled(title)
                if turn:
                    seconds[label].append(taken)
                    memory[label].append(_resident(process))
                desktop.end(process)
        tell(f"  window: {seconds} {memory}")
    for name, unit, found, bar in (
        ("window on the screen", "× an empty window", seconds, _START_BAR),
        ("the window's memory", "× an empty window", memory, _MEMORY_BAR),
    ):
        ratio = statistics.median(found["ours"]) / statistics.median(found["empty"])
        figure = "s" if found is seconds else "MiB"
        note = (
            f"{statistics.median(found['ours']):.3g} {figure}, empty {statistics.median(found['empty']):.3g} {figure}"
        )
        stage.report.figure(name, unit=unit, runs=[ratio], most=bar, note=note)


def _resident(process: subprocess.Popen[bytes]) -> float:
    """Return the resident memory of a process in MiB."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    kib = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
    return kib / 1024
