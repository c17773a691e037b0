from __future__ import annotations

import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from vaultapp.core.errors import AgentGone, Damaged
from vaultapp.ipc.wire import FRAME_LIMIT, Call, Channel, Hello, pack


@pytest.fixture
def ends() -> Iterator[tuple[Channel, Channel]]:
    left, right = (Channel(sock) for sock in socket.socketpair())
    yield left, right
    left.close()
    right.close()


def test_a_frame_is_a_big_endian_length_and_messagepack(ends: tuple[Channel, Channel]) -> None:
    ends[0].send(Hello(version="1", role="command"))
    raw = ends[1].socket.recv(4096)
    (size,) = struct.unpack(">I", raw[:4])
    assert size == len(raw) - 4
    assert msgspec.msgpack.decode(raw[4:]) == {
        "type": "hello",
        "version": "1",
        "role": "command",
        "protocol": 1,
        "vault_id": None,
        "state": "",
        "nonce": b"",
    }


def test_descriptors_travel_with_the_first_byte(ends: tuple[Channel, Channel], tmp_path: Path) -> None:
    path = tmp_path / "passed"
    path.write_bytes(b"through the socket")
    descriptor = os.open(path, os.O_RDONLY)
    ends[0].send(Call(7, "files", "seal", pack({})), [descriptor])
    os.close(descriptor)
    message, received = ends[1].receive()
    assert isinstance(message, Call)
    assert os.read(received[0], 100) == b"through the socket"
    assert not os.get_inheritable(received[0])
    os.close(received[0])


def test_more_descriptors_than_allowed_end_the_connection(ends: tuple[Channel, Channel]) -> None:
    before = len(os.listdir("/proc/self/fd"))
    ends[0].send(Hello(version="1", role="x"), [0] * 40)
    with pytest.raises(Damaged):
        ends[1].receive()
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",
        b"\x81\xa4type\xa5other",
        b"\x91" * 100_000,
        b"\x82\xa4type\xa4call\xa2id" + b"\x91" * 100_000,
        os.urandom(300),
    ],
    ids=["empty", "invalid", "unknown", "deep", "deep field", "noise"],
)
def test_what_is_not_a_message_is_damage(ends: tuple[Channel, Channel], body: bytes) -> None:
    ends[0].socket.sendall(struct.pack(">I", len(body)) + body)
    with pytest.raises(Damaged):
        ends[1].receive()


def test_a_length_over_the_cap_is_refused_before_memory_is_taken(ends: tuple[Channel, Channel]) -> None:
    ends[0].socket.sendall(struct.pack(">I", FRAME_LIMIT + 1))
    with pytest.raises(Damaged):
        ends[1].receive()


def test_a_closed_end_is_told_from_damage(ends: tuple[Channel, Channel]) -> None:
    ends[0].socket.sendall(b"\0\0")
    ends[0].close()
    with pytest.raises(AgentGone):
        ends[1].receive()


def test_a_received_frame_can_be_overwritten(ends: tuple[Channel, Channel]) -> None:
    ends[0].send(Call(1, "vault", "unlock", pack({"passphrase": b"correct horse"})))
    message, _ = ends[1].receive()
    assert isinstance(message, Call)
    assert b"correct horse" in bytes(message.arguments)
    ends[1].forget()
    assert b"correct horse" not in bytes(message.arguments)


def test_who_does_not_read_is_waited_for_no_longer_than_was_said(ends: tuple[Channel, Channel]) -> None:
    began = time.monotonic()
    with pytest.raises(AgentGone):
        ends[0].send(Call(1, "x", "y", pack(bytes(4_000_000))), until=began + 0.2)
    assert 0.2 <= time.monotonic() - began < 2


def test_who_does_not_read_is_not_waited_for_behind_another_thread(ends: tuple[Channel, Channel]) -> None:
    gone = threading.Event()

    def send() -> None:
        try:
            ends[0].send(Call(1, "x", "y", pack(bytes(4_000_000))))
        except AgentGone:
            gone.set()

    thread = threading.Thread(target=send)
    thread.start()
    while not ends[0]._sending.locked():
        time.sleep(0.001)
    began = time.monotonic()
    with pytest.raises(AgentGone):
        ends[0].send(Hello(version="1", role="command"), until=began)
    assert time.monotonic() - began < 1
    ends[0].close()
    thread.join(10)
    assert gone.is_set()


def test_who_reads_slowly_gets_it_whole_and_its_descriptors(ends: tuple[Channel, Channel]) -> None:
    content = os.urandom(4_000_000)
    call = Call(1, "x", "y", pack(content))
    thread = threading.Thread(target=lambda: ends[0].send(call, (0,), until=time.monotonic() + 20))
    thread.start()
    got, descriptors = ends[1].receive()
    thread.join(10)
    assert isinstance(got, Call)
    assert msgspec.msgpack.decode(got.arguments) == content
    (descriptor,) = descriptors
    os.close(descriptor)
