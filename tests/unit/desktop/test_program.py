from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from vaultapp.desktop.program import Program


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/usr/bin/vaultapp", "/usr/bin/vaultapp"),
        ("/opt/a b/vaultapp", '"/opt/a b/vaultapp"'),
        ("/opt/50%/vaultapp", r'sh -c "exec \\"\\$0\\" \\"\\$@\\"" /opt/50%%/vaultapp'),
        ("/opt/a=b/vaultapp", r'sh -c "exec \\"\\$0\\" \\"\\$@\\"" /opt/a=b/vaultapp'),
        ("/o'b/vaultapp", '"/o\'b/vaultapp"'),
        # A backslash that quotes is escaped once more, because the value is a string.
        ("/$x/vaultapp", '"/\\\\$x/vaultapp"'),
        ('/"/`/vaultapp', '"/\\\\"/\\\\`/vaultapp"'),
        ("/a\\b/vaultapp", '"/a\\\\\\\\b/vaultapp"'),
    ],
)
def test_an_exec_line_is_quoted_as_the_specification_says(path: str, line: str) -> None:
    assert Program((path,)).exec_line == line


def test_arguments_follow_and_a_shell_reads_the_same() -> None:
    program = Program(("/opt/a b/python", "-I", "-m", "vaultapp"))
    assert program.exec_line == '"/opt/a b/python" -I -m vaultapp'
    assert shlex.split(program.shell_line) == list(program.argv)
    assert program.try_exec == "/opt/a b/python"


def test_this_installation_starts() -> None:
    program = Program.of_this_installation()
    assert Path(program.argv[0]).is_absolute()
    told = subprocess.run([*program.argv, "--version"], capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout.startswith("vaultapp ")


def test_without_a_script_the_module_is_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert Program.of_this_installation().argv == (str(tmp_path / "python"), "-I", "-m", "vaultapp")
