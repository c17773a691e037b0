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
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession
from vaultapp.core.places import Places

_TURNS = 3  # for each run of the whole bench: a start is short, and no two take the same time
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
        places = Places.of_user(desktop.environment)
        shown = _ShownWindows(desktop)
        for turn in range(stage.report.runs * _TURNS + 1):
            for label, argv, title in (("ours", ours, "vaultapp$"), ("empty", empty, "^empty-window$")):
                begun = time.perf_counter()
                process = desktop.start(argv)
                shown.wait_for(1)
                taken = time.perf_counter() - begun
                hand.settled(title)
                if turn:
                    seconds[label].append(taken)
                    memory[label].append(_resident(process))
                desktop.end(process)
                shown.wait_for(0)
                # An agent that still ends would be asked first by the next start, and take a processor from it.
                wait_until(lambda: not places.any_agent(), "the agent to end")
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


class _ShownWindows:
    """Tells when the window manager takes a window or lets one go: to look for it with programs would slow it down.

    Source:
        Extended Window Manager Hints 1.5, _NET_CLIENT_LIST.
    """

    def __init__(self, desktop: DesktopSession) -> None:
        self._told = desktop.start(["xprop", "-root", "-spy", "_NET_CLIENT_LIST"], pipes=True)
        self.wait_for(0)

    def wait_for(self, number: int) -> None:
        """Wait until so many are shown."""
        assert self._told.stdout is not None
        for line in self._told.stdout:
            if line.count(b"0x") == number:
                return
        raise RuntimeError("xprop ended")


def _resident(process: subprocess.Popen[bytes]) -> float:
    """Return the resident memory of a process in MiB."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    kib = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
    return kib / 1024
