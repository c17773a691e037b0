"""Promise 13: the window's process stays an ordinary one, before and after a lock, so that portal dialogs work; the
agent's is hardened. A portal answers only whom it can look at: it opens /proc/PID/root of the caller.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.desktop.eyes import Eyes, Seen
from tests.desktop.hand import Hand
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession
from tests.ordinary_user import OrdinaryUser

PASSPHRASE = "four unrelated words here"
CHEAP = ("--kdf-memory", "64", "--kdf-passes", "1")

# Run by the window's own user. Looks at a process as xdg-desktop-portal does, and at what could set it apart.
LOOK = """
import json, os, sys
from pathlib import Path

def tried(call):
    try:
        return call()
    except OSError as exc:
        return exc.strerror

def flatpak_info():
    root = os.open(process / "root", os.O_PATH | os.O_NONBLOCK | os.O_DIRECTORY | os.O_CLOEXEC)
    os.open(".flatpak-info", os.O_RDONLY, dir_fd=root)

process = Path("/proc", sys.argv[1])
status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
names = "Uid Gid Groups Umask NoNewPrivs Seccomp CapInh CapPrm CapEff CapBnd CapAmb".split()
print(json.dumps({
    "portal": tried(flatpak_info),
    "owner": (process / "environ").stat().st_uid,
    "status": {name: status[name].split() for name in names if name in status},
    "limits": {line[:26].strip(): line[26:].split() for line in (process / "limits").read_text().splitlines()},
    "namespaces": {name: tried(lambda: os.readlink(process / "ns" / name)) for name in ("user", "mnt", "pid", "net")},
}))
"""


@dataclass(frozen=True)
class Desk:
    """A desktop whose programs all run as one ordinary user."""

    session: DesktopSession
    user: OrdinaryUser

    def look(self, pid: int) -> dict[str, Any]:
        """Return what another program of the user finds out of a process."""
        ended = self.user.run([self.user.python, "-I", "-c", LOOK, str(pid)])
        assert ended.returncode == 0, ended.stderr
        found: dict[str, Any] = json.loads(ended.stdout)
        return found

    def command(self, *arguments: str) -> None:
        environment = {**self.session.environment, "VAULTAPP_PASSPHRASE_FILE": str(self.session.home / "passphrase")}
        ended = self.user.run([self.user.python, "-m", "vaultapp", *arguments], env=environment)
        assert ended.returncode == 0, ended.stderr

    def agent(self) -> int:
        return wait_until(lambda: next(iter(self.session.running("vaultapp.app.agent")), None), "the agent")


def compare(desk: Desk, when: str, window: int, ordinary: dict[str, Any]) -> None:
    """The window is like any program that was started beside it; the agent is what it must not be."""
    seen, agent = desk.look(window), desk.look(desk.agent())
    print(f"{when}: window {window} {program(window)}: {seen['portal']!r}, {seen['status']}")
    print(f"{when}: agent: {agent['portal']!r}, owner of its files {agent['owner']}, {agent['status']['NoNewPrivs']}")
    assert seen == ordinary, when
    assert agent["portal"] == "Permission denied", when
    assert agent["owner"] == 0, when
    assert agent["status"]["NoNewPrivs"] == ["1"], when
    assert agent["limits"]["Max core file size"][:2] == ["0", "0"], when


def program(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")[1:4]


def test_the_window_is_an_ordinary_process_before_and_after_a_lock(ordinary_user: OrdinaryUser) -> None:
    with DesktopSession(owner=ordinary_user.uid) as session:
        desk, hand = Desk(session, ordinary_user), Hand(session)
        (session.home / "passphrase").write_text(PASSPHRASE)
        ordinary_user.own(session.home / "passphrase")
        desk.command("init", *CHEAP, "--first-key", "Personal")
        ordinary = desk.look(session.start(["sleep", "1000"]).pid)
        # A portal finds no Flatpak there, and goes on; it would end with any other answer.
        assert ordinary["portal"] == "No such file or directory"
        assert ordinary["owner"] == ordinary_user.uid
        window = session.start([ordinary_user.python, "-m", "vaultapp"])
        eyes = Eyes(session, "vaultapp", window)
        eyes.find("Unlock", seconds=60)
        compare(desk, "at the start", window.pid, ordinary)
        unlock(eyes, hand)
        compare(desk, "unlocked", window.pid, ordinary)
        hand.key("ctrl+l")
        eyes.find("Unlock", seconds=30)
        # The same process, and another program: what could set it apart would have come along.
        assert program(window.pid) == ["-I", "-m", "vaultapp.app.window"]
        compare(desk, "locked", window.pid, ordinary)
        hand.settled("vaultapp$")
        hand.key("alt+F4")
        wait_until(lambda: window.poll() is not None, "the window to close", 30)
        assert window.returncode == 0


def unlock(eyes: Eyes, hand: Hand) -> None:
    """Type the passphrase until the whole of it is in its field, then press Enter."""

    def typed() -> bool:
        hand.click(*field().middle)
        hand.key("ctrl+a")
        hand.type(PASSPHRASE)
        return len(field().text) == len(PASSPHRASE)

    def field() -> Seen:
        return eyes.match(
            lambda seen: seen.name == "Passphrase" and "editable" in seen.states, "the passphrase's field"
        )

    hand.settled("vaultapp$")
    wait_until(typed, "the passphrase to be typed")
    hand.key("Return")
    eyes.find("Lock", seconds=60)
