"""Promise 4: one agent a vault, by whatever name and from whatever login; a file that is changed or replaced beneath
it is seen before the next write, which is refused, and what came there is not touched.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from tests.promises.failing_disk.place import may_mount
from vaultapp.contracts.files import FilesApi, Place, SealRequest
from vaultapp.contracts.keys import KeysApi, NewKey
from vaultapp.contracts.text import TextApi
from vaultapp.contracts.vault import KdfCost, NewVault, VaultApi
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import (
    AgentGone,
    SourceIsTarget,
    VaultBusy,
    VaultOlder,
    VaultReplaced,
    VaultTampered,
)
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.ipc import launch
from vaultapp.ipc.client import Client

PASSPHRASE = b"four unrelated words here"
FLOOR = KdfCost(64 * 1024, 1, 1)
Start = Callable[[Places, Path], Client]
STARTS = 4
HOUR_NS = 3600 * 10**9


class Login:
    """One login of a user: runtime and state folders of its own, and the agents that were started in it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._variables = {f"XDG_{name}": str(folder / name) for name in ("DATA_HOME", "STATE_HOME", "RUNTIME_DIR")}
        self._clients: list[Client] = []
        self.enter()
        for name in self._variables.values():
            Path(name).mkdir(mode=0o700, parents=True)
        self.places = Places.of_user(dict(os.environ))

    def enter(self) -> None:
        """Let what is started from now on be of this login."""
        for name, value in self._variables.items():
            self._monkeypatch.setenv(name, value)

    def agent(self, vault: Path, start: Start = launch.start_private) -> Client:
        """Become a client of the vault's agent; start one if none runs."""
        client = start(self.places, vault)
        self._clients.append(client)
        return client

    def opened(self, vault: Path, start: Start = launch.start_private, *, accept_older: bool = False) -> Client:
        client = self.agent(vault, start)
        api(client).unlock(bytearray(PASSPHRASE), WorkContext(), accept_older=accept_older)
        return client

    def end(self, vault: Path) -> None:
        """End the agent of a vault, if one runs, and wait for its end."""
        found = launch.connect(self.places, vault)
        if found is not None:
            pid = found.status.pid
            with suppress(AgentGone):
                api(found).lock(quit_agent=True)
            found.close()
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)

    def close(self) -> None:
        self.end(self.places.default_vault)
        for client in self._clients:
            with suppress(AgentGone):
                api(client).lock(quit_agent=True)
            client.close()


def api(client: Client) -> VaultApi:
    return client.api(VaultApi, "vault")


def keys(client: Client) -> list[str]:
    return [key.name for key in client.api(KeysApi, "keys").list().keys]


@pytest.fixture
def login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Login]]:
    # How long a start waits for an agent that holds the vault and does not listen.
    monkeypatch.setattr(launch, "_BUSY_WAIT_S", 0.5)
    made: list[Login] = []

    def make(name: str) -> Login:
        made.append(Login(tmp_path / name, monkeypatch))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def mine(login: Callable[[str], Login]) -> Login:
    return login("mine")


@pytest.fixture
def vault(mine: Login) -> Path:
    return mine.places.default_vault


@pytest.fixture
def client(mine: Login, vault: Path) -> Client:
    """Hold the vault open, with a key in it."""
    client = mine.agent(vault)
    api(client).create(NewVault(passphrase=bytearray(PASSPHRASE), cost=FLOOR, first_key="Personal"), WorkContext())
    return client


def link(vault: Path, folder: Path) -> Path:
    (folder / "link.vault").symlink_to(vault)
    return folder / "link.vault"


def linked_folder(vault: Path, folder: Path) -> Path:
    (folder / "linked").symlink_to(vault.parent)
    return folder / "linked" / vault.name


def hard_link(vault: Path, folder: Path) -> Path:
    os.link(vault, folder / "hard.vault")
    return folder / "hard.vault"


