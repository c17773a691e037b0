from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.buses.desktop import DesktopBuses
from tests.buses.logind import FakeLogind
from tests.file_fixtures import desk, out, room

__all__ = ["desk", "out", "room"]

HERE = Path(__file__).parent / "failing_disk"
CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def buses(monkeypatch: pytest.MonkeyPatch) -> Iterator[DesktopBuses]:
    """Start both buses of a desktop, where every agent that is started finds them."""
    with DesktopBuses() as found:
        for name, value in found.environment.items():
            monkeypatch.setenv(name, value)
        yield found


@pytest.fixture
def logind(buses: DesktopBuses) -> Iterator[FakeLogind]:
    with FakeLogind(buses.system.address) as found:
        yield found


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
