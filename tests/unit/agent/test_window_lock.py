from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, cast

import pytest

from tests.desktop.processes import wait_until
from tests.given_vault import GivenClock
from vaultapp.agent import window_lock as module
from vaultapp.agent.connection import Connection
from vaultapp.agent.roles import Role
from vaultapp.agent.server import STRANGERS, Server, Stay
from vaultapp.agent.triggers.sleep_delay import SleepDelay
from vaultapp.agent.window_lock import WindowLock
from vaultapp.contracts.files import FilesWait, WaitingFiles
from vaultapp.contracts.keys import KeysChanged
from vaultapp.contracts.vault import VaultLocking
from vaultapp.core.errors import AgentGone
from vaultapp.core.work import WorkContext
from vaultapp.ipc.wire import Call, Channel, Event, Hello, Result, pack, unpack


class Log:
    """The activity, written down."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.written = True

    def locked(self, reason: str) -> bool:
        self.told.append(reason)
        return self.written

    def opened(self) -> bool:
        self.told.append("opened")
        return self.written


class Bench:
    """A server of an open vault whose clients are socket pairs, and the lock of its window."""

    def __init__(self) -> None:
        self.server = Server(None, Stay.WITH_WINDOW, self._run, lambda: ("unlocked", None), lambda: True)
        self.delay, self.log, self.clock = SleepDelay(), Log(), GivenClock()
        self.applies = True
        self.paused: list[bool] = []
        self.released = threading.Event()
        self.locked_all: list[str] = []
        self.lock = WindowLock(
            self.server,
            self.delay,
            lambda: self.applies,
            self.paused.append,
            cast("Any", self.log),
            self.locked_all.append,
            self.clock,
        )
        self.channels: list[Channel] = []

    def client(self, role: str = "command", *, window: bool = False) -> tuple[Connection, Channel]:
        """Connect; greeted already."""
        ours, theirs = socket.socketpair()
        connection = self.server.add(ours, window=window)
        assert connection is not None
        channel = Channel(theirs)
        self.greet(channel, role)
        return connection, channel

    def greet(self, channel: Channel, role: str) -> None:
        self.channels.append(channel)
        greeting, _ = channel.receive()
        assert isinstance(greeting, Hello)
        channel.send(Hello(version="0", role=role, nonce=greeting.nonce))
        channel.send(Call(0, "vault", "status", pack({})))
        channel.receive()

    def told(self, channel: Channel) -> tuple[list[Any], list[int], Channel | None]:
        """Return what a window is sent until its connection ends, the delays, and where it goes on."""
        events: list[Any] = []
        descriptors: list[int] = []
        with suppress(AgentGone):
            while True:
                message, came = channel.receive()
                descriptors += came
                events.append(message if isinstance(message, Result) else unpack_event(message))
        if not descriptors:
            return events, [], None
        successor = Channel(socket.socket(fileno=descriptors[0]))
        self.greet(successor, "window")
        return events, descriptors[1:], successor

    def locked(self, channel: Channel, reason: str = "idle") -> tuple[Connection, Channel]:
        """Lock, and go on as the window does."""
        assert self.lock.lock(reason)
        _, _, successor = self.told(channel)
        assert successor is not None
        (connection,) = [one for one in self.server.connections if one.locked_window]
        return connection, successor

    def close(self) -> None:
        self.released.set()
        for channel in self.channels:
            channel.close()
        wait_until(lambda: not self.server.connections, "the end of all connections")
        self.delay.release()
        os.close(self.server._wake_read)
        os.close(self.server._wake_write)

    def _run(self, _connection: Connection, call: Call, work: WorkContext[Any]) -> Any:
        if call.method == "seal":
            while not self.released.wait(0.01):
                work.checkpoint()
        elif call.method == "stuck":
            self.released.wait(20)
        return pack(None)


def unpack_event(message: object) -> Any:
    assert isinstance(message, Event)
    return unpack(message.value, VaultLocking | FilesWait | WaitingFiles | KeysChanged)


@pytest.fixture
def bench() -> Iterator[Bench]:
    found = Bench()
    yield found
    found.close()


def test_the_window_loses_its_role_and_goes_on_as_anybody_while_terminals_keep_theirs(bench: Bench) -> None:
    window, channel = bench.client(window=True)
    terminal, _ = bench.client()
    bench.server.admit(terminal)
    bench.clock.forward(seconds=60)
    assert bench.lock.lock("idle")
    assert (window.role, window.dismissed) == (Role.ANYBODY, True)
    assert bench.lock.since == bench.clock.now()
    events, _, successor = bench.told(channel)
    assert events == [VaultLocking("idle", programs_go_on=True)]
    assert successor is not None
    assert terminal.role is Role.TERMINAL
    (again,) = [one for one in bench.server.connections if one.locked_window]
    assert again.role is Role.ANYBODY
    assert bench.log.told == ["idle"]
    assert bench.paused == [True]


def test_the_passphrase_gives_the_role_back_and_it_can_be_locked_again(bench: Bench) -> None:
    again, successor = bench.locked(bench.client(window=True)[1])
    bench.server.admit(again)
    bench.lock.settle()
    assert again.role is Role.WINDOW
    assert bench.lock.since is None
    assert bench.log.told == ["idle", "opened"]
    assert bench.paused == [True, False]
    bench.locked(successor)
    assert bench.log.told == ["idle", "opened", "idle"]


def test_a_terminal_that_is_let_in_opens_no_window(bench: Bench) -> None:
    again, _ = bench.locked(bench.client(window=True)[1])
    terminal, _ = bench.client()
    bench.server.admit(terminal)
    bench.lock.settle()
    assert bench.lock.since is not None
    assert again.role is Role.ANYBODY
    assert bench.paused == [True]


def test_nothing_admits_the_connection_that_was_parted_from(bench: Bench) -> None:
    window, _ = bench.client(window=True)
    bench.lock.lock("asked")
    with pytest.raises(AgentGone):
        bench.server.admit(window)
    assert bench.lock.since is not None


def test_a_window_of_an_admitted_terminal_gives_the_passphrase_while_the_window_is_locked(bench: Bench) -> None:
    bench.locked(bench.client(window=True)[1])
    other, _ = bench.client("window")
    bench.server._let_in(other)
    assert other.role is Role.ANYBODY
    bench.server.admit(other)
    bench.lock.settle()
    assert other.role is Role.WINDOW
    assert bench.lock.since is None
    third, _ = bench.client("window")
    bench.server._let_in(third)
    assert third.role is Role.TERMINAL


def test_a_window_that_is_locked_still_counts_as_one_and_a_strange_one_does_not(bench: Bench) -> None:
    bench.client("window")
    assert not bench.server._needed()
    window, channel = bench.client(window=True)
    window.dismissed = True
    window.role = Role.ANYBODY
    assert bench.server._needed()
    window.role, window.dismissed = Role.WINDOW, False
    _, successor = bench.locked(channel)
    assert bench.server._needed()
    successor.close()
    wait_until(lambda: not bench.server._needed(), "the end of the window")


def test_a_terminals_client_that_says_it_is_a_window_stays_none_over_the_lock_of_everything(bench: Bench) -> None:
    window, _ = bench.client(window=True)
    other, channel = bench.client("window")
    bench.server._let_in(other)
    assert other.role is Role.TERMINAL
    assert bench.lock.lock("idle")
    _, _, successor = bench.told(channel)
    assert successor is not None
    wait_until(lambda: window not in bench.server.connections, "the end of the window's connection")
    (again,) = [one for one in bench.server.connections if one.locked_window and not one.goes_on]
    assert again.role is Role.ANYBODY
    bench.server.admit(again)
    bench.lock.settle()
    assert bench.lock.lock("idle")
    assert again.goes_on, "it gave the passphrase"


def test_by_a_terminals_client_that_says_it_is_a_window_nothing_stays_open(bench: Bench) -> None:
    other, _ = bench.client("window")
    bench.server._let_in(other)
    assert not bench.lock.lock("session_locked"), "there is no window: everything is to be locked"
    assert bench.lock.since is None
    assert not bench.server.window_locked
    assert other.role is Role.TERMINAL


def test_no_terminal_lets_a_window_in_that_was_locked_when_another_is_open_again(bench: Bench) -> None:
    window, channel = bench.client(window=True)
    again, _ = bench.locked(channel)
    other, _ = bench.client("window")
    bench.server.admit(other)
    bench.lock.settle()
    for locked in (again, window):
        bench.server._let_in(locked)
        assert locked.role is Role.ANYBODY


def test_where_no_thread_is_to_be_had_the_window_is_told_all_the_same(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, channel = bench.client(window=True)
    start = threading.Thread.start

    def refuse(thread: threading.Thread) -> None:
        if thread.name == "window-lock":
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert bench.lock.lock("session_locked")
    events, _, successor = bench.told(channel)
    assert events == [VaultLocking("session_locked", programs_go_on=True)]
    assert successor is not None


def test_strangers_put_no_locked_window_out(bench: Bench) -> None:
    again, _ = bench.locked(bench.client(window=True)[1])
    for _ in range(STRANGERS + 2):
        bench.client()
    assert again in bench.server.connections


def test_where_programs_do_not_go_on_or_no_window_is_there_everything_is_to_be_locked(bench: Bench) -> None:
    assert not bench.lock.lock("idle")
    window, channel = bench.client(window=True)
    bench.applies = False
    assert not bench.lock.lock("idle")
    assert window.role is Role.WINDOW
    bench.applies = True
    bench.locked(channel)
    bench.applies = False
    assert not bench.lock.lock("asked")


def test_a_second_trigger_leaves_a_locked_window_as_it_is(bench: Bench) -> None:
    again, _ = bench.locked(bench.client(window=True)[1])
    assert bench.lock.lock("screen_saver")
    assert bench.log.told == ["idle"]
    assert again in bench.server.connections


def test_who_asked_is_answered_before_the_connection_ends(bench: Bench) -> None:
    window, channel = bench.client(window=True)
    bench.lock.lock("asked", (window, Call(7, "vault", "lock", pack({}))))
    events, _, _ = bench.told(channel)
    assert isinstance(events[0], Result)
    assert events[0].id == 7
    assert events[1] == VaultLocking("asked", programs_go_on=True)


def test_the_windows_work_stops_and_that_of_terminals_goes_on(bench: Bench) -> None:
    window, _ = bench.client(window=True)
    terminal, at_terminal = bench.client()
    bench.server.admit(terminal)
    for channel in (bench.channels[0], at_terminal):
        channel.send(Call(1, "files", "seal", pack({})))
    wait_until(lambda: window.running == terminal.running == 1, "both to work")
    bench.lock.lock("idle")
    wait_until(lambda: window.ended, "the end of the window's connection")
    assert (window.running, terminal.running) == (0, 1)


def test_what_does_not_stop_and_what_is_not_written_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STOP_CALLS_S", 0.05)
    window, channel = bench.client(window=True)
    bench.log.written = False
    channel.send(Call(1, "vault", "stuck", pack({})))
    wait_until(lambda: window.running == 1, "the call")
    bench.lock.lock("idle")
    events, _, _ = bench.told(channel)
    assert events == [VaultLocking("idle", ("stopping", "activity"), programs_go_on=True)]


def test_work_that_does_not_stop_holds_up_nobody_who_tells_of_a_sleep(bench: Bench) -> None:
    window, channel = bench.client(window=True)
    channel.send(Call(1, "vault", "stuck", pack({})))
    wait_until(lambda: window.running == 1, "the call")
    assert bench.lock.lock("session_locked")
    assert (window.running, window.role) == (1, Role.ANYBODY), "it was not waited for"
    assert not window.ended
    bench.released.set()
    wait_until(lambda: window.ended, "the end of the window's connection")


def test_the_window_gets_a_copy_of_the_delay_of_sleep_and_the_agent_keeps_its_own(bench: Bench) -> None:
    reading, writing = os.pipe()
    bench.delay.hold(writing)
    _, channel = bench.client(window=True)
    bench.lock.lock("session_locked")
    _, (copy,), _ = bench.told(channel)
    assert os.fstat(copy).st_ino == os.fstat(reading).st_ino
    assert bench.delay.held
    os.close(copy)
    os.close(reading)


def test_whatever_fails_no_window_stays_open(bench: Bench, capfd: pytest.CaptureFixture[str]) -> None:
    window, channel = bench.client(window=True)

    def fail(_reason: str) -> bool:
        raise ZeroDivisionError

    bench.log.locked = fail  # type: ignore[method-assign]
    assert bench.lock.lock("idle")
    assert window.role is Role.ANYBODY
    wait_until(lambda: bench.locked_all == ["idle"], "the lock of everything")
    assert bench.told(channel)[0] == [VaultLocking("idle", programs_go_on=True)]
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_locked_window_hears_how_many_files_wait_and_nothing_else(bench: Bench) -> None:
    _, successor = bench.locked(bench.client(window=True)[1])
    bench.server.broadcast(KeysChanged(()))
    bench.server.broadcast(WaitingFiles((b"/a", b"/b")))
    message, _ = successor.receive()
    assert unpack_event(message) == FilesWait(2)
