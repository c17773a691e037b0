"""The agent as a process: starting, unlocking, locking by replacement, roles on its socket."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.ended import wait_gone
from vaultapp.contracts.files import FilesApi, OpenRequest, Place, SealRequest
from vaultapp.contracts.keys import KeysApi
from vaultapp.contracts.locking import AutoLock
from vaultapp.contracts.text import TextApi
from vaultapp.contracts.vault import KdfCost, NewVault, VaultApi, VaultLocking
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import AgentGone, NotAllowed, VaultError, VaultLocked, WrongPassphrase
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.gui.text_file import seal_text
from vaultapp.ipc import launch
from vaultapp.ipc.address import socket_address
from vaultapp.ipc.client import Client

PASSPHRASE = b"four unrelated words here"
FLOOR = KdfCost(64 * 1024, 1, 1)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    for name in ("DATA_HOME", "STATE_HOME", "RUNTIME_DIR"):
        monkeypatch.setenv(f"XDG_{name}", str(tmp_path / name.lower()))
    (tmp_path / "runtime_dir").mkdir(mode=0o700)
    return Places.of_user(dict(os.environ))


@pytest.fixture
def vault(places: Places) -> Path:
    return places.default_vault


@pytest.fixture
def client(places: Places, vault: Path) -> Iterator[Client]:
    client = launch.start_persistent(places, vault)
    api(client).create(NewVault(passphrase=bytearray(PASSPHRASE), cost=FLOOR, first_key="Personal"), WorkContext())
    yield client
    end(places, vault)
    client.close()


def end(places: Places, vault: Path) -> None:
    found = launch.connect(places, vault)
    if found is not None:
        with suppress(AgentGone):
            api(found).lock(quit_agent=True)
        found.close()


def api(client: Client) -> VaultApi:
    return client.api(VaultApi, "vault")


def test_create_makes_a_private_file_and_admits_its_maker(client: Client, vault: Path) -> None:
    status = client.status
    assert (status.state, status.admitted, status.persistent) == (VaultState.UNLOCKED, True, True)
    assert vault.stat().st_mode & 0o777 == 0o600
    assert [key.name for key in client.api(KeysApi, "keys").list().keys] == ["Personal"]


def test_text_goes_round_and_its_use_is_recorded(client: Client) -> None:
    text = client.api(TextApi, "text")
    sealed = text.encrypt("Personal", bytearray(b"hunter2"), {"for": "mysql"})
    assert sealed.startswith("vlt1")
    assert text.decrypt(f'password: "{sealed}"', {"for": "mysql"}).plaintext == b"hunter2"
    with pytest.raises(VaultError) as caught:
        text.decrypt(sealed, {})
    assert caught.value.code == "authentication_failed"


def test_a_long_text_is_sealed_by_a_descriptor_and_lies_nowhere_in_clear(client: Client, tmp_path: Path) -> None:
    text = bytearray(b"a line of the note\n" * 100_000)
    desk = tmp_path / "desk"
    desk.mkdir()
    target = os.fsencode(desk / "notes.txt.sealed")
    files = client.api(FilesApi, "files")
    sealed = seal_text(files, text, "Personal", {"team": "ops"}, target, WorkContext())
    assert sealed == target
    assert not any(text)
    assert [path.name for path in desk.iterdir()] == ["notes.txt.sealed"]
    files.open(OpenRequest((Place(sealed),), context={"team": "ops"}), WorkContext())
    assert (desk / "notes.txt").read_bytes() == b"a line of the note\n" * 100_000


def test_the_agent_is_hardened(client: Client) -> None:
    pid = client.status.pid
    limits = Path(f"/proc/{pid}/limits").read_text()
    core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert core.split()[4:6] == ["0", "0"]
    # Files of a process that is not dumpable belong to root, whoever runs it; its status says so to everybody.
    assert Path(f"/proc/{pid}/environ").stat().st_uid == 0
    assert "NoNewPrivs:\t1" in Path(f"/proc/{pid}/status").read_text()


def test_lock_replaces_the_process_and_keeps_the_socket(client: Client, places: Places, vault: Path) -> None:
    before = client.status
    api(client).lock()
    again = launch.connect(places, vault)
    assert again is not None
    after = again.status
    assert (after.state, after.admitted) == (VaultState.LOCKED, False)
    assert after.pid != before.pid
    wait_gone(before.pid)
    with pytest.raises(VaultLocked):
        again.api(KeysApi, "keys").list()
    with pytest.raises(WrongPassphrase):
        api(again).unlock(bytearray(b"wrong"), WorkContext())
    assert api(again).unlock(bytearray(PASSPHRASE), WorkContext()).state is VaultState.UNLOCKED
    assert again.api(KeysApi, "keys").list().total == 1
    again.close()


def test_the_replaced_process_is_hardened_again(client: Client, places: Places, vault: Path) -> None:
    api(client).lock()
    again = launch.connect(places, vault)
    assert again is not None
    pid = again.status.pid
    assert Path(f"/proc/{pid}/environ").stat().st_uid == 0
    assert "NoNewPrivs:\t1" in Path(f"/proc/{pid}/status").read_text()
    again.close()


def test_a_program_without_a_terminal_gets_status_lock_and_handing_over(
    client: Client, places: Places, vault: Path
) -> None:
    # A process of no terminal is known by its connection alone, so this one is a stranger.
    stranger = launch.connect(places, vault)
    assert stranger is not None
    assert stranger.status.state is VaultState.UNLOCKED
    if not stranger.status.admitted:
        with pytest.raises(NotAllowed):
            stranger.api(KeysApi, "keys").list()
        with pytest.raises(NotAllowed):
            stranger.api(KeysApi, "keys").export("Personal")
        with pytest.raises(NotAllowed):
            stranger.api(TextApi, "text").encrypt("Personal", bytearray(b"x"), {})
    with pytest.raises(NotAllowed):
        stranger.api(FilesApi, "files").take_waiting()
    assert stranger.api(FilesApi, "files").hand_over((b"/tmp/a", b"/tmp/b")) == 2
    assert client.status.waiting == 2
    api(stranger).lock()
    stranger.close()
    with pytest.raises(AgentGone):
        client.api(KeysApi, "keys").list()


def test_a_lock_that_comes_while_unlocking_wins(client: Client, places: Places, vault: Path) -> None:
    api(client).lock()
    opening = launch.connect(places, vault)
    locking = launch.connect(places, vault)
    assert opening is not None
    assert locking is not None
    outcome: list[BaseException] = []

    def unlock() -> None:
        try:
            api(opening).unlock(bytearray(PASSPHRASE), WorkContext())
        except VaultError as exc:
            outcome.append(exc)

    thread = threading.Thread(target=unlock)
    thread.start()
    while locking.status.state is VaultState.LOCKED and thread.is_alive():
        pass
    api(locking).lock()
    thread.join()
    again = launch.connect(places, vault)
    assert again is not None
    assert again.status.state is VaultState.LOCKED
    for one in (opening, locking, again):
        one.close()


def test_a_locked_agent_tells_anybody_what_a_sealed_file_says_of_itself(
    client: Client, places: Places, vault: Path, tmp_path: Path
) -> None:
    plain = tmp_path / "a.txt"
    plain.write_bytes(b"content")
    request = SealRequest((Place(os.fsencode(plain)),), keys=("Personal",))
    client.api(FilesApi, "files").seal(request, WorkContext())
    sealed = Place(os.fsencode(f"{plain}.sealed"))
    here = client.api(FilesApi, "files").inspect(sealed, WorkContext())
    assert here.recipients[0].name == "Personal"
    stranger = launch.connect(places, vault)
    assert stranger is not None
    if not stranger.status.admitted:
        told = stranger.api(FilesApi, "files").inspect(sealed, WorkContext())
        assert (told.message_id, told.recipients[0].name) == (here.message_id, "")
    stranger.close()
    api(client).lock()
    again = launch.connect(places, vault)
    assert again is not None
    locked = again.api(FilesApi, "files").inspect(sealed, WorkContext())
    assert (locked.message_id, locked.recipients[0].name) == (here.message_id, "")
    again.close()


def test_two_agents_never_have_one_vault(client: Client, places: Places, vault: Path) -> None:
    second = launch.start_private(places, vault)
    assert second.status.pid == client.status.pid
    second.close()


def three_starts(places: Places, vault: Path) -> list[tuple[Client, bool]]:
    """Look for the window from three threads in one moment."""
    found: list[tuple[Client, bool]] = []
    starts = [threading.Thread(target=lambda: found.append(launch.find_window(places, vault))) for _ in range(3)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    return found


def test_of_windows_that_start_in_one_moment_one_is_the_window(places: Places, vault: Path) -> None:
    found = three_starts(places, vault)
    assert sorted(is_there for _, is_there in found) == [False, True, True]
    assert len({client.status.pid for client, _ in found}) == 1
    late, is_there = launch.find_window(places, vault)
    assert is_there
    for client in (late, *(client for client, _ in found)):
        client.close()


def test_of_windows_that_start_in_one_moment_at_an_agent_that_runs_one_is_the_window(
    places: Places, vault: Path
) -> None:
    stays = launch.start_persistent(places, vault)
    found = three_starts(places, vault)
    assert sorted(is_there for _, is_there in found) == [False, True, True]
    for client, _ in found:
        client.close()
    api(stays).lock(quit_agent=True)
    stays.close()


def test_a_start_that_hangs_keeps_no_other_from_its_window(
    places: Places, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "_BUSY_WAIT_S", 0.1)
    with launch._alone(places, vault):
        window, is_there = launch.find_window(places, vault)
    assert not is_there
    window.close()


class EndingAgent:
    """Greeted, and ended before it was asked anything."""

    closed = False

    @property
    def status(self) -> object:
        raise AgentGone

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("start", [launch.start_for_window, lambda *whose: launch.find_window(*whose)[0]])
def test_a_window_that_comes_while_the_agent_ends_has_another_one(
    start: Callable[[Places, Path], Client], places: Places, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endings = [EndingAgent(), EndingAgent()]
    left, connect = list(endings), launch.connect
    monkeypatch.setattr(launch, "connect", lambda *whose: left.pop() if left else connect(*whose))
    window = start(places, vault)
    assert window.status.state is VaultState.MISSING
    assert [ending.closed for ending in endings] == [True, True]
    window.close()


def test_a_window_takes_an_agent_that_has_none(client: Client, places: Places, vault: Path) -> None:
    window, is_there = launch.find_window(places, vault)
    assert not is_there
    assert window.status.pid == client.status.pid
    api(window).unlock(bytearray(PASSPHRASE), WorkContext())
    late, is_there = launch.find_window(places, vault)
    assert is_there
    late.close()
    window.close()


def test_a_window_keeps_its_agent_over_a_lock(places: Places, vault: Path) -> None:
    window = launch.start_for_window(places, vault)
    api(window).create(NewVault(passphrase=bytearray(PASSPHRASE), cost=FLOOR), WorkContext())
    pid = window.status.pid
    told: list[object] = []
    gone = threading.Event()

    def listen(event: object) -> None:
        told.append(event)
        if event is None:
            gone.set()

    window.on_event(listen)
    api(window).lock()
    assert gone.wait(10)
    assert [event for event in told if not isinstance(event, AutoLock)] == [VaultLocking("asked"), None]
    assert window.successor is not None
    again = launch.resume(window.successor)
    assert again.status.state is VaultState.LOCKED
    assert api(again).unlock(bytearray(PASSPHRASE), WorkContext()).admitted
    window.close()
    again.close()
    wait_gone(pid)


def test_who_unlocks_right_after_the_window_was_closed_keeps_the_agent(places: Places, vault: Path) -> None:
    window = launch.start_for_window(places, vault)
    api(window).create(NewVault(passphrase=bytearray(PASSPHRASE), cost=FLOOR), WorkContext())
    pid = window.status.pid
    window.close()
    staying = launch.start_persistent(places, vault)
    assert staying.status.pid == pid, "it waits a moment before it ends"
    assert api(staying).unlock(bytearray(PASSPHRASE), WorkContext()).admitted
    assert api(staying).status().persistent
    staying.close()
    end(places, vault)


def test_a_private_agent_ends_with_its_client(places: Places, vault: Path) -> None:
    client = launch.start_private(places, vault)
    pid = client.status.pid
    assert client.status.state is VaultState.MISSING
    client.close()
    wait_gone(pid)
    assert not places.socket_of(vault).exists()


def test_a_signal_ends_the_agent_and_remembers_the_epoch(client: Client, places: Places, vault: Path) -> None:
    status = client.status
    os.kill(status.pid, signal.SIGTERM)
    wait_gone(status.pid)
    assert (places.state / f"{status.vault_id}.epoch").exists()
    assert launch.connect(places, vault) is None


def test_a_socket_of_a_dead_agent_is_no_agent(places: Places, vault: Path) -> None:
    path = places.socket_of(vault)
    path.parent.mkdir(mode=0o700, parents=True)
    left = socket.socket(socket.AF_UNIX)
    with socket_address(path) as address:
        left.bind(address)
    left.close()
    assert launch.connect(places, vault) is None
    client = launch.start_private(places, vault)
    assert client.status.state is VaultState.MISSING
    client.close()


def test_noise_on_the_socket_ends_that_connection_only(client: Client, places: Places, vault: Path) -> None:
    noise = socket.socket(socket.AF_UNIX)
    with socket_address(places.socket_of(vault)) as address:
        noise.connect(address)
    noise.sendall(b"\xff" * 4096)
    noise.settimeout(10)
    data = b"x"
    with suppress(ConnectionResetError):
        while data:
            data = noise.recv(4096)
    noise.close()
    assert client.status.state is VaultState.UNLOCKED


def test_an_agent_that_stays_lets_go_of_the_commands_standard_error(places: Places, vault: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from vaultapp.core.places import Places\n"
        "from vaultapp.contracts.vault import KdfCost, NewVault, VaultApi; from vaultapp.core.work import WorkContext\n"
        "from vaultapp.ipc import launch\n"
        "places = Places.of_user(dict(os.environ))\n"
        "client = launch.start_private(places, places.default_vault)\n"
        "new = NewVault(passphrase=bytearray(sys.argv[1], 'utf-8'), cost=KdfCost(65536, 1, 1))\n"
        "client.api(VaultApi, 'vault').create(new, WorkContext())\n"
        "print('ready', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, PASSPHRASE.decode()]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == b"ready\n"
        staying = launch.connect(places, vault, "persistent")
        assert staying is not None
        api(staying).unlock(bytearray(PASSPHRASE), WorkContext())
        # Ends only when the agent, which goes on, has let go of the pipe.
        assert process.communicate(timeout=20)[1] == b""
    assert staying.status.persistent
    staying.close()
    end(places, vault)


def test_who_gives_the_passphrase_while_a_private_agent_ends_is_served_by_it_or_by_none(
    places: Places, vault: Path
) -> None:
    """Never half: admitted, its call begun, and then cut off."""
    maker = launch.start_private(places, vault)
    api(maker).create(NewVault(passphrase=bytearray(PASSPHRASE), cost=FLOOR, first_key="Personal"), WorkContext())
    ending = maker.status.pid
    maker.close()
    outcomes = []
    for step in range(8):
        wait_gone(ending)
        first = launch.start_private(places, vault)
        ending = first.status.pid
        api(first).unlock(bytearray(PASSPHRASE), WorkContext())
        late = launch.connect(places, vault)
        assert late is not None
        first.close()
        # The agent ends a second after its last client; the key derivation below ends round that moment.
        threading.Event().wait(0.5 + step * 0.1)
        try:
            admitted = api(late).unlock(bytearray(PASSPHRASE), WorkContext()).admitted
        except AgentGone:
            outcomes.append("none")
        else:
            assert admitted
            assert late.api(KeysApi, "keys").list().total == 1
            outcomes.append("served")
        late.close()
    print(outcomes)
    assert set(outcomes) <= {"none", "served"}