@pytest.mark.parametrize("name", [link, linked_folder])
def test_a_link_leads_to_the_one_agent(
    client: Client, mine: Login, vault: Path, tmp_path: Path, name: Callable[[Path, Path], Path]
) -> None:
    found = mine.agent(name(vault, tmp_path))
    assert found.status.pid == client.status.pid
    assert found.status.state is VaultState.UNLOCKED


def test_another_name_of_the_file_has_no_agent_of_its_own(
    client: Client, mine: Login, vault: Path, tmp_path: Path
) -> None:
    names = [hard_link(vault, tmp_path)]
    if may_mount():
        (tmp_path / "bound").mkdir()
        subprocess.run(["mount", "--bind", vault.parent, tmp_path / "bound"], check=True)
        names.append(tmp_path / "bound" / vault.name)
    try:
        for name in names:
            print("tried", name)
            with pytest.raises(VaultBusy):
                mine.agent(name)
        stays = mine.opened(vault, start=launch.start_persistent)
        api(stays).lock()
        # Locked, which is a new program in the same process, the agent still has it.
        for name in names:
            with pytest.raises(VaultBusy):
                mine.agent(name)
    finally:
        if may_mount():
            subprocess.run(["umount", tmp_path / "bound"], check=True)


def test_many_starts_at_once_end_at_one_agent(client: Client, mine: Login, vault: Path) -> None:
    mine.end(vault)
    with ThreadPoolExecutor(STARTS) as pool:
        found = list(pool.map(mine.agent, [vault] * STARTS))
    pids = {one.status.pid for one in found}
    print(len(found), "starts, agents:", pids)
    assert len(pids) == 1


def restored_from_itself(client: Client, vault: Path) -> None:
    with pytest.raises(SourceIsTarget):
        api(client).restore(bytes(vault), bytearray(PASSPHRASE), WorkContext())


def sealed(client: Client, vault: Path) -> None:
    request = SealRequest((Place(bytes(vault)),), keys=("Personal",))
    client.api(FilesApi, "files").seal(request, WorkContext())
    assert vault.with_name(vault.name + ".sealed").exists()


@pytest.mark.parametrize("act", [restored_from_itself, sealed])
def test_another_login_is_refused_while_the_vault_is_open(
    client: Client, login: Callable[[str], Login], vault: Path, act: Callable[[Client, Path], None]
) -> None:
    """Lock files are of one login's runtime folder; those on the file fall when the agent closes it once more."""
    other = login("other")
    theirs = other.agent(vault)
    for tried in ("at once", "after the agent read the file"):
        with pytest.raises(VaultBusy):
            api(theirs).unlock(bytearray(PASSPHRASE), WorkContext())
        print("refused", tried)
        if tried == "at once":
            act(client, vault)
    client.api(KeysApi, "keys").create(NewKey("Travel"))
    api(client).lock()
    assert api(theirs).unlock(bytearray(PASSPHRASE), WorkContext()).state is VaultState.UNLOCKED
    assert keys(theirs) == ["Personal", "Travel"]


# What may happen to the file beneath an open vault: each returns what lies under the name afterwards.
Beneath = Callable[[Path, Path], Path]


def renamed_over(vault: Path, theirs: Path) -> Path:
    """As Syncthing, Dropbox, Nextcloud and rsync bring a newer file."""
    theirs.replace(vault)
    return vault


def written_in_place(vault: Path, theirs: Path) -> Path:
    """As cp and rsync --inplace write."""
    with vault.open("r+b") as file:
        file.write(theirs.read_bytes())
        file.truncate()
    return vault


def one_byte(vault: Path, _theirs: Path) -> Path:
    """In a sealed cell; of the same size, and no newer than the file was."""
    conn = sqlite3.connect(f"{vault.as_uri()}?immutable=1", uri=True)
    cell = conn.execute("SELECT description FROM records").fetchone()[0]
    conn.close()
    content, found = vault.read_bytes(), vault.stat()
    with vault.open("r+b") as file:
        file.seek(content.index(cell))
        file.write(bytes([cell[0] ^ 1]))
    os.utime(vault, ns=(found.st_atime_ns, found.st_mtime_ns - HOUR_NS))
    return vault


