"""Promise 19: copies carry the platforms' password hints; cleared after a time, on lock, on quit, on SIGTERM and
SIGKILL, by a helper that outlives the window, only if unchanged. "Copied" is shown once it can be read back.

The window is the real one, with its agent, and is used by mouse and keyboard; the other program is xclip. A clipboard
manager that keeps everything, and gives it back when its owner is gone, stands by in half of it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.copier import GUARD, OtherProgram, running
from tests.desktop.eyes import Eyes, Seen
from tests.desktop.hand import Hand
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession
from tests.ended import wait_gone

PASSPHRASE = "four unrelated words here"
SECRET = "zebra locksmith quartz"
CHEAP = ("--kdf-memory", "64", "--kdf-passes", "1")
MARK = "x-kde-passwordManagerHint"
AFTER_S = 10


class Person:
    """At the window of a vault, whose text page holds the secret."""

    def __init__(self, session: DesktopSession) -> None:
        self.session = session
        self.hand = Hand(session)
        self.other = OtherProgram(session)
        self.window = session.start([sys.executable, "-m", "vaultapp"])
        self.eyes = Eyes(session, "vaultapp", self.window)

    def unlock(self) -> None:
        self.eyes.find("Unlock", seconds=60)
        self.hand.settled("vaultapp$")
        self.write("Passphrase", PASSPHRASE)
        self.hand.key("Return")
        self.eyes.find("Lock", seconds=60)

    def copy(self) -> None:
        """Type the secret into the page, copy it out of there, and wait until the window says that it did."""
        self.hand.click(*self.eyes.find("Text").middle)
        self.write("Plain text", SECRET)
        assert self.other.reads("primary") != SECRET
        self.hand.key("ctrl+a")
        self.hand.key("ctrl+c")
        said = self.eyes.reads("Copied. The clipboard clears in")
        print(f"{said!r} while xclip reads {self.other.reads()!r}, {MARK} {self.other.reads(kind=MARK)!r}")
        assert self.other.reads() == SECRET
        assert self.other.reads(kind=MARK) == "secret"
        assert self.other.reads("primary") != SECRET

    def write(self, field: str, text: str) -> None:
        def typed() -> bool:
            self.hand.click(*found().middle)
            self.hand.key("ctrl+a")
            self.hand.type(text)
            return len(found().text.strip()) == len(text)

        def found() -> Seen:
            return self.eyes.match(lambda seen: "editable" in seen.states, f"the field {field!r}", name=field)

        wait_until(typed, f"{field} to be typed")

    def sees_it_go(self, what: str) -> None:
        """Wait until the guard is done; then it stays away."""
        began = time.monotonic()
        (guard,) = running(self.session, GUARD)
        wait_until(lambda: self.other.reads() != SECRET, "the secret to go", AFTER_S + 20)
        gone = time.monotonic() - began
        wait_gone(guard)
        print(f"{what}: gone after {gone:.1f} s")
        assert self.other.reads() == ""


@pytest.fixture
def person() -> Iterator[Person]:
    with DesktopSession() as session:
        (session.home / "passphrase").write_text(PASSPHRASE)
        environment = {**session.environment, "VAULTAPP_PASSPHRASE_FILE": str(session.home / "passphrase")}
        command = [sys.executable, "-m", "vaultapp", "init", *CHEAP, "--first-key", "Personal"]
        subprocess.run(command, env=environment, check=True, capture_output=True)
        person = Person(session)
        person.unlock()
        yield person


def test_promise_19_copied_is_marked_read_back_and_cleared_in_time_and_at_lock(person: Person) -> None:
    person.copy()
    person.sees_it_go(f"after {AFTER_S} s")
    person.copy()
    (guard,) = running(person.session, GUARD)
    person.other.copies("a shopping list")
    wait_gone(guard)
    assert person.other.reads() == "a shopping list"
    print("what another program copied meanwhile stays")
    manager = person.other.manages("keeper")
    says(manager, "keeps")
    person.copy()
    says(manager, "keeps")
    person.hand.key("ctrl+l")
    person.sees_it_go("at lock")
    says(manager, "gives")
    assert person.other.reads() == ""
    person.eyes.find("Unlock", seconds=30)
    assert person.window.poll() is None
    assert not any("could not be cleared" in words for words in person.eyes.words())
    assert children(person.window.pid) == []


@pytest.mark.parametrize("how", ["closed", "SIGTERM", "SIGKILL"])
def test_promise_19_it_is_cleared_when_the_window_ends(person: Person, how: str) -> None:
    manager = person.other.manages("keeper")
    person.copy()
    says(manager, "keeps")
    if how == "closed":
        person.hand.key("alt+F4")
    else:
        os.kill(person.window.pid, signal.Signals[how])
    person.sees_it_go(how)
    says(manager, "gives")
    assert person.other.reads() == ""
    person.window.wait(30)


def says(manager: subprocess.Popen[bytes], word: str) -> None:
    assert manager.stdout is not None
    assert manager.stdout.readline().decode().strip() == word


def children(pid: int) -> list[str]:
    """Return the processes that it would have to wait for; its agent is none of them."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
