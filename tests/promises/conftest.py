from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "failing_disk"
CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def failing_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the library that lets a disk fail; Debian's packages gcc and libc6-dev bring the compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    assert compiler, "no C compiler: install gcc and libc6-dev"
    library = tmp_path_factory.mktemp("failing_disk") / "failing_disk.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", library, HERE / "failing_disk.c", "-ldl"]
    subprocess.run(command, check=True)
    return library


@pytest.fixture
def on_failing_disk(failing_disk: Path, tmp_path: Path) -> Callable[..., str]:
    """Run one of the programs in failing_disk/ on a folder whose disk can fail; return what it printed."""

    def run(program: str, *arguments: object) -> str:
        environment = os.environ | {"LD_PRELOAD": str(failing_disk), "PYTHONPATH": str(CHECKOUT)}
        command = [sys.executable, HERE / program, tmp_path / "disk", *map(str, arguments)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        print(program, *arguments, done.stdout.strip())
        return done.stdout

    return run
