"""Promise 1: with a failure at every k-th write, sync or rename of any change, the vault opens again as it was
before or as it was meant to be after. So it does when the process dies there, and when the power goes.
"""

from __future__ import annotations

import errno
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.promises.conftest import CHECKOUT, HERE
from tests.promises.failing_disk.scenarios import Tries
from vaultapp.core.work import WorkContext

KILLS = 12


@pytest.mark.parametrize("mode", ["once", "from_then_on", "kill"])
@pytest.mark.parametrize("scenario", ["transaction", "activity", "creation", "backup", "restoring"])
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC], ids=["EIO", "ENOSPC"])
def test_every_kth_call_of_a_change(on_failing_disk: Callable[..., str], scenario: str, mode: str, error: int) -> None:
    found = json.loads(on_failing_disk("scenarios.py", scenario, mode, error, 1))
    assert found["tries"] == found["calls"] >= 15
    assert found["states"]["before"] > 0
    assert len(found["states"]) > 1


@pytest.mark.parametrize("mode", ["once", "from_then_on", "kill"])
def test_a_change_that_is_larger_than_the_cache(on_failing_disk: Callable[..., str], mode: str) -> None:
    found = json.loads(on_failing_disk("scenarios.py", "transaction:900", mode, errno.EIO, 97))
    assert found["calls"] > 1500
    assert found["tries"] > 15


@pytest.mark.parametrize(("rows", "step", "cuts"), [(0, 1, 300), (900, 97, 100)])
def test_a_power_cut_at_every_call(on_failing_disk: Callable[..., str], rows: int, step: int, cuts: int) -> None:
    found = json.loads(on_failing_disk("power_cut.py", rows, step))
    assert found["cuts"] > cuts
    assert all(found["states"])


def test_kill_9_at_random_moments_loses_nothing_acknowledged(tmp_path: Path) -> None:
    seed = random.randrange(2**32)
    dice = random.Random(seed)
    tries = Tries(tmp_path / "disk", 0)
    tries.prepare()
    tries.fresh()
    rows: set[str] = set()
    entries: set[str] = set()
    for _ in range(KILLS):
        environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
        process = subprocess.Popen(
            [sys.executable, HERE / "writer.py", tries.folder], env=environment, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        told = [process.stdout.readline() for _ in range(dice.randrange(60))]
        process.kill()
        told += process.stdout.readlines()
        process.stdout.close()
        process.wait()
        for line in told:
            word, _, name = line.strip().partition(" ")
            (rows if word == "row" else entries).add(name)
        vault = tries.open()
        vault.check(WorkContext())
        vault.activity.check(WorkContext())
        assert rows <= {str(row.row_id) for row in vault.records.of_kind("key")}, f"seed {seed}"
        noted = {entry.action for entry in vault.activity.page(None, 5000).entries}
        vault.close()
        assert entries <= noted, f"seed {seed}"
        entries.clear()
    assert len(rows) > KILLS
    print(f"seed {seed}: {KILLS} kills, {len(rows)} rows acknowledged and kept")
