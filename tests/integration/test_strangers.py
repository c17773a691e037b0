"""Programs on the agent's named socket that gave no passphrase: what they cannot do to it."""

from __future__ import annotations

import os
import socket
import stat
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.ordinary_user import OrdinaryUser
from vaultapp.agent.server import STRANGERS
from vaultapp.contracts.files import FilesApi
from vaultapp.contracts.keys import KeysApi
from vaultapp.contracts.locking import LockApi
from vaultapp.contracts.vault import KdfCost, NewVault, VaultApi
from vaultapp.core.errors import AgentGone, HostError, InvalidValue
from vaultapp.core.places import Places
from vaultapp.core.work import WorkContext
from vaultapp.ipc import launch
from vaultapp.ipc.address import socket_address
from vaultapp.ipc.client import Client
from vaultapp.ipc.wire import Call, Cancel, Channel, Hello, pack

PASSPHRASE = b"four unrelated words here"


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    for name in ("DATA_HOME", "STATE_HOME", "RUNTIME_DIR"):
        monkeypatch.setenv(f"XDG_{name}", str(tmp_path / name.lower()))
    (tmp_path / "runtime_dir").mkdir(mode=0o700)
    return Places.of_user(dict(os.environ))


@pytest.fixture
def owner(places: Places) -> Iterator[Client]:
    client = launch.start_persistent(places, places.default_vault)
    new = NewVault(passphrase=bytearray(PASSPHRASE), cost=KdfCost(64 * 1024, 1, 1), first_key="Personal")
    client.api(VaultApi, "vault").create(new, WorkContext())
    # What it needs to listen to the desktop is not counted below.
    client.api(LockApi, "lock").triggers()
    yield client
    with suppress(AgentGone):
        client.api(VaultApi, "vault").lock(quit_agent=True)
    client.close()


def stranger(places: Places) -> Channel:
    """Connect as a program that says hello as it should."""
    sock = raw(places)
    channel = Channel(sock)
    greeting, _ = channel.receive()
    assert isinstance(greeting, Hello)
    channel.send(Hello(version="0", role="command", nonce=greeting.nonce))
    return channel


def raw(places: Places) -> socket.socket:
    sock = socket.socket(socket.AF_UNIX)
    with socket_address(places.socket_of(places.default_vault)) as address:
        sock.connect(address)
    sock.settimeout(20)
    return sock


def ended(channel: Channel) -> bool:
    """See the other side close the connection."""
    try:
        while True:
            channel.receive()
    except AgentGone:
        return True
    finally:
        channel.close()


def descriptors_of(client: Client) -> int:
    return len(os.listdir(f"/proc/{client.status.pid}/fd"))


def still_serves(owner: Client) -> bool:
    return owner.api(KeysApi, "keys").list().total == 1


def test_descriptors_that_come_with_a_cancel_are_closed(owner: Client, places: Places) -> None:
    before = descriptors_of(owner)
    channel = stranger(places)
    for number in range(40):
        channel.send(Cancel(number), [0] * 16)
    channel.send(Call(1, "vault", "status", pack({})))
    channel.receive()
    channel.close()
    assert descriptors_of(owner) <= before + 2
    assert still_serves(owner)


def test_more_descriptors_than_a_message_may_have_end_the_connection(owner: Client, places: Places) -> None:
    before = descriptors_of(owner)
    channel = stranger(places)
    for _ in range(2):
        # A frame's length in two parts, each with as many descriptors as one may have.
        socket.send_fds(channel.socket, [b"\0\0"], [0] * 16)
    assert ended(channel)
    assert descriptors_of(owner) <= before + 1


def test_many_idle_connections_keep_nobody_out(owner: Client, places: Places) -> None:
    with ExitStack() as stack:
        for _ in range(STRANGERS * 2):
            stack.enter_context(raw(places))
        found = launch.connect(places, places.default_vault)
        assert found is not None
        found.close()
        assert descriptors_of(owner) < STRANGERS + 40
    assert still_serves(owner)


def test_a_frame_too_large_for_a_stranger_is_not_read(owner: Client, places: Places) -> None:
    channel = stranger(places)
    with suppress(AgentGone):
        channel.send(Call(1, "files", "hand_over", pack({"paths": [b"/" + bytes(2_000_000)]})))
    assert ended(channel)
    assert still_serves(owner)


def test_what_is_handed_over_is_bounded_and_reaches_the_window(owner: Client, places: Places) -> None:
    channel = launch.connect(places, places.default_vault)
    window = launch.connect(places, places.default_vault, "window")
    assert channel is not None
    assert window is not None
    window.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext())
    files = channel.api(FilesApi, "files")
    for path in (b"relative", b"/" + b"x" * 5000, b"/a\0b"):
        with pytest.raises(InvalidValue):
            files.hand_over((b"/good", path))
    for begin in range(0, 4000, 200):
        files.hand_over(tuple(b"/%d/" % number + b"y" * 4000 for number in range(begin, begin + 200)))
    taken = window.api(FilesApi, "files").take_waiting().paths
    assert 1000 < len(taken) < 1100
    channel.close()
    window.close()


