"""What every measurement is given."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.bench.our_vault import OurVault
from tests.bench.peers import Peers
from tests.bench.report import Report

GIB = 2**30


@dataclass(frozen=True)
class Stage:
    """The report, the peers, a vault, and two places to write to.

    Attributes:
        vault: Ours, made and locked.
        memory: A folder on tmpfs.
        disk: A folder on the disk of the checkout.
        big: Bytes of the big file.
        many: How many small files.
    """

    report: Report
    peers: Peers
    vault: OurVault
    memory: Path
    disk: Path
    big: int
    many: int


def machine() -> dict[str, str]:
    """Return facts that the figures depend on."""
    cpu = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "?"
    )
    memory = int(next(line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")))
    cores = len(os.sched_getaffinity(0))
    return {
        "processor": f"{cpu}, {cores} cores",
        "memory": f"{memory / 2**20:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
    }


def clear(*paths: Path) -> None:
    """Remove files and folders of an earlier run; what is not there is fine."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def random_file(path: Path, size: int) -> Path:
    """Write that much that nothing can compress."""
    with path.open("wb") as target:
        left = size
        while left:
            left -= target.write(os.urandom(min(left, 2**24)))
    return path


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()
