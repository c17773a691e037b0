from __future__ import annotations

import subprocess
import sys

import pytest

from tests.unit.cli.fakes import User
from vaultapp.cli import progress
from vaultapp.cli.progress import Bar, NoBar, bar_for

SCRIPT = """
import pty, os, sys
pid, descriptor = pty.fork()
if pid == 0:
    from vaultapp.cli import progress
    progress._PATIENCE_S = 0
    bar = progress.Bar("Encrypting", sizes=True)
    bar.move(1_000_000, 4_000_000, "[red]name.txt")
    bar.line("“a” [bold]done[/bold]")
    bar.close()
    os._exit(0)
data = b""
try:
    while chunk := os.read(descriptor, 65536):
        data += chunk
except OSError:
    pass
os.waitpid(pid, 0)
sys.stdout.buffer.write(data)
"""


def test_a_bar_on_a_terminal_shows_names_and_lines_as_they_are() -> None:
    shown = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, timeout=60, check=True).stdout.decode()
    assert "[red]name.txt" in shown
    assert "“a” [bold]done[/bold]" in shown
    assert "1.0/4.0 MB" in shown


def test_work_that_is_soon_done_has_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Bar("Encrypting", sizes=True)
    bar.move(1, 2)
    bar.line("done")
    bar.close()
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("done\n", "")


def test_nothing_is_shown_after_the_end(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE_S", 0)
    bar = Bar("Encrypting", sizes=True)
    bar.close()
    bar.move(1, 2)
    assert capsys.readouterr().err == ""


def test_there_is_no_bar_without_a_terminal(user: User) -> None:
    assert isinstance(bar_for(user.invocation(), "Encrypting", sizes=True), NoBar)
