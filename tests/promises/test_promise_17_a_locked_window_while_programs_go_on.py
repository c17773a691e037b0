"""17. What is shown as locked is locked, also where only the window is: programs that were let in and rotations go on.

The agent is the real one, on a desktop of stand-ins; its window is a client of this process.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from tests.buses.logind import FakeLogind
from tests.desktop.processes import wait_until
from tests.ended import wait_gone
from tests.promises.conftest import CHECKOUT
from tests.promises.guarded_agent import PASSPHRASE, GuardedAgent, SetClock
from tests.promises.memory import memory_of
from tests.servers.keeper import Keeper
from tests.typist import Typist
from vaultapp.agent.roles import CALLS, Role
from vaultapp.contracts.activity import ActivityApi
from vaultapp.contracts.credentials import CredentialsApi, NewCredential, SecretFields
from vaultapp.contracts.files import FilesApi, Place, SealRequest
from vaultapp.contracts.keys import KeysApi
from vaultapp.contracts.locking import LockApi
from vaultapp.contracts.rotation import RotationPlan
from vaultapp.contracts.vault import VaultApi, VaultLocking
from vaultapp.contracts.vault_state import VaultState
from vaultapp.core.errors import AgentGone, NotAllowed, OperationCancelled, VaultError, WrongPassphrase
from vaultapp.core.work import WorkContext
from vaultapp.ipc import launch
from vaultapp.ipc.client import Client
from vaultapp.ipc.wire import Call, Channel, Failure, Hello, pack

VALUE = "the-Old-1-password"


@pytest.fixture
def clock(tmp_path: Path) -> SetClock:
    return SetClock(tmp_path / "clock")


@pytest.fixture
def agent(logind: FakeLogind, clock: SetClock) -> Iterator[GuardedAgent]:
    found = GuardedAgent(clock)
    found.lock.change(structs.replace(found.lock.settings(), programs_go_on=True))
    found.credentials.create(NewCredential("app", "app", "login", SecretFields({"username": "app", "password": VALUE})))
    yield found
    found.close()


def window_locked(agent: GuardedAgent, reason: str = "asked") -> Client:
    """Wait until only the window is locked; return the connection at which it goes on."""
    assert agent.gone.wait(20), f"not locked; told {agent.told}"
    assert agent.locking == [VaultLocking(reason, programs_go_on=True)]
    assert agent.client.successor is not None
    window = launch.resume(agent.client.successor)
    status = window.status
    assert (status.state, status.admitted, status.window, status.pid) == (VaultState.UNLOCKED, False, True, agent.pid)
    assert status.window_locked is not None
    return window


def lock_window(agent: GuardedAgent) -> Client:
    agent.vault.lock(window=True)
    return window_locked(agent)


def successor(window: Client) -> Client:
    """Wait until everything is locked; return the connection at which the window goes on."""
    wait_until(lambda: window.successor is not None, "the lock of everything", 20)
    assert window.successor is not None
    again = launch.resume(window.successor)
    assert (again.status.state, again.status.window_locked) == (VaultState.LOCKED, None)
    return again


def unlocked(client: Client) -> Client:
    client.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext())
    return client


def actions(client: Client) -> list[tuple[str, object]]:
    entries = client.api(ActivityApi, "activity").list().entries
    return [(one.action, one.facts.get("reason")) for one in entries if one.action.startswith(("window.", "vault.l"))]


def test_promise_17_what_a_locked_window_may_is_what_anybody_may(agent: GuardedAgent) -> None:
    """Every call is made over the very socket that a window has, without the client that belongs to it."""
    agent.vault.lock(window=True)
    assert agent.gone.wait(20)
    with pytest.raises(AgentGone):
        agent.keys.list()
    assert agent.client.successor is not None
    channel = raw(agent.client.successor)
    answers = {}
    for number, ((subject, method), least) in enumerate(sorted(CALLS.items())):
        if least > Role.ANYBODY:
            channel.send(Call(number, subject, method, pack({})))
            answer, _ = channel.receive()
            assert isinstance(answer, Failure)
            answers[f"{subject}.{method}"] = answer.code
    channel.close()
    print(f"{len(answers)} calls refused")
    assert set(answers.values()) == {"not_allowed"}
    assert len(answers) > 50


def raw(descriptor: int) -> Channel:
    channel = Channel(socket.socket(fileno=descriptor))
    greeting, _ = channel.receive()
    assert isinstance(greeting, Hello)
    channel.send(Hello(version="0", role="window", nonce=greeting.nonce))
    return channel


def test_promise_17_the_passphrase_opens_the_window_again_and_wrong_ones_wait(agent: GuardedAgent) -> None:
    window = lock_window(agent)
    vault = window.api(VaultApi, "vault")
    for _ in range(4):
        with pytest.raises(VaultError) as refused:
            vault.unlock(bytearray(b"wrong"), WorkContext())
    assert refused.value.code in ("wrong_passphrase", "too_many_attempts")
    wait = vault.status().retry_after
    print(f"the next passphrase is taken in {wait:.1f} s")
    assert wait > 0
    wait_until(lambda: vault.status().retry_after == 0, "the next try", 30)
    status = vault.unlock(bytearray(PASSPHRASE), WorkContext())
    assert (status.admitted, status.window_locked, status.pid) == (True, None, agent.pid)
    assert window.api(KeysApi, "keys").list().total == 1
    assert window.api(LockApi, "lock").due().seconds == 900
    assert actions(window) == [("window.unlock", None), ("window.lock", "asked")]
    window.close()


def test_promise_17_a_terminal_that_was_let_in_reads_on_and_a_program_that_was_not_gets_nothing(
    agent: GuardedAgent, tmp_path: Path
) -> None:
    (tmp_path / "passphrase").write_bytes(PASSPHRASE)
    vaultapp = f"{sys.executable} -m vaultapp"
    script = f"""
        {vaultapp} unlock --passphrase-file passphrase || exit 9
        rm passphrase; touch let-in
        while [ ! -e locked ]; do sleep 0.05; done
        {vaultapp} read 'vault://app#password' > read
        {vaultapp} status > status
        {vaultapp} lock
    """
    terminal = Typist(["sh", "-c", script], tmp_path)
    wait_until((tmp_path / "let-in").exists, "the terminal to be let in", 60)
    window = lock_window(agent)
    stranger = agent.connect()
    assert not stranger.status.admitted
    for call in (stranger.api(KeysApi, "keys").list, stranger.api(ActivityApi, "activity").list):
        with pytest.raises(NotAllowed):
            call()
    stranger.close()
    (tmp_path / "locked").touch()
    assert terminal.wait() == 0, terminal.shown
    print(terminal.shown.decode(), (tmp_path / "status").read_text())
    assert (tmp_path / "read").read_text().strip() == VALUE
    assert "open for programs; the window is locked" in (tmp_path / "status").read_text()
    # `vaultapp lock` locked everything.
    wait_gone(agent.pid)
    successor(window).close()
    window.close()


def test_promise_17_a_rotation_that_is_due_runs_while_the_window_is_locked(
    agent: GuardedAgent, clock: SetClock, tmp_path: Path
) -> None:
    keeper = Keeper(tmp_path, VALUE)
    new = NewCredential("robot", "robot", "command", SecretFields(keeper.value), settings=keeper.settings)
    agent.credentials.create(new)
    agent.rotation.schedule("robot", RotationPlan(days=1))
    window = lock_window(agent)
    clock.pass_time(minutes=26 * 60)
    wait_until(lambda: keeper.was_asked, "the rotation to begin", 60)
    wait_until(lambda: keeper.passwords != [VALUE], "the new password", 60)
    assert window.status.window_locked is not None
    unlocked(window)
    assert window.status.pid == agent.pid
    wait_until(lambda: password(window, "robot") in keeper.passwords, "the rotation's end", 60)
    assert password(window, "robot") != VALUE
    window.close()


def password(client: Client, name: str) -> str:
    return client.api(CredentialsApi, "credentials").read(name).fields["password"]


def test_promise_17_idling_locks_the_window_and_fires_no_second_time(agent: GuardedAgent, clock: SetClock) -> None:
    clock.pass_time(minutes=16)
    window = window_locked(agent, "idle")
    clock.pass_time(minutes=600)
    agent_lock = unlocked(agent.connect())
    assert agent_lock.api(LockApi, "lock").due().seconds is None
    assert actions(agent_lock) == [("window.lock", "idle")]
    assert window.status.window_locked is not None
    agent_lock.close()
    window.close()


@pytest.mark.parametrize("happens", [FakeLogind.lock_session, lambda logind: logind.session_changes(Active=False)])
def test_promise_17_what_the_desktop_tells_locks_the_window_and_sleep_then_everything(
    agent: GuardedAgent, logind: FakeLogind, happens: object
) -> None:
    agent.lock.change(structs.replace(agent.lock.settings(), on_sleep=False))
    wait_until(lambda: logind.delays == 0, "the end of the delay, which nobody wishes")
    material = bytes(agent.keys.export("Personal").material)
    happens(logind)  # type: ignore[operator]
    assert agent.gone.wait(20)
    window = window_locked(agent, agent.locking[0].reason)
    # The window sleeps with everything that is locked, whatever is set for one that is open.
    wait_until(lambda: logind.delays == 1, "the delay of a locked window")
    logind.sleep()
    wait_gone(agent.pid)
    again = successor(window)
    if os.getuid() == 0:
        left = memory_of(again.status.pid)
        print(f"searched {len(left):,} bytes")
        assert [secret for secret in (material, PASSPHRASE, VALUE.encode()) if secret in left] == []
    # Both stand for processes that are replaced, and hold the computer up until then.
    agent.client.close()
    window.close()
    wait_until(lambda: logind.delays == 0, "the end of all delays")
    unlocked(again)
    assert actions(again)[0] == ("vault.lock", "sleep")
    again.close()


def test_promise_17_the_second_lock_locks_everything_and_a_restore_too(agent: GuardedAgent, tmp_path: Path) -> None:
    copy = agent.vault.backup(WorkContext(), os.fsencode(tmp_path)).path
    window = lock_window(agent)
    report = window.api(VaultApi, "vault").restore(copy, bytearray(PASSPHRASE), WorkContext())
    assert report.kept
    wait_gone(agent.pid)
    again = successor(window)
    pid = again.status.pid
    again.api(VaultApi, "vault").unlock(bytearray(PASSPHRASE), WorkContext(), accept_older=True)
    again.api(VaultApi, "vault").lock()
    wait_gone(pid)
    again.close()
    window.close()


def test_promise_17_lock_everything_on_the_lock_screen(agent: GuardedAgent) -> None:
    window = lock_window(agent)
    # A second time by hand, as from the tray: nothing more to lock for it.
    window.api(VaultApi, "vault").lock(window=True)
    assert window.status.window_locked is not None
    window.api(VaultApi, "vault").lock()
    wait_gone(agent.pid)
    successor(window).close()
    window.close()


def test_promise_17_the_windows_files_stop_and_are_not_half_made(agent: GuardedAgent, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    with plain.open("wb") as file:
        file.truncate(8 * 2**30)
    outcome: list[BaseException] = []

    def seal() -> None:
        try:
            agent.files.seal(SealRequest((Place(os.fsencode(plain)),), keys=("Personal",)), WorkContext())
        except (OperationCancelled, AgentGone) as exc:
            outcome.append(exc)

    sealing = threading.Thread(target=seal)
    sealing.start()
    wait_until(lambda: agent.client.status.running >= 1, "the work to begin")
    window = lock_window(agent)
    sealing.join(20)
    assert not sealing.is_alive()
    assert {path.name for path in tmp_path.iterdir()} >= {"plain"}
    assert not [path for path in tmp_path.iterdir() if path.name.endswith((".sealed", ".part"))]
    assert window.api(FilesApi, "files").hand_over((os.fsencode(plain),), again=True) == 1
    assert unlocked(window).api(FilesApi, "files").take_waiting().paths == (os.fsencode(plain),)
    window.close()


def test_promise_17_a_window_that_is_closed_while_it_is_locked_ends_its_agent(agent: GuardedAgent) -> None:
    window = lock_window(agent)
    window.close()
    wait_gone(agent.pid)


def test_promise_17_turning_it_off_by_command_locks_what_goes_on(agent: GuardedAgent) -> None:
    window = lock_window(agent)
    terminal = unlocked(agent.connect())
    lock = terminal.api(LockApi, "lock")
    off = structs.replace(lock.settings(), programs_go_on=False)
    with pytest.raises(NotAllowed):
        lock.change(off)
    with pytest.raises(WrongPassphrase):
        lock.change_with(off, bytearray(b"wrong"))
    assert lock.change_with(off, bytearray(PASSPHRASE)) == off
    wait_gone(agent.pid)
    terminal.close()
    window.close()


IMPOSTOR = """
import os
from pathlib import Path

