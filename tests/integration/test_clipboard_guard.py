"""What was copied goes, whatever becomes of the window: a real X server, and other programs that look."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.desktop.copier import GUARD, SWEEPER, Copier, OtherProgram, running
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession
from tests.ended import wait_gone
from tests.promises.memory import memory_of

SECRET = "zebra locksmith quartz"
LONG = 600
MARK = "x-kde-passwordManagerHint"


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    with DesktopSession((900, 600), accessible=False) as desktop:
        yield desktop


@pytest.fixture
def other(session: DesktopSession) -> Iterator[OtherProgram]:
    yield OtherProgram(session)
    wait_until(lambda: not running(session, GUARD), "the guard to end", 60)
    assert running(session, SWEEPER) == []


@pytest.fixture
def copier(session: DesktopSession, other: OtherProgram) -> Iterator[Callable[[int], Copier]]:
    made: list[Copier] = []

    def start(seconds: int) -> Copier:
        made.append(Copier(lambda argv: session.start(argv, pipes=True), seconds))
        return made[-1]

    yield start
    for copier in made:
        session.end(copier.process)


@pytest.fixture
def manager(session: DesktopSession, other: OtherProgram) -> Iterator[Callable[[str], Manager]]:
    made: list[Manager] = []

    def start(kind: str) -> Manager:
        made.append(Manager(other.manages(kind)))
        return made[-1]

    yield start
    for manager in made:
        session.end(manager.process)


@dataclass(frozen=True)
class Manager:
    process: subprocess.Popen[bytes]

    def says(self, word: str) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline().decode().strip() == word


def cleared(other: OtherProgram, seconds: float = 30) -> None:
    wait_until(lambda: other.reads() != SECRET, "the secret to go", seconds)


def stays(other: OtherProgram, what: str, seconds: float = 1.5) -> None:
    """Look for a while: what a manager gives back, or a guard takes away, comes a moment later."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert other.reads() == what


def test_a_copy_is_marked_and_said_once_another_program_reads_it(
    session: DesktopSession, other: OtherProgram, copier: Callable[[int], Copier]
) -> None:
    other.copies("selected elsewhere", "primary")
    window = copier(LONG)
    window.copy(SECRET)
    assert other.reads() == SECRET
    assert other.reads(kind=MARK) == "secret"
    assert other.reads("primary") == "selected elsewhere"
    window.tell("clear")
    window.wait_for("gone True")
    assert other.reads() == ""
    assert other.reads("primary") == "selected elsewhere"


def test_it_is_cleared_when_its_time_is_over(other: OtherProgram, copier: Callable[[int], Copier]) -> None:
    window = copier(3)
    began = time.monotonic()
    window.copy(SECRET)
    window.wait_for("left 0")
    assert time.monotonic() - began > 2.5
    cleared(other)
    assert window.heard.count("left 2") == 1
    assert "refused" not in window.heard


@pytest.mark.parametrize("secret", [f"\ufeff{SECRET}", f"{SECRET}\0\0"], ids=["mark", "nuls"])
def test_what_the_clipboard_takes_from_a_secret_does_not_keep_it_there(
    secret: str, other: OtherProgram, copier: Callable[[int], Copier]
) -> None:
    window = copier(LONG)
    window.copy(secret)
    assert SECRET in other.reads()
    os.kill(window.process.pid, signal.SIGKILL)
    window.process.wait(30)
    cleared(other)
    assert other.reads() == ""
    assert "refused" not in window.heard


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, "quit"], ids=str)
@pytest.mark.parametrize("kind", ["nobody", "eager", "keeper"])
def test_it_is_cleared_when_the_window_ends(
    by: signal.Signals | str,
    kind: str,
    session: DesktopSession,
    other: OtherProgram,
    copier: Callable[[int], Copier],
    manager: Callable[[str], Manager],
) -> None:
    keeper = None if kind == "nobody" else manager(kind)
    window = copier(LONG)
    window.copy(SECRET)
    if keeper is not None:
        keeper.says("keeps")
    (guard,) = running(session, GUARD)
    if isinstance(by, str):
        window.tell(by)
    else:
        os.kill(window.process.pid, by)
    window.process.wait(30)
    if keeper is not None and kind == "keeper":
        keeper.says("gives")
    wait_gone(guard)
    assert other.reads() == ""


def test_a_window_that_hangs_is_not_waited_for(
    other: OtherProgram, copier: Callable[[int], Copier], manager: Callable[[str], Manager]
) -> None:
    keeper = manager("eager")
    window = copier(3)
    window.copy(SECRET)
    keeper.says("keeps")
    os.kill(window.process.pid, signal.SIGSTOP)
    try:
        cleared(other)
    finally:
        os.kill(window.process.pid, signal.SIGCONT)
    window.wait_for("left 0")


