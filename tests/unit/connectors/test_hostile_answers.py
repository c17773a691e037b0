"""Servers that have been taken over: they answer without an end, slowly, or with what is no answer."""

from __future__ import annotations

import contextlib
import resource
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from vaultapp.connectors.registry import Connectors
from vaultapp.contracts.connectors import Connection, Target
from vaultapp.core.target_errors import TargetFailed, TargetUnreachable

SECRET = "very-Secret-1-password"
_CHALLENGE = b"abcdefghijklmnopqrst"
_CAPABILITIES = 0x1 | 0x2 | 0x4 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000 | 0x200000
Serve = Callable[[socket.socket], None]


@contextlib.contextmanager
def hostile(serve: Serve, host: str = "127.0.0.1", clients: int = 1) -> Iterator[dict[str, str]]:
    """Let so many be served so, each in a thread; give the value of an account there."""

    def run() -> None:
        line, _ = door.accept()
        with line, contextlib.suppress(ConnectionError):
            serve(line)

    with socket.create_server((host, 0)) as door:
        threads = [threading.Thread(target=run) for _ in range(clients)]
        for thread in threads:
            thread.start()
        yield {"host": host, "port": str(door.getsockname()[1]), "username": "app", "password": SECRET}
        for thread in threads:
            thread.join()


def target(kind: str, timeout_s: float = 0.2) -> Target:
    return Connectors().find(kind).connect(Connection({"tls": "off"}, timeout_s=timeout_s))


def packet(payload: bytes, number: int) -> bytes:
    return len(payload).to_bytes(3, "little") + bytes([number % 256]) + payload


def greeting(way: bytes) -> bytes:
    head = struct.pack(
        "<I8sBHBHHB10s", 7, _CHALLENGE[:8], 0, _CAPABILITIES & 0xFFFF, 255, 2, _CAPABILITIES >> 16, 21, b""
    )
    return packet(b"\x0a8.0.40\0" + head + _CHALLENGE[8:] + b"\0" + way + b"\0", 0)


def dripping(first: bytes) -> Serve:
    def serve(line: socket.socket) -> None:
        line.sendall(first)
        # Longer than anybody should wait, and shorter than a test that hangs.
        for _ in range(200):
            line.sendall(b"\1")
            time.sleep(0.05)

    return serve


@pytest.mark.parametrize(("kind", "first"), [("mysql", b"\xff\xff\x7f\0"), ("redis", b"$100000\r\n")])
def test_a_byte_now_and_then_is_not_waited_for_without_end(kind: str, first: bytes) -> None:
    began = time.monotonic()
    with hostile(dripping(first)) as value, pytest.raises(TargetUnreachable):
        target(kind).try_login(value)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("kind", "piece", "head"),
    [("mysql", b"\xff\xff\xff%c" + bytes(0xFFFFFF), b""), ("redis", bytes(0x1000000), b"$999999999\r\n")],
)
def test_an_answer_without_an_end_is_not_kept(kind: str, piece: bytes, head: bytes) -> None:
    def serve(line: socket.socket) -> None:
        line.sendall(head)
        for number in range(30):
            line.sendall(piece.replace(b"%c", bytes([number]), 1))

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with hostile(serve) as value, pytest.raises(TargetUnreachable):
        target(kind, timeout_s=10).try_login(value)
    # Of half a gigabyte.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


@pytest.mark.parametrize("answer", [b":abc", b"*1\r\n" * 20_000, b"$abc", b"hello", b"\0\0\0"])
def test_what_is_no_answer_of_redis_is_told(answer: bytes) -> None:
    def serve(line: socket.socket) -> None:
        line.recv(4096)
        line.sendall(answer + b"\r\n")
        line.recv(4096)

    with hostile(serve) as value, pytest.raises(TargetFailed) as caught:
        target("redis", timeout_s=1).try_login(value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("answer", [b"*1\r\n$1\r\na", b":5", b"$2\r\nab"])
def test_a_user_that_redis_does_not_describe_is_told(answer: bytes) -> None:
    def serve(line: socket.socket) -> None:
        while asked := line.recv(4096):
            simple = b"AUTH" in asked or b"CLIENT" in asked
            line.sendall((b"+OK" if simple else answer) + b"\r\n")

    found = target("redis", timeout_s=1)
    with hostile(serve, clients=2) as value, pytest.raises(TargetFailed), found.exclusive(value):
        pass


@pytest.mark.parametrize("way", ["caching_sha2_password", "sha256_password"])
@pytest.mark.parametrize("switched", [False, True])
def test_without_tls_the_password_is_not_encrypted_for_whoever_sends_a_key(way: str, switched: bool) -> None:
    key = rsa.generate_private_key(65537, 2048)
    shown = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    stolen: list[bytes] = []

    def serve(line: socket.socket) -> None:
        line.sendall(greeting(b"mysql_native_password" if switched else way.encode()))
        number = line.recv(4096)[3] + 1
        if switched:
            line.sendall(packet(b"\xfe" + way.encode() + b"\0" + _CHALLENGE + b"\0", number))
            number = _next(line)
        if way == "caching_sha2_password":
            line.sendall(packet(b"\1\4", number))
            number = _next(line)
        line.sendall(packet(b"\1" + shown, number))
        sealed = line.recv(4096)[4:]
        if sealed:
            oaep = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)  # noqa: S303 - as MySQL does
            opened = key.decrypt(sealed, oaep)
            stolen.append(bytes(one ^ _CHALLENGE[at % 20] for at, one in enumerate(opened)))

    # Not one of the names that stand for this machine alone.
    with hostile(serve, "127.0.0.2") as value, pytest.raises(TargetFailed) as caught:
        target("mysql", timeout_s=2).try_login(value)
    assert caught.value.facts["reason"] == "plugin"
    assert not stolen


def _next(line: socket.socket) -> int:
    head = line.recv(4096)
    if not head:
        raise ConnectionResetError
    return head[3] + 1