from tests.desktop.processes import wait_until
from vaultapp.contracts.keys import KeysApi
from vaultapp.contracts.vault import VaultApi
from vaultapp.core.places import Places
from vaultapp.ipc import launch

places = Places.of_user(dict(os.environ))
client = launch.connect(places, places.default_vault, "window")
assert client.status.admitted
client.api(VaultApi, "vault").lock(window=True)
client._reader.join(20)
locked = launch.resume(client.successor)
locked.api(VaultApi, "vault").lock()
locked._reader.join(20)
read = "nothing"
if locked.successor is not None:
    again = launch.resume(locked.successor)
    wait_until(lambda: again.status.state == "unlocked", "somebody else's passphrase", 60)
    read = again.api(KeysApi, "keys").list().total
Path("read").write_text(str(read))
"""


def test_promise_17_a_program_of_a_terminal_that_says_it_is_a_window_is_made_none_by_locks(
    agent: GuardedAgent, tmp_path: Path
) -> None:
    """It was let in until the lock of everything; by what a window goes on with it would be one after that."""
    (tmp_path / "passphrase").write_bytes(PASSPHRASE)
    (tmp_path / "impostor.py").write_text(IMPOSTOR)
    script = f"""
        {sys.executable} -m vaultapp unlock --passphrase-file passphrase || exit 9
        PYTHONPATH={CHECKOUT} {sys.executable} impostor.py
    """
    terminal = Typist(["sh", "-c", script], tmp_path)
    assert agent.gone.wait(60)
    assert agent.client.successor is not None
    window = launch.resume(agent.client.successor)
    again = unlocked(successor(window))
    assert terminal.wait() == 0, terminal.shown
    assert (tmp_path / "read").read_text() == "nothing"
    assert again.status.admitted
    again.close()
    window.close()
