"""Promise 2: full disk, no permission, read-only file system: the old state stays, it is said, and what was typed is
kept. Programs run as an ordinary user, because root is refused nothing.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.eyes import Eyes, Seen
from tests.desktop.hand import Hand
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession
from tests.integration.shell import CHEAP, Shell
from tests.ordinary_user import OrdinaryUser
from tests.promises.failing_disk.place import MountedPlace, Place, PretendedPlace, may_mount

# A disk that really fails, where the tests may make one; the window's is pretended everywhere.
KIND = "mounted" if may_mount() else "pretended"
SAYS = {
    errno.ENOSPC: ("space_missing", "Not enough space at"),
    errno.EROFS: ("read_only", "the place is read-only."),
    errno.EACCES: ("access_denied", "You may not use"),
}
TYPED = "four unrelated words: kite marble tundra oboe"


class PersonsShell(Shell):
    """A shell of somebody whom the system may refuse."""

    def __init__(self, user: OrdinaryUser) -> None:
        home = user.home / "person"
        home.mkdir(mode=0o700)
        super().__init__(home)
        self.home = home
        self.disk = home / "share"
        self._user = user
        user.own(home)

    def command(self, *arguments: str | bytes | Path) -> list[str | bytes]:
        return [*self._user.vaultapp(*(os.fsdecode(one) for one in arguments))]

    def end(self) -> None:
        """End the agent, and wait until nobody has a file open."""
        self.close()
        wait_until(lambda: not agents_of(self.home), "the agents to end")

    def says(self, error: int, *arguments: str | Path) -> None:
        """Run a command that the disk refuses; it must say so, and print nothing else."""
        code, words = SAYS[error]
        told = self.error(5, *arguments)
        print(*arguments, "->", told["message"])
        assert told["code"] == code
        assert words in told["message"]
        assert "Nothing was written." in told["message"]


@pytest.fixture
def shell(ordinary_user: OrdinaryUser) -> Iterator[PersonsShell]:
    shell = PersonsShell(ordinary_user)
    yield shell
    shell.close()


@pytest.fixture
def disk(kind: str, ordinary_user: OrdinaryUser, shell: PersonsShell, failing_disk: Path) -> Iterator[Place]:
    """Let the folder of the person's vaults lie on a disk of its own."""
    place = place_of(kind, shell.disk, ordinary_user.uid, failing_disk)
    shell.environment |= place.environment
    yield place
    shell.end()
    place.close()


def place_of(kind: str, folder: Path, user: int, library: Path) -> Place:
    return MountedPlace(folder, user) if kind == "mounted" else PretendedPlace(folder, user, library)