def test_strangers_who_do_not_read_hold_no_lock_up(owner: Client, places: Places) -> None:
    with ExitStack() as stack:
        for _ in range(3):
            channel = stranger(places)
            stack.callback(channel.close)
            channel.socket.settimeout(0.2)
            # Until the agent reads no more, because it waits to be read.
            with suppress(AgentGone):
                while True:
                    channel.send(Call(1, "vault", "status", pack({})))
        began = time.monotonic()
        owner.api(VaultApi, "vault").lock()
        assert time.monotonic() - began < 2


def test_who_wishes_to_be_a_window_keeps_no_open_vault_open(owner: Client, places: Places) -> None:
    private = places.data / "other.vault"
    mine = launch.start_private(places, private)
    new = NewVault(passphrase=bytearray(PASSPHRASE), cost=KdfCost(64 * 1024, 1, 1))
    mine.api(VaultApi, "vault").create(new, WorkContext())
    sock = socket.socket(socket.AF_UNIX)
    with socket_address(places.socket_of(private)) as address:
        sock.connect(address)
    sock.settimeout(20)
    channel = Channel(sock)
    greeting, _ = channel.receive()
    assert isinstance(greeting, Hello)
    channel.send(Hello(version="0", role="window", nonce=greeting.nonce))
    assert not mine.status.window
    mine.close()
    assert ended(channel)


@pytest.mark.parametrize("nonce", [b"", b"made up"])
def test_who_does_not_send_the_nonce_back_is_of_no_terminal(owner: Client, places: Places, nonce: bytes) -> None:
    channel = Channel(raw(places))
    channel.receive()
    channel.send(Hello(version="0", role="command", nonce=nonce))
    channel.send(Call(1, "keys", "list", pack({"offset": 0, "limit": 1})))
    answer, _ = channel.receive()
    assert getattr(answer, "code", "") == "not_allowed"
    channel.close()


def test_nobody_is_given_a_passphrase_from_a_folder_of_somebody_else(ordinary_user: OrdinaryUser) -> None:
    # What a program of another user prepares where no runtime folder is set.
    code = (
        "import sys; from pathlib import Path\n"
        "from vaultapp.core.places import Places; from vaultapp.ipc import launch\n"
        "places = Places(Path(sys.argv[1]), Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "try: print(launch.connect(places, places.default_vault))\n"
        "except Exception as exc: print(exc.code, exc.facts['reason'])"
    )
    foreign = ordinary_user.home / "foreign"
    foreign.mkdir()
    foreign.chmod(0o777)
    if os.getuid() == 0:
        os.chown(foreign, 1, 1)
    found = ordinary_user.run([ordinary_user.python, "-c", code, ordinary_user.home, foreign])
    assert found.stdout == b"host_error foreign_folder\n", found.stderr
    nothing = ordinary_user.run([ordinary_user.python, "-c", code, ordinary_user.home, ordinary_user.home / "none"])
    assert nothing.stdout == b"None\n", nothing.stderr


def test_a_folder_that_others_may_write_is_not_trusted(places: Places) -> None:
    places.runtime.mkdir(mode=0o700)
    places.runtime.chmod(stat.S_IRWXU | stat.S_IWOTH)
    with pytest.raises(HostError) as caught:
        launch.connect(places, places.default_vault)
    assert caught.value.facts["reason"] == "foreign_folder"


def test_a_descriptor_of_the_memory_from_before_hardening_reads_nothing_later(
    ordinary_user: OrdinaryUser, tmp_path: Path
) -> None:
    spy = (
        "import os, sys, subprocess, time\n"
        "agent = subprocess.Popen([sys.executable, '-I', '-c', sys.argv[1]], stdout=subprocess.PIPE)\n"
        "held = []\n"
        "until = time.monotonic() + 20\n"
        "while not held and time.monotonic() < until:\n"
        "    try: held.append(open(f'/proc/{agent.pid}/mem', 'rb', 0))\n"
        "    except OSError: pass\n"
        "after = int(agent.stdout.readline())\n"
        "try: open(f'/proc/{after}/mem', 'rb'); print('open')\n"
        "except PermissionError: print('closed')\n"
        "try:\n"
        "    held[0].seek(int(agent.stdout.readline())); print(held[0].read(16))\n"
        "except OSError as exc: print('nothing')\n"
    )
    agent = (
        "import ctypes, os, sys; from vaultapp.agent.hardening import harden, step_aside\n"
        "harden(); step_aside()\n"
        "secret = ctypes.create_string_buffer(b'sixteen secrets!')\n"
        "print(os.getpid(), flush=True); print(ctypes.addressof(secret), flush=True); sys.stdin.read(0)\n"
        "import select; select.select([], [], [], 3)"
    )
    found = ordinary_user.run([ordinary_user.python, "-I", "-c", spy, agent])
    assert found.stdout.splitlines()[0] == b"closed", found
    assert b"sixteen secrets!" not in found.stdout
