"""Figures beside their bars: alternating runs, medians, ratios; a Markdown table and a JSON file."""

from __future__ import annotations

import json
import mmap
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

RUNS = 5
_PAGE = mmap.PAGESIZE


@dataclass(frozen=True)
class Program:
    """What is timed: a whole process, and what makes the next run like the first.

    Attributes:
        argv: Its command line.
        amount: Bytes or files that one run works on, for programs that are given a sample; 0 means all of it.
        clear: Called untimed before and after every run: removes what a run makes.
    """

    argv: Sequence[str | Path]
    amount: float = 0
    clear: Callable[[], None] = lambda: None


@dataclass
class Row:
    """One line of the table. Ratios above 1 mean that ours is faster.

    Attributes:
        bars: Least ratio by peer, or under "" the most that the figure may be.
    """

    name: str
    unit: str
    ours: float
    runs: list[float]
    peers: dict[str, float] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)
    bars: dict[str, float] = field(default_factory=dict)
    note: str = ""


class Report:
    """Measure, and keep what was measured. Nothing here fails by time.

    Args:
        folder: Where the table and the JSON file go.
        machine: Facts about this computer and the peers' versions.
        environment: Variables of every program that is timed.
        runs: Runs of each program; figures are medians.
    """

    def __init__(
        self, folder: Path, machine: Mapping[str, str], environment: Mapping[str, str], runs: int = RUNS
    ) -> None:
        self._folder = folder
        self._machine = dict(machine)
        self._environment = dict(environment)
        self.runs = runs
        self.rows: list[Row] = []

    def compare(
        self,
        name: str,
        *,
        unit: str,
        amount: float,
        ours: Program,
        peers: Mapping[str, Program],
        bars: Mapping[str, float],
        touched: int = 0,
        note: str = "",
    ) -> Row:
        """Time whole processes, taking turns, and report rates.

        Args:
            name: What is done.
            unit: Unit of the rate, like GB/s.
            amount: How much of the unit one run does.
            ours: Our program.
            peers: Theirs, by name.
            bars: Least ratio of our rate to a peer's.
            touched: Bytes of memory to touch before each run, so that none pays for the first touch.
            note: A remark for the table.
        """
        programs = {"": ours, **peers}
        rates: dict[str, list[float]] = {label: [] for label in programs}
        for turn in range(self.runs):
            for label, program in programs.items():
                program.clear()
                touch(touched)
                seconds = self.seconds(program.argv)
                program.clear()
                rates[label].append((program.amount or amount) / seconds)
                tell(f"  {name}, {turn + 1} of {self.runs}: {label or 'vaultapp'} {rates[label][-1]:.3g} {unit}")
        medians = {label: statistics.median(found) for label, found in rates.items()}
        ratios = {label: medians[""] / medians[label] for label in peers}
        row = Row(name, unit, medians.pop(""), rates[""], medians, ratios, dict(bars), note)
        return self._add(row)

    def figure(self, name: str, *, unit: str, runs: Sequence[float], most: float | None = None, note: str = "") -> Row:
        """Report a figure that stands for itself; the bar is the most that it may be."""
        bars = {} if most is None else {"": most}
        return self._add(Row(name, unit, statistics.median(runs), list(runs), bars=bars, note=note))

    def repeat(self, measure: Callable[[], float]) -> list[float]:
        """Take one figure as often as the others are taken."""
        return [measure() for _ in range(self.runs)]

    def seconds(self, argv: Sequence[str | Path]) -> float:
        """Run a program to its end and return how long it took.

        Raises:
            RuntimeError: It failed, so that its time says nothing.
        """
        command = [str(part) for part in argv]
        begun = time.perf_counter()
        ended = subprocess.run(
            command, env=self._environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        seconds = time.perf_counter() - begun
        if ended.returncode:
            raise RuntimeError(f"{command} ended with {ended.returncode}: {ended.stderr.decode(errors='replace')}")
        return seconds

    def write(self) -> Path:
        """Write bench.md and bench.json; return the table."""
        self._folder.mkdir(parents=True, exist_ok=True)
        table = self._folder / "bench.md"
        table.write_text(self._markdown())
        whole = {"machine": self._machine, "runs": self.runs, "rows": [asdict(row) for row in self.rows]}
        (self._folder / "bench.json").write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n")
        return table

    def _add(self, row: Row) -> Row:
        self.rows.append(row)
        tell(_line(row))
        return row

    def _markdown(self) -> str:
        facts = "\n".join(f"- {name}: {value}" for name, value in self._machine.items())
        lines = "\n".join(_line(row) for row in self.rows)
        return (
            f"# Speed and size\n\nWhole processes, taking turns, medians of {self.runs}; a ratio is our rate over "
            "the peer's in the same run, so more is better.\n\n"
            f"{facts}\n\n| what | vaultapp | against | bar | reached |\n|---|---|---|---|---|\n{lines}\n"
        )


def _line(row: Row) -> str:
    against = ", ".join(f"{ratio:.2f} × {peer} ({row.peers[peer]:.3g})" for peer, ratio in row.ratios.items())
    bars = ", ".join(f"≥ {bar:g} × {peer}" if peer else f"≤ {bar:g} {row.unit}" for peer, bar in row.bars.items())
    reached = [row.ratios[peer] >= bar if peer else row.ours <= bar for peer, bar in row.bars.items()]
    verdict = "" if not reached else "yes" if all(reached) else "no"
    note = f" ({row.note})" if row.note else ""
    return f"| {row.name}{note} | {row.ours:.3g} {row.unit} | {against} | {bars} | {verdict} |"


def touch(size: int) -> None:
    """Write to that much memory and give it back: on a virtual machine the first touch of a page costs the most."""
    if size:
        with mmap.mmap(-1, size) as memory:
            for at in range(0, size, _PAGE):
                memory[at] = 1


def tell(line: str) -> None:
    """Say how far it is."""
    print(line, flush=True)
