from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from vaultapp.agent.peer import Peer, peer_of

CONNECT = "import socket, sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[-1]); s.recv(1)"


def peer_of_program(arguments: list[str], folder: Path, where: Path) -> Peer:
    """Run a Python program that connects, and look who it is while it is there."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(folder / "s"))
    listener.listen()
    listener.settimeout(20)
    with subprocess.Popen([sys.executable, *arguments, str(folder / "s")], cwd=where) as process:
        accepted, _ = listener.accept()
        found = peer_of(accepted)
        accepted.close()
        listener.close()
        assert process.wait(20) == 0
    assert (found.pid, found.user) == (process.pid, os.getuid())
    return found


@pytest.mark.parametrize(
    ("arguments", "program"),
    [
        (["fetch-passwords"], "fetch-passwords"),
        (["-I", "-X", "utf8", "./fetch-passwords", "-m", "other"], "fetch-passwords"),
        (["-m", "reports.daily"], "reports"),
    ],
)
def test_a_python_program_is_told_by_its_own_name(arguments: list[str], program: str, tmp_path: Path) -> None:
    work = tmp_path / "work"
    (work / "reports").mkdir(parents=True)
    for name in ("fetch-passwords", "reports/daily.py"):
        (work / name).write_text(CONNECT)
    assert peer_of_program(arguments, tmp_path, work).program == program


def test_a_program_without_a_name_is_told_by_its_interpreter(tmp_path: Path) -> None:
    told = peer_of_program(["-c", CONNECT], tmp_path, tmp_path).program
    assert told == os.path.basename(os.path.realpath(sys.executable))
