"""Promise 28: killed at any moment, inputs are intact, nothing half is under a final name, and no plaintext is left
(where unnamed files don't exist: it is gone at the next start).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.golden_release import digest_of, listing
from tests.integration.shell import Shell
from tests.promises.conftest import CHECKOUT
from tests.promises.kills import KINDS

# On the disk, which is slow to sync, and in the other lane.
KILLS = (160, 340)
FILES, BIG = 700, 2 << 30
TMPFS, ROOM = Path("/dev/shm"), 1 << 30
# Where a part has a name, so that kills leave some for the next start to remove.
NAMED = [f"{kind.__name__}, part" for kind in KINDS] + ["open_folder, unnamed"]


@pytest.fixture
def lanes(tmp_path: Path) -> Iterator[list[Path]]:
    """Give a folder on the disk, and one on tmpfs where that is there and large: they are quick at different things."""
    large = os.access(TMPFS, os.W_OK) and shutil.disk_usage(TMPFS).free > ROOM
    memory = Path(tempfile.mkdtemp(prefix="vaultapp-kills-", dir=TMPFS if large else tmp_path))
    yield [tmp_path / "lane", memory / "lane"]
    shutil.rmtree(memory)


def test_batches_killed_at_random_moments(lanes: list[Path]) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}, kills {KILLS}")
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.promises.kills", lane, str(seed + number), str(KILLS[number])],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number, lane in enumerate(lanes)
    ]
    told: dict[str, Counter[str]] = {}
    with processes[0], processes[1]:
        for process in processes:
            printed, error = process.communicate()
            assert process.returncode == 0, error
            for name, found in json.loads(printed).items():
                told.setdefault(name, Counter()).update(found)
    for name, found in told.items():
        print(f"{name}: {dict(found)}")
    assert len(told) == 2 * len(KINDS)
    assert sum(found["kills"] for found in told.values()) == sum(KILLS) == 500
    assert all(found["within"] > found["kills"] // 2 for found in told.values())
    # Which kills leave a part is chance; that some do is not.
    assert sum(told[name]["left_parts"] > 0 for name in NAMED) > len(NAMED) // 2
    assert sum(told[name]["left_parts"] for name in NAMED) > sum(KILLS) // 20


class Stage:
    """A vault with an agent that stays, a tree of files sealed in either way, and a folder for outputs."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.out, self.tree = shell.here / "out", shell.here / "tree"
        for number in range(FILES):
            shell.write(f"tree/{number % 7}/{number}", b"%d" % number * 10_000)
        with open(shell.here / "big", "wb") as file:
            file.truncate(BIG)
        shell.init()
        shell.run("encrypt", "tree", "--key", "Personal")
        (shell.here / "each").mkdir()
        shell.run("encrypt", "tree", "--key", "Personal", "--each", "--to", "each")
        self.inputs = [shell.here / name for name in ("tree", "tree.sealed", "each")]
        self.before = [listing(path) for path in self.inputs]
        self.digests = {found["sha256"] for found in self.before[0].values() if "sha256" in found}

    def killed(self, begun: Callable[[str], bool], moment: float, *arguments: str) -> int:
        """Kill the agent so long after a command's work was seen to begin; return the command's exit code."""
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()
        pid = self.shell.json("unlock")["pid"]
        process = subprocess.Popen(
            self.shell.command(*arguments, "--to", "out", "--progress"),
            cwd=self.shell.here,
            env=self.shell.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        with process:
            lines: list[str] = []
            told = threading.Thread(target=lambda: lines.extend(process.stdout or ()))
            told.start()
            while process.poll() is None and not begun("".join(lines)):
                told.join(0.001)
            told.join(moment)
            os.kill(pid, signal.SIGKILL)
            told.join()
            return process.wait()

    def parts(self) -> list[Path]:
        return [path for path in self.shell.here.rglob(".*") if path.name.endswith(".part")]

    def judge(self) -> int:
        """Start again, and see that there is nothing but what was there and what is whole; return how much is."""
        self.shell.run("unlock")
        assert self.parts() == []
        assert [listing(path) for path in self.inputs] == self.before
        assert ((self.shell.here / "big").stat().st_size, (self.shell.here / "big").stat().st_blocks) == (BIG, 0)
        sealed = list(self.out.rglob("*.sealed"))
        if sealed:
            self.shell.run("decrypt", "out", "--to", "out")
        outputs = [path for path in self.out.rglob("*") if path.is_file() and path not in sealed]
        assert len(outputs) >= len(sealed)
        assert {digest_of(path) for path in outputs} <= self.digests
        return len(outputs)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    shell = Shell(tmp_path)
    yield Stage(shell)
    shell.close()


def test_the_agent_itself_killed_at_work(stage: Stage) -> None:
    seed = random.randrange(2**32)
    dice = random.Random(seed)
    ways: list[tuple[Callable[[str], bool], tuple[str, ...]]] = [
        (lambda lines: "progress" in lines, ("encrypt", "big", "--key", "Personal")),
        (lambda _: any(stage.out.rglob("*.sealed")), ("encrypt", "tree", "--each", "--key", "Personal")),
        (lambda _: any(path.is_file() for path in stage.out.rglob("*")), ("decrypt", "each")),
        (lambda _: stage.parts() != [], ("decrypt", "tree.sealed")),
        (lambda _: stage.parts() != [], ("decrypt", "tree.sealed")),
    ]
    failed = left = 0
    for begun, arguments in ways:
        moment = dice.uniform(0, 0.05)
        code = stage.killed(begun, moment, *arguments)
        parts, opened = len(stage.parts()), (stage.out / "tree").exists()
        whole = stage.judge()
        if arguments == ("decrypt", "tree.sealed"):
            assert whole == (FILES if opened else 0)
        print(f"seed {seed}: {' '.join(arguments)} killed {moment:.4f} s on, exit {code}, {parts} parts, {whole} whole")
        failed += code != 0
        left += parts
    # A kill may come too late for one, not for all.
    assert failed > 0
    assert left > 0
