"""Ten thousand files of 4 KiB on disk, each whole and published by itself, the batch synced."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from tests.bench.our_vault import KEY, PeakMemory
from tests.bench.report import Program
from tests.bench.stage import Stage, clear

_SIZE = 4096
_SAMPLE = 500
_BARS = {"cp -r && sync -f": 0.5, "age": 12}


def bench(stage: Stage) -> None:
    """Seal them all; age is given a sample, as it takes one file a process."""
    source = stage.disk / "many"
    source.mkdir()
    for number in range(stage.many):
        (source / f"file {number:05}.bin").write_bytes(os.urandom(_SIZE))
    os.sync()
    ours, copied, aged = stage.disk / "ours", stage.disk / "copied", stage.disk / "aged"
    sample = sorted(source.iterdir())[:_SAMPLE]

    def for_age() -> None:
        clear(aged)
        aged.mkdir()
        os.sync()

    def fresh() -> None:
        clear(ours)
        ours.mkdir()
        os.sync()

    copy = ["sh", "-c", 'cp -r "$0" "$1" && sync -f "$1"', str(source), str(copied)]
    with stage.vault.unlocked() as agent, PeakMemory(agent) as memory:
        stage.report.compare(
            f"seal {stage.many:,} files of 4 KiB on disk",
            unit="files/s",
            amount=stage.many,
            ours=Program(stage.vault.command("encrypt", source, "--each", "--key", KEY, "--to", ours), clear=fresh),
            peers={
                "cp -r && sync -f": Program(copy, clear=partial(_cleared_and_synced, copied)),
                "age": Program(stage.peers.age_each(sample, aged), amount=len(sample), clear=for_age),
            },
            bars=_BARS,
            note=f"age: {len(sample)} of them",
        )
    stage.report.figure(
        f"the agent's memory while sealing {stage.many:,} files, over its size after unlocking",
        unit="MiB",
        runs=[(memory.peak - memory.before) / 2**20],
        most=80,
    )
    clear(source, ours, copied, aged)


def _cleared_and_synced(path: Path) -> None:
    clear(path)
    os.sync()
