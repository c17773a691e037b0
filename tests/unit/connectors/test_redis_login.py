from __future__ import annotations

import socket
import threading

import pytest

from vaultapp.connectors.redis_acl import CONNECTOR
from vaultapp.contracts.connectors import Connection
from vaultapp.core.target_errors import LoginRefused, TargetBusy, TargetDenied, TargetFailed, TargetReadOnly


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"-LOADING Redis is loading the dataset in memory", TargetBusy),
        (b"-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", TargetBusy),
        (b"-READONLY You can't write against a read only replica.", TargetReadOnly),
        (b"-NOPERM User app has no permissions to run the 'auth' command", TargetDenied),
        (b"-DENIED Redis is running in protected mode because protected mode is enabled", TargetDenied),
        (b"-NOAUTH Authentication required.", LoginRefused),
        (b"-WRONGPASS invalid username-password pair or user is disabled.", LoginRefused),
        (b"-ERR max number of clients reached", TargetBusy),
        (b"-ERR something of a later release", TargetFailed),
    ],
)
def test_each_answer_is_told_by_its_code(said: bytes, error: type[Exception]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        value = {"host": "127.0.0.1", "port": str(door.getsockname()[1]), "username": "app", "password": "secret"}
        door.settimeout(5)
        with _Speaking(door, said), pytest.raises(error):
            CONNECTOR.connect(Connection({"tls": "off"})).probe(value)


class _Speaking:
    """Answers every command of one client in the same way."""

    def __init__(self, door: socket.socket, said: bytes) -> None:
        self._thread = threading.Thread(target=self._speak, args=(door, said + b"\r\n"))

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    def _speak(self, door: socket.socket, said: bytes) -> None:
        near, _ = door.accept()
        with near:
            while near.recv(4096):
                near.sendall(said)