@pytest.mark.parametrize("how", ["time", "kill", "clear"])
def test_what_somebody_else_copied_meanwhile_stays(
    how: str, session: DesktopSession, other: OtherProgram, copier: Callable[[int], Copier]
) -> None:
    window = copier(3 if how == "time" else LONG)
    window.copy(SECRET)
    (guard,) = running(session, GUARD)
    other.copies("a shopping list")
    if how == "kill":
        os.kill(window.process.pid, signal.SIGKILL)
    elif how == "clear":
        window.tell("clear")
        window.wait_for("gone True")
    wait_gone(guard)
    assert other.reads() == "a shopping list"


def test_a_second_copy_is_not_taken_by_the_first_ones_guard(
    session: DesktopSession, other: OtherProgram, copier: Callable[[int], Copier]
) -> None:
    window = copier(LONG)
    window.copy(SECRET)
    (first,) = running(session, GUARD)
    window.copy(SECRET)
    wait_gone(first)
    stays(other, SECRET)
    window.tell("clear")
    window.wait_for("gone True")


def test_a_manager_that_keeps_nothing_empty_is_given_a_filler(
    session: DesktopSession, other: OtherProgram, copier: Callable[[int], Copier], manager: Callable[[str], Manager]
) -> None:
    keeper = manager("refiller")
    window = copier(LONG)
    window.copy(SECRET)
    keeper.says("keeps")
    os.kill(window.process.pid, signal.SIGKILL)
    cleared(other)
    (guard,) = running(session, GUARD)
    wait_gone(guard)
    wait_until(lambda: other.reads() == "-", "what the manager gives back")


def test_what_cannot_be_cleared_is_said(
    other: OtherProgram, copier: Callable[[int], Copier], manager: Callable[[str], Manager]
) -> None:
    keeper = manager("mule")
    window = copier(3)
    window.copy(SECRET)
    keeper.says("keeps")
    window.wait_for("kept", 60)
    assert other.reads() == SECRET


def test_the_guard_outlives_the_window_that_replaces_itself(
    session: DesktopSession, other: OtherProgram, copier: Callable[[int], Copier], manager: Callable[[str], Manager]
) -> None:
    keeper = manager("keeper")
    window = copier(LONG)
    window.copy(SECRET)
    keeper.says("keeps")
    (guard,) = running(session, GUARD)
    window.tell("replace")
    window.wait_for("replaced")
    cleared(other)
    wait_gone(guard)
    assert other.reads() == ""
    # What it was is no child of this one, so that nothing is left to be waited for.
    with pytest.raises(ChildProcessError):
        os.waitpid(guard, os.WNOHANG)
    assert children(window.process.pid) == []
    window.process.communicate()


def test_the_guard_knows_nothing_but_the_fingerprint(
    session: DesktopSession, other: OtherProgram, copier: Callable[[int], Copier], tmp_path: Path
) -> None:
    strange = os.open(tmp_path / "strange", os.O_RDWR | os.O_CREAT)
    os.set_inheritable(strange, True)
    window = copier(LONG)
    os.close(strange)
    window.copy(SECRET)
    (guard,) = running(session, GUARD)
    spare = in_advance(session)
    for pid in (guard, spare):
        command = Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()
        assert SECRET.encode() not in command
        if os.getuid() == 0:
            memory = memory_of(pid)
            assert b"vaultapp" in memory
            assert [form for form in ("utf-8", "utf-16-le") if SECRET.encode(form) in memory] == []
    assert parent(guard) != window.process.pid
    files = {os.readlink(file) for file in Path(f"/proc/{guard}/fd").iterdir()}
    assert str(tmp_path / "strange") not in files
    assert [file for file in files if not file.startswith(("socket:", "pipe:", "anon_inode:", "/dev/null"))] == []
    window.tell("clear")
    window.wait_for("gone True")


def test_without_a_guard_the_window_clears_and_does_not_say_copied(
    session: DesktopSession, other: OtherProgram, copier: Callable[[int], Copier]
) -> None:
    window = copier(6)
    window.tell(f"copy {SECRET}")
    guard = wait_until(lambda: next(iter(running(session, GUARD)), None), "the guard")
    os.kill(guard, signal.SIGKILL)
    wait_until(lambda: any("left" in line for line in window.heard), f"{window.heard}")
    cleared(other)


def in_advance(session: DesktopSession) -> int:
    """Return the sweeper that waits for its order; the one before may be still there for a moment."""
    seen: list[list[int]] = []

    def same() -> int | None:
        seen.append(running(session, SWEEPER))
        return seen[-1][0] if len(seen[-1]) == 1 and seen[-10:].count(seen[-1]) == 10 else None

    return wait_until(same, "the sweeper in advance")


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
