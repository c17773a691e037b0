"""The guard's decisions, with sweepers that say what they are told to. It loads no Qt."""

from __future__ import annotations

import shlex
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from vaultapp.core.clock import Clock, SystemClock
from vaultapp.gui.guarding.clipboard_guard import ClipboardGuard
from vaultapp.gui.guarding.fingerprint import Fingerprint
from vaultapp.gui.guarding.words import Clear, Release, Sweep, Watch

LONG = 600


class HeldClock(SystemClock):
    """The machine's clock, which does not answer its second question before it is let go: the guard's first look."""

    def __init__(self) -> None:
        self._asked = 0
        self.waits = threading.Event()
        self.go_on = threading.Event()

    def monotonic(self) -> float:
        self._asked += 1
        if self._asked == 2:
            self.waits.set()
            self.go_on.wait(10)
        return super().monotonic()


class Guarded:
    """A guard in a thread, and the window's end of its link.

    Args:
        says: What each sweeper says, in turn, as a shell command.
        orders: Folder where the order that each of them got is put, by its number in the turn.
        clock: Source of its time.
    """

    def __init__(self, says: list[str], orders: Path | None = None, clock: Clock | None = None) -> None:
        self.link, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.link.settimeout(10)
        self.stop, stopped = socket.socketpair()
        self._says = iter(says)
        self._orders = orders
        self._ends = (theirs, stopped)
        self.started: list[subprocess.Popen[bytes]] = []
        guard = ClipboardGuard(theirs, stopped, self._start, clock or SystemClock())
        self.thread = threading.Thread(target=guard.run)
        self.thread.start()

    def _start(self, platform: str) -> subprocess.Popen[bytes]:
        assert platform == "xcb"
        said = next(self._says, None)
        if said is None:
            raise OSError
        order = "/dev/null" if self._orders is None else str(self._orders / str(len(self.started)))
        command = f"cat > {shlex.quote(order)}; {said}"
        self.started.append(subprocess.Popen(["sh", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE))
        return self.started[-1]

    def watch(self, seconds: float = LONG) -> None:
        self.send(Watch("xcb", Fingerprint.of("tide pool"), seconds))

    def send(self, message: Watch | Clear | Release) -> None:
        self.link.send(msgspec.msgpack.encode(message))

    def hears(self) -> str:
        return self.link.recv(4096).decode()

    def ends(self) -> bool:
        """Tell whether it comes to its end, with nothing more to say."""
        self.thread.join(10)
        if self.link.fileno() >= 0:
            self.link.settimeout(0)
            with pytest.raises(BlockingIOError):
                self.link.recv(4096)
        return not self.thread.is_alive() and all(sweeper.returncode is not None for sweeper in self.started)

    def close(self) -> None:
        for end in (self.link, self.stop):
            end.close()
        ended = self.ends()
        for end in self._ends:
            end.close()
        assert ended


@pytest.fixture
def guarded() -> Iterator[Callable[..., Guarded]]:
    made: list[Guarded] = []

    def start(*says: str, orders: Path | None = None, clock: Clock | None = None) -> Guarded:
        made.append(Guarded(list(says), orders, clock))
        return made[-1]

    yield start
    for guard in made:
        guard.close()


def test_it_reads_back_and_clears_when_the_time_is_over(guarded: Callable[..., Guarded]) -> None:
    guard = guarded("echo held", "echo gone")
    guard.watch(0.2)
    assert [guard.hears(), guard.hears()] == ["held", "gone"]
    assert guard.ends()


def test_it_clears_at_the_windows_word(guarded: Callable[..., Guarded]) -> None:
    guard = guarded("echo held", "echo gone; sleep 0.1; echo kept")
    guard.watch()
    assert guard.hears() == "held"
    guard.send(Clear())
    assert [guard.hears(), guard.hears()] == ["gone", "kept"]
    assert guard.ends()


@pytest.mark.parametrize("way", ["link", "stop"])
def test_it_clears_when_the_window_or_the_session_ends(guarded: Callable[..., Guarded], way: str, tmp_path) -> None:
    mark = tmp_path / "swept"
    guard = guarded("echo held", f"touch {shlex.quote(str(mark))}; echo gone")
    guard.watch()
    assert guard.hears() == "held"
    getattr(guard, way).close()
    if way == "stop":
        assert guard.hears() == "gone"
    assert guard.ends()
    assert mark.exists()


@pytest.mark.parametrize(("said", "refused"), [("held", False), ("refused", True)])
def test_who_clears_is_told_whether_it_was_refused(
    guarded: Callable[..., Guarded], said: str, refused: bool, tmp_path
) -> None:
    guard = guarded(f"echo {said}", "echo gone", orders=tmp_path)
    guard.watch()
    assert guard.hears() == said
    guard.send(Clear())
    assert guard.hears() == "gone"
    assert guard.ends()
    first, second = (msgspec.msgpack.decode((tmp_path / str(number)).read_bytes(), type=Sweep) for number in range(2))
    assert (first.clear, first.refused) == (False, False)
    assert (second.clear, second.refused) == (True, refused)


def test_it_leaves_alone_what_was_released(guarded: Callable[..., Guarded], tmp_path) -> None:
    mark = tmp_path / "swept"
    guard = guarded("echo held", f"touch {shlex.quote(str(mark))}")
    guard.watch()
    assert guard.hears() == "held"
    guard.send(Release())
    assert guard.ends()
    assert not mark.exists()


def test_clearing_waits_for_no_reading(guarded: Callable[..., Guarded]) -> None:
    guard = guarded("sleep 100", "echo gone")
    guard.watch()
    guard.send(Clear())
    assert guard.hears() == "gone"
    assert guard.ends()


def test_clearing_and_the_end_of_a_reading_may_come_at_once(guarded: Callable[..., Guarded]) -> None:
    clock = HeldClock()
    guard = guarded("exec sleep 100", "echo gone", clock=clock)
    guard.watch()
    assert clock.waits.wait(10)
    guard.send(Clear())
    guard.started[0].kill()
    guard.started[0].wait()
    clock.go_on.set()
    assert guard.hears() == "gone"
    assert guard.ends()


def test_a_sweeper_that_breaks_or_cannot_be_started_is_blind(guarded: Callable[..., Guarded]) -> None:
    broken = guarded("exit 1", "exit 1")
    broken.watch()
    assert broken.hears() == "blind"
    broken.send(Clear())
    assert broken.hears() == "blind"
    assert broken.ends()
    none = guarded()
    none.watch()
    assert none.hears() == "blind"
    assert none.ends()


def test_who_does_not_say_what_to_watch_is_not_served(guarded: Callable[..., Guarded]) -> None:
    guard = guarded()
    guard.link.send(b"nonsense")
    assert guard.ends()
    assert guard.started == []


def test_a_sweeper_is_told_the_fingerprint_and_what_to_do() -> None:
    order = Sweep(Fingerprint.of("tide pool"), clear=True)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(order), type=Sweep) == order
    assert b"tide" not in msgspec.msgpack.encode(order)


def test_the_guard_loads_no_qt() -> None:
    script = "import sys, vaultapp.app.clipboard_guard; print([name for name in sys.modules if 'PySide' in name])"
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
