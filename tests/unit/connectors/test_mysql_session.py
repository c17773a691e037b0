"""Strangers at the port, and what is sent to them."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from tests.servers.mysql_stand_in import FakeAccount, MySqlStandIn
from vaultapp.connectors.mysql import CONNECTOR
from vaultapp.connectors.mysql_target import lock_name
from vaultapp.contracts.connectors import Connection, Trial
from vaultapp.core.errors import VaultError
from vaultapp.core.target_errors import TargetBusy, TargetFailed, TargetUnreachable, TargetUntrusted

SECRET = "very-Secret-1-password"


@contextlib.contextmanager
def stranger(greeting: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Say this to one client, and keep what it answers before it goes."""
    heard: list[bytes] = []

    def serve() -> None:
        line, _ = listener.accept()
        with line:
            line.sendall(greeting)
            with contextlib.suppress(ConnectionResetError):
                while data := line.recv(4096):
                    heard.append(data)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1], heard
        thread.join()


def attempt(port: int, **settings: str) -> Trial:
    value = {"host": "127.0.0.1", "port": str(port), "username": "app", "password": SECRET}
    return CONNECTOR.connect(Connection(settings, timeout_s=0.3)).try_login(value)


@pytest.mark.parametrize("tls", ["verify", "off"])
@pytest.mark.parametrize(
    ("greeting", "kind"),
    [
        (b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n" * 4000, TargetFailed),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", TargetFailed),
        (b"", TargetUnreachable),
        (b"\x04\0\0\0\x0a8.0", TargetFailed),
        (b"\x01\0\0\0\x0a", TargetFailed),
        (b"\x17\0\0\0\xff\x10\x04Too many connections", TargetBusy),
    ],
)
def test_who_speaks_otherwise_is_told_nothing(greeting: bytes, kind: type[VaultError], tls: str) -> None:
    with stranger(greeting) as (port, heard), pytest.raises(kind) as caught:
        attempt(port, tls=tls)
    if kind is TargetFailed:
        assert caught.value.facts["reason"] == "protocol"
    assert SECRET.encode() not in b"".join(heard)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("way", ["mysql_clear_password", "dialog"])
def test_without_tls_the_password_itself_is_never_sent(way: str) -> None:
    with MySqlStandIn(accounts={"app": FakeAccount(SECRET)}, asks_for=way) as server, pytest.raises(TargetFailed):
        attempt(server.port, tls="off")
    assert server.answers == [b""]


def test_a_way_to_log_in_that_is_not_known_is_an_error() -> None:
    with MySqlStandIn(accounts={"app": FakeAccount(SECRET)}, asks_for="parsec") as server, pytest.raises(TargetFailed):
        attempt(server.port, tls_ca=str(server.ca))
    assert server.answers == [b""]


def test_certificates_that_are_not_there_send_nothing() -> None:
    with MySqlStandIn(accounts={"app": FakeAccount(SECRET)}) as server:
        with pytest.raises(TargetUntrusted):
            attempt(server.port, tls_ca="/nowhere/ca.pem")
        with pytest.raises(TargetUntrusted):
            attempt(server.port)
        assert attempt(server.port, tls_ca=str(server.ca)) is Trial.ACCEPTED


def test_the_next_value_is_the_same_with_the_fresh_secret_or_of_the_other_account() -> None:
    current = {"host": "db", "username": "app", "password": "old", "dbname": "shop"}
    single = CONNECTOR.connect(Connection({"strategy": "dual"}))
    assert single.propose(current, "new", [current]) == {**current, "password": "new"}
    alternating = CONNECTOR.connect(Connection({"strategy": "alternating"}))
    there = alternating.propose(current, "new", [current])
    assert there == {**current, "username": "app_clone", "password": "new"}
    assert alternating.propose(there, "next", [current, there]) == {**current, "password": "next"}


def test_the_lock_has_one_name_for_accounts_that_alternate() -> None:
    assert lock_name("app") == lock_name("app_clone") != lock_name("app2")
    assert len(lock_name("a" * 300)) <= 64


def test_the_driver_is_loaded_by_the_first_connection() -> None:
    probe = (
        "import sys; from vaultapp.connectors.mysql import CONNECTOR; "
        "from vaultapp.contracts.connectors import Connection; assert 'pymysql' not in sys.modules; "
        "CONNECTOR.connect(Connection({})); assert 'pymysql' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", probe], check=True)
