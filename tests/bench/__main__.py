"""Measure what was asked for, or everything: ``python -m tests.bench --to FOLDER [NAME…]``."""

from __future__ import annotations

import argparse
import os
import pty
import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench import (
    bench_big_file,
    bench_drags,
    bench_heartbeat,
    bench_key_list,
    bench_lock,
    bench_many_credentials,
    bench_many_keys,
    bench_rotation,
    bench_small_files,
    bench_start,
    bench_tray,
    bench_window,
)
from tests.bench.our_vault import OurVault
from tests.bench.peers import Peers
from tests.bench.report import RUNS, Report
from tests.bench.stage import GIB, Stage, machine

BENCHES = {
    "start": bench_start.bench,
    "window": bench_window.bench,
    "tray": bench_tray.bench,
    "lock": bench_lock.bench,
    "many-keys": bench_many_keys.bench,
    "many-credentials": bench_many_credentials.bench,
    "key-list": bench_key_list.bench,
    "drags": bench_drags.bench,
    "rotation": bench_rotation.bench,
    "heartbeat": bench_heartbeat.bench,
    "small-files": bench_small_files.bench,
    "big-file": bench_big_file.bench,
}
_TMPFS = Path("/dev/shm")
_COPIES = 6


def main() -> int:
    """Measure in a terminal session: the agent lets a terminal in once, as it does for a person."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        return os.waitstatus_to_exitcode(pty.spawn([sys.executable, "-m", "tests.bench", *sys.argv[1:]]))
    measure()
    return 0


def measure() -> None:
    """Run the benches in a scratch folder on disk and one on tmpfs; both are removed."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--size", type=int, default=2 * GIB, help="bytes of the big file")
    parser.add_argument("--many", type=int, default=10_000, help="how many small files")
    parser.add_argument("names", nargs="*", help=", ".join(BENCHES))
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(BENCHES):
        parser.error(f"there is no bench called {', '.join(sorted(unknown))}")
    asked.to.mkdir(parents=True, exist_ok=True)
    size = min(asked.size, shutil.disk_usage(_TMPFS).free // (_COPIES + 1))
    if size < asked.size:
        print(f"tmpfs is small: the big file is {size / GIB:.2f} GiB")
    with (
        tempfile.TemporaryDirectory(prefix="vaultapp-bench-", dir=_TMPFS) as memory,
        tempfile.TemporaryDirectory(prefix="scratch-", dir=asked.to.resolve()) as disk,
    ):
        vault = OurVault(Path(disk) / "home")
        vault.make()
        report = Report(asked.to, machine() | Peers.versions(), vault.environment, asked.runs)
        peers = Peers(Path(disk) / "peers")
        stage = Stage(report, peers, vault, Path(memory), Path(disk), size, asked.many)
        for name in asked.names or BENCHES:
            BENCHES[name](stage)
            report.write()
    print(f"\n{(asked.to / 'bench.md').read_text()}")


if __name__ == "__main__":
    sys.exit(main())