def agents_of(home: Path) -> list[str]:
    """Return the agents of vaults in a home; each has the vault on its command line."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"vaultapp.app.agent" in command and os.fsencode(home) in command:
            found.append(process.name)
    return found


def everything(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder but what fills the disk."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "filler"
    }


def changes(shell: PersonsShell) -> list[tuple[str | Path, ...]]:
    """Return the commands that change a vault, one of each kind."""
    new = shell.home / "new passphrase"
    new.write_text("other words than before\n")
    return [
        ("keys", "create", "Travel"),
        ("keys", "rotate", "Personal"),
        ("passphrase", "change", "--new-passphrase-file", new),
        ("recovery", "new"),
        ("backup",),
        ("--vault", shell.disk / "second.vault", "init", *CHEAP),
        ("restore", shell.home / "copy.vault"),
    ]


@pytest.mark.parametrize("kind", [KIND])
def test_a_full_or_read_only_disk_leaves_the_vault_as_it_was(shell: PersonsShell, disk: Place) -> None:
    shell.init()
    shell.run("backup", "--to", shell.home / "copy.vault")
    before = everything(disk.folder)
    for error in (errno.ENOSPC, errno.EROFS):
        shell.end()
        disk.fail(error)
        shell.run("unlock")
        for command in changes(shell):
            shell.says(error, *command)
            assert everything(disk.folder) == before, command
        # What can be had without writing there is still had; a copy elsewhere is what is wanted most.
        assert [key["name"] for key in shell.json("keys", "list")["keys"]] == ["Personal"]
        shell.run("backup", "--to", shell.home / f"saved-{error}.vault")
        shell.end()
        assert everything(disk.folder) == before
        disk.heal()
    rotated = shell.json("keys", "rotate", "Personal")
    assert rotated["key"]["primary_number"] == 2
    saved = shell.home / f"saved-{errno.ENOSPC}.vault"
    # On another computer, where no newer state of the vault was seen.
    shown = shell.json("--vault", saved, "keys", "show", "Personal", XDG_STATE_HOME=str(shell.home / "other state"))
    assert shown["key"]["primary_number"] == 1


def test_without_permission_the_vault_is_as_it_was(shell: PersonsShell) -> None:
    shell.init()
    shell.run("backup", "--to", shell.home / "copy.vault")
    shell.end()
    before = everything(shell.disk)
    closed = [shell.disk, *shell.disk.rglob("*")]
    for path in closed:
        path.chmod(0o500 if path.is_dir() else 0o400)
    shell.run("unlock")
    for command in changes(shell):
        shell.says(errno.EACCES, *command)
        assert everything(shell.disk) == before, command
    assert [key["name"] for key in shell.json("keys", "list")["keys"]] == ["Personal"]
    shell.end()
    assert everything(shell.disk) == before
    for path in closed:
        path.chmod(0o700 if path.is_dir() else 0o600)
    shell.run("keys", "rotate", "Personal")


def test_the_window_says_so_and_keeps_what_was_typed(ordinary_user: OrdinaryUser, failing_disk: Path) -> None:
    """One window meets a closed, a full and a read-only place, and makes the vault when the place takes it."""
    with DesktopSession(owner=ordinary_user.uid) as session:
        data = Path(session.environment["XDG_DATA_HOME"])
        place = place_of("pretended", data, ordinary_user.uid, failing_disk)
        try:
            walk = FirstRun(session, ordinary_user, place)
            words = walk.to_the_last_step()
            data.chmod(0o500)
            walk.is_refused("You may not use")
            data.chmod(0o700)
            for error in (errno.ENOSPC, errno.EROFS):
                place.fail(error)
                walk.is_refused(SAYS[error][1])
                place.heal()
            walk.press("Make the vault")
            walk.eyes.find("Lock", seconds=60)
            walk.close()
            wait_until(lambda: not session.running("vaultapp.app"), "the window and its agent to end")
            opened_with(ordinary_user, session, TYPED, words)
        except BaseException:
            print(session.messages())
            raise
        finally:
            wait_until(lambda: not session.running("vaultapp.app"), "the window and its agent to end")
            place.close()


class FirstRun:
    """A person at the first start of the window."""

    def __init__(self, session: DesktopSession, user: OrdinaryUser, place: Place) -> None:
        self._session = session
        self._place = place
        self._hand = Hand(session)
        self._app = session.start([user.python, "-m", "vaultapp"], more=place.environment)
        self.eyes = Eyes(session, "vaultapp", self._app)

    def to_the_last_step(self) -> dict[str, str]:
        """Type everything that the vault is made of; return the words of the sheet by their numbers."""
        self.eyes.find("Make a new vault", seconds=60)
        self.press("Make a new vault")
        self.press("Continue")
        for field in ("Passphrase", "Passphrase once more"):
            self._write(field, TYPED)
        self.eyes.reads("Opening the vault takes", 60)
        self.press("Continue")
        sheet = self.eyes.match(lambda seen: seen.name == "Recovery kit" and seen.description != "", "the words")
        words = dict(re.findall(r"(\d+) (\w+)", sheet.description))
        for field in self._asked():
            self._write(field.name, words[field.name.removeprefix("Word ")])
        return words

    def is_refused(self, sentence: str) -> None:
        """Press the last button; what is said must be new, what was typed must be there, and nothing on the disk."""
        before = self._typed()
        self.press("Make the vault")
        print("the window says:", self.eyes.reads(sentence, 30), "|", self.eyes.reads("Nothing was written."))
        assert self._typed() == before
        assert len(before) == 3
        assert all(before.values())
        assert everything(self._place.folder) == {}
        self.eyes.find("Back")

    def press(self, name: str) -> None:
        self._hand.click(*self.eyes.find(name, seconds=30).middle)

    def close(self) -> None:
        self._hand.settled("vaultapp$")
        self._hand.key("alt+F4")
        wait_until(lambda: self._app.poll() is not None, "the window to close", 30)

    def _asked(self) -> list[Seen]:
        return [seen for seen in self.eyes.everything() if "editable" in seen.states and seen.name.startswith("Word ")]

    def _typed(self) -> dict[str, str]:
        return {field.name: field.text for field in self._asked()}

    def _write(self, name: str, text: str) -> None:
        def field() -> Seen:
            return self.eyes.match(lambda seen: seen.name == name and "editable" in seen.states, f"the field {name!r}")

        def typed() -> bool:
            self._hand.click(*field().middle)
            self._hand.key("ctrl+a")
            self._hand.type(text)
            return len(field().text) == len(text)

        wait_until(typed, f"{name!r} to be typed")


def opened_with(user: OrdinaryUser, session: DesktopSession, passphrase: str, words: dict[str, str]) -> None:
    """Open the vault with what was typed before the failures, and with the words that were shown then."""
    files = {"passphrase": passphrase, "words": " ".join(words[str(number)] for number in range(1, 25))}
    for name, text in files.items():
        (session.home / name).write_text(text)
        user.own(session.home / name)
    ended = user.run(
        [user.python, "-m", "vaultapp", "recovery", "drill", "--words-file", session.home / "words"],
        env={**session.environment, "VAULTAPP_PASSPHRASE_FILE": str(session.home / "passphrase")},
    )
    print(ended.stdout.decode())
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("kind", sorted({KIND, "pretended"}))
def test_the_tests_really_make_a_disk_fail(shell: PersonsShell, disk: Place, ordinary_user: OrdinaryUser) -> None:
    """What refuses the vault refuses any program, and lets it write again."""
    code = "import sys; from pathlib import Path; Path(sys.argv[1]).write_text('x')"
    write = [ordinary_user.python, "-c", code, disk.folder / "probe"]
    for error, word in ((errno.ENOSPC, b"No space left"), (errno.EROFS, b"Read-only file system")):
        disk.fail(error)
        tried = ordinary_user.run(write, env=disk.environment)
        assert word in tried.stderr
        disk.heal()
        assert ordinary_user.run(write, env=disk.environment).returncode == 0
