from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from tests.desktop.processes import wait_until
from vaultapp.agent.connection import Connection
from vaultapp.agent.outbox import EVENT_LIMIT
from vaultapp.agent.roles import Role
from vaultapp.agent.server import Server, Stay
from vaultapp.contracts.files import WaitingFiles
from vaultapp.contracts.vault import VaultUnlocked
from vaultapp.core.work import WorkContext
from vaultapp.ipc.wire import Call, Channel, Event, Hello, Result, pack, unpack


class Bench:
    """A server whose clients are socket pairs."""

    def __init__(self, stay: Stay = Stay.WITH_WINDOW) -> None:
        self.state = "locked"
        self.released = threading.Event()
        self.server = Server(None, stay, self._run, lambda: (self.state, None), lambda: True)
        self.channels: list[Channel] = []

    def client(self, role: Role = Role.ANYBODY) -> tuple[Connection, Channel]:
        """Connect; greeted already."""
        ours, theirs = socket.socketpair()
        connection = self.server.add(ours)
        assert connection is not None
        channel = Channel(theirs)
        self.channels.append(channel)
        greeting, _ = channel.receive()
        assert isinstance(greeting, Hello)
        channel.send(Hello(version="0", role="command", nonce=greeting.nonce))
        channel.send(Call(0, "vault", "status", pack({})))
        channel.receive()
        connection.role = role
        return connection, channel

    def close(self) -> None:
        self.released.set()
        for channel in self.channels:
            channel.close()
        wait_until(lambda: not self.server.connections, "the end of all connections")
        os.close(self.server._wake_read)
        os.close(self.server._wake_write)

    def _run(self, _connection: Connection, call: Call, _work: WorkContext[Any]) -> Any:
        if call.method != "status":
            self.released.wait(20)
        return pack(None)


@pytest.fixture
def bench() -> Iterator[Bench]:
    found = Bench()
    yield found
    found.close()


def fill(connection: Connection) -> None:
    """Leave no room for another word to a client, as if it had asked and not read the answers."""
    with suppress(BlockingIOError):
        while True:
            connection._channel.socket.send(bytes(4096), socket.MSG_DONTWAIT)
    with suppress(BlockingIOError):
        while True:
            connection._channel.socket.send(b"\0", socket.MSG_DONTWAIT)


@pytest.mark.parametrize("role", list(Role))
def test_who_does_not_read_holds_no_event_up_and_is_dropped(
    bench: Bench, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultapp.agent.connection._SEND_TIMEOUT_S", 1)
    # First, so that they are told first.
    for _ in range(3):
        fill(bench.client(role)[0])
    _, reader = bench.client()
    _, admitted = bench.client(Role.TERMINAL)
    began = time.monotonic()
    bench.server.broadcast(VaultUnlocked())
    assert time.monotonic() - began < 0.5
    for channel in (reader, admitted):
        assert isinstance(channel.receive()[0], Event)
    assert time.monotonic() - began < 1, "they waited for somebody else's time"
    wait_until(lambda: len(bench.server.connections) == 2, "the end of who did not read")


def test_who_lets_too_many_events_wait_is_dropped_at_once(bench: Bench) -> None:
    fill(bench.client(Role.WINDOW)[0])
    _, reader = bench.client(Role.TERMINAL)
    began = time.monotonic()
    for _ in range(EVENT_LIMIT + 2):
        bench.server.broadcast(VaultUnlocked())
        assert isinstance(reader.receive()[0], Event)
    wait_until(lambda: len(bench.server.connections) == 1, "the end of who did not read")
    assert time.monotonic() - began < 4, "the time for sending ended it"


def test_events_come_in_their_order_and_before_an_answer_that_was_given_later(bench: Bench) -> None:
    connection, channel = bench.client(Role.WINDOW)
    told = [WaitingFiles((b"/d/%d" % number,)) for number in range(60)]
    for number, event in enumerate(told):
        bench.server.broadcast(event)
        if number % 20 == 19:
            connection.answer_now(Call(number, "vault", "status", pack({})), None)
    heard = [channel.receive()[0] for _ in range(63)]
    events = [unpack(message.value, WaitingFiles) for message in heard if isinstance(message, Event)]
    assert events == told
    assert [at for at, message in enumerate(heard) if isinstance(message, Result)] == [20, 41, 62]


def test_who_opens_the_vault_is_needed_before_being_admitted(bench: Bench) -> None:
    connection, channel = bench.client()
    channel.send(Call(1, "vault", "unlock", pack({})))
    wait_until(lambda: connection.running == 1, "the call")
    bench.state = "unlocked"
    assert not bench.server._needed()
    with bench.server.opening(connection):
        assert bench.server._needed()
    assert not bench.server._needed()


def test_a_call_that_only_looks_is_not_waited_for(bench: Bench) -> None:
    connection, channel = bench.client()
    channel.send(Call(1, "lock", "triggers", pack({})))
    wait_until(lambda: connection.running == 1, "the call")
    assert connection.wait_calls(time.monotonic())
    channel.send(Call(2, "vault", "restore", pack({})))
    wait_until(lambda: connection.running == 2, "the call")
    assert not connection.wait_calls(time.monotonic())