def moved_away(vault: Path, _theirs: Path) -> Path:
    return vault.rename(vault.with_name("moved.vault"))


@pytest.fixture
def theirs(client: Client, login: Callable[[str], Login], mine: Login, vault: Path, tmp_path: Path) -> Path:
    """A copy of the vault that another computer went on with, and this one too."""
    copy = tmp_path / "theirs.vault"
    api(client).backup(WorkContext(), bytes(copy))
    other = login("other computer")
    other.opened(copy).api(KeysApi, "keys").create(NewKey("Theirs"))
    other.end(copy)
    mine.enter()
    client.api(KeysApi, "keys").create(NewKey("Mine"))
    return copy


def writes(client: Client) -> dict[str, Callable[[], object]]:
    """Return the calls that write, one of each kind; the last two answer only once their use is written down."""
    names, text = client.api(KeysApi, "keys"), client.api(TextApi, "text")
    new = bytearray(b"other words than before")
    return {
        "create": lambda: names.create(NewKey("Later")),
        "rotate": lambda: names.rotate("Personal"),
        "delete": lambda: names.delete("Mine", 7),
        "passphrase": lambda: api(client).change_passphrase(bytearray(PASSPHRASE), new, WorkContext()),
        "words": lambda: api(client).new_words(),
        "encrypt": lambda: text.encrypt("Personal", bytearray(b"x"), {}),
        "export": lambda: names.export("Personal"),
    }


@pytest.mark.parametrize("beneath", [renamed_over, written_in_place, one_byte, moved_away])
def test_a_change_beneath_is_seen_before_the_next_write(
    client: Client, mine: Login, vault: Path, theirs: Path, tmp_path: Path, beneath: Beneath
) -> None:
    place = beneath(vault, theirs)
    content, found = place.read_bytes(), place.stat()
    for name, write in writes(client).items():
        with pytest.raises(VaultReplaced) as caught:
            write()
        print(beneath.__name__, name, caught.value)
        assert place.read_bytes() == content, name
    # What the agent holds is still shown, and can be brought to safety.
    assert keys(client) == ["Personal", "Mine"]
    if beneath in (renamed_over, moved_away):
        saved = tmp_path / "saved.vault"
        api(client).backup(WorkContext(), bytes(saved))
        assert keys(mine.opened(saved, accept_older=True)) == ["Personal", "Mine"]
    mine.end(vault)
    after = place.stat()
    assert place.read_bytes() == content
    assert (after.st_ino, after.st_mtime_ns) == (found.st_ino, found.st_mtime_ns)
    assert vault.exists() == (place == vault)


@pytest.mark.parametrize("beneath", [renamed_over, written_in_place])
def test_the_next_unlock_says_that_it_is_another_file_before_it_goes_on_with_it(
    client: Client, mine: Login, vault: Path, theirs: Path, beneath: Beneath
) -> None:
    beneath(vault, theirs)
    mine.end(vault)
    again = mine.agent(vault)
    with pytest.raises(VaultOlder) as caught:
        api(again).unlock(bytearray(PASSPHRASE), WorkContext())
    print(caught.value)
    api(again).unlock(bytearray(PASSPHRASE), WorkContext(), accept_older=True)
    assert keys(again) == ["Personal", "Theirs"]
    again.api(KeysApi, "keys").rotate("Theirs")


def test_one_changed_byte_is_named_at_the_next_unlock(client: Client, mine: Login, vault: Path, theirs: Path) -> None:
    one_byte(vault, theirs)
    mine.end(vault)
    with pytest.raises(VaultTampered):
        mine.opened(vault)


def test_a_link_that_is_turned_to_another_file_is_seen(
    mine: Login, client: Client, theirs: Path, vault: Path, tmp_path: Path
) -> None:
    mine.end(vault)
    name = link(vault, tmp_path)
    opened = mine.opened(name)
    name.unlink()
    name.symlink_to(theirs)
    before = theirs.read_bytes(), vault.read_bytes()
    for write in writes(opened).values():
        with pytest.raises(VaultReplaced):
            write()
    assert (theirs.read_bytes(), vault.read_bytes()) == before
