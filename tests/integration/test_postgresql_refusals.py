from __future__ import annotations

import select
import socket
import threading
import traceback
from contextlib import closing
from typing import Self

import pytest

from tests.integration.postgres_account import NEW, OLD, THIRD, target
from tests.servers.free_port import free_port
from tests.servers.postgresql import PostgresServer
from vaultapp.connectors.postgresql import CONNECTOR
from vaultapp.contracts.connectors import Connection, Trial
from vaultapp.core.errors import RemoteError
from vaultapp.core.target_errors import (
    CHANGER_LOGIN,
    AccountLocked,
    PasswordRefused,
    ProbeFailed,
    TargetBusy,
    TargetDenied,
    TargetFailed,
    TargetReadOnly,
    TargetUnreachable,
    TargetUntrusted,
)

# What a server says


def test_an_account_without_the_right_is_told_so(postgres: PostgresServer) -> None:
    postgres.role("app_other", THIRD)
    admin = postgres.value("app_other", THIRD)
    found = CONNECTOR.connect(Connection(postgres.settings(), admin))
    with pytest.raises(TargetDenied) as caught:
        found.set(postgres.value("app", OLD), postgres.value("app", NEW), keep=None)
    assert caught.value.facts == {"target": f"127.0.0.1:{postgres.port}", "account": "app_other", "number": "42501"}
    assert postgres.logs_in("app", OLD)


def test_what_would_stop_a_change_is_told_before_there_is_one(postgres: PostgresServer) -> None:
    postgres.role("app_other", THIRD)
    value, admin = postgres.value("app", OLD), postgres.value("app_other", THIRD)
    for found in (CONNECTOR.connect(Connection(postgres.settings(), admin)), target(postgres, strategy="alternating")):
        with pytest.raises(TargetDenied), found.exclusive(value):
            pass
    postgres.read_only(on=True)
    try:
        with pytest.raises(TargetReadOnly), target(postgres).exclusive(value):
            pass
    finally:
        postgres.read_only(on=False)


def test_an_admin_whose_password_is_wrong_is_not_taken_for_the_account(postgres: PostgresServer) -> None:
    admin = {**postgres.admin_value(), "password": "wrong"}
    found = CONNECTOR.connect(Connection(postgres.settings(), admin))
    with pytest.raises(TargetDenied) as caught:
        found.set(postgres.value("app", OLD), postgres.value("app", NEW), keep=None)
    assert (caught.value.facts["account"], caught.value.facts["reason"]) == ("rotator", CHANGER_LOGIN)
    assert found.try_login(postgres.value("app", NEW)) is Trial.REFUSED


def test_an_admin_of_another_server_never_shows_its_password_here(postgres: PostgresServer) -> None:
    admin = {**postgres.admin_value(), "host": "localhost"}
    found = CONNECTOR.connect(Connection(postgres.settings(), admin))
    with pytest.raises(TargetFailed) as caught:
        found.set(postgres.value("app", OLD), postgres.value("app", NEW), keep=None)
    assert caught.value.facts["reason"] == "admin_elsewhere"


def test_a_value_of_another_account_is_refused(postgres: PostgresServer) -> None:
    postgres.role("app_other", THIRD)
    found = target(postgres, admin=True)
    with pytest.raises(TargetFailed) as caught:
        found.set(postgres.value("app", OLD), postgres.value("app_other", NEW), keep=None)
    assert caught.value.facts["reason"] == "other_account"
    assert postgres.logs_in("app_other", THIRD)


@pytest.mark.parametrize("why", ["NOLOGIN", "VALID UNTIL '2020-01-01'"])
def test_a_role_that_no_password_lets_in_is_locked(postgres: PostgresServer, why: str) -> None:
    postgres.run(f"ALTER ROLE app {why}")
    found = target(postgres, admin=True)
    for value in (postgres.value("app", OLD), postgres.value("app", NEW)):
        with pytest.raises(AccountLocked) as caught:
            found.try_login(value)
        assert caught.value.facts == {"target": f"127.0.0.1:{postgres.port}", "account": "app"}
    with pytest.raises(AccountLocked):
        found.set(postgres.value("app", OLD), postgres.value("app", NEW), keep=None)


def test_without_an_admin_an_expired_role_cannot_be_told_from_a_wrong_password(postgres: PostgresServer) -> None:
    postgres.run("ALTER ROLE app VALID UNTIL '2020-01-01'")
    assert target(postgres).try_login(postgres.value("app", OLD)) is Trial.REFUSED


def test_a_role_that_is_not_there_is_refused_and_not_made(postgres: PostgresServer) -> None:
    found = target(postgres, admin=True)
    value = postgres.value("app_gone", OLD)
    assert found.try_login(value) is Trial.REFUSED
    with pytest.raises(TargetFailed) as caught:
        found.set(value, {**value, "password": NEW}, keep=None)
    assert caught.value.facts["reason"] == "no_account"
    assert postgres.run("SELECT 1 FROM pg_roles WHERE rolname = 'app_gone'") == []


def test_a_server_that_is_read_only_is_told_so(postgres: PostgresServer) -> None:
    postgres.read_only(on=True)
    try:
        with pytest.raises(TargetReadOnly):
            target(postgres).set(postgres.value("app", OLD), postgres.value("app", NEW), keep=None)
    finally:
        postgres.read_only(on=False)
    assert postgres.logs_in("app", OLD)


def test_a_policy_that_refuses_is_told_so(postgres: PostgresServer) -> None:
    postgres.run("ALTER SYSTEM SET session_preload_libraries = 'passwordcheck'")
    postgres.run("SELECT pg_reload_conf()")
    try:
        with pytest.raises(PasswordRefused):
            # Of a verifier it can tell only whether it is the name.
            target(postgres).set(postgres.value("app", OLD), postgres.value("app", "app"), keep=None)
    finally:
        postgres.run("ALTER SYSTEM RESET session_preload_libraries")
        postgres.run("SELECT pg_reload_conf()")
    with pytest.raises(PasswordRefused):
        target(postgres).set(postgres.value("app", OLD), postgres.value("app", ""), keep=None)
    assert postgres.logs_in("app", OLD)


def test_a_database_that_is_not_there_is_no_wrong_password(postgres: PostgresServer) -> None:
    with pytest.raises(TargetFailed) as caught:
        target(postgres).try_login({**postgres.value("app", OLD), "dbname": "nowhere"})
    assert caught.value.facts["reason"] == "no_database"


def test_a_server_that_has_no_room_is_busy_which_is_no_wrong_password(postgres: PostgresServer) -> None:
    postgres.run("ALTER ROLE app CONNECTION LIMIT 1")
    with closing(postgres.connect("app", OLD)), pytest.raises(TargetBusy) as caught:
        target(postgres).try_login(postgres.value("app", OLD))
    assert caught.value.retryable


def test_an_address_that_the_server_does_not_let_in_is_no_wrong_password(postgres: PostgresServer) -> None:
    access = postgres.folder / "data/pg_hba.conf"
    before = access.read_bytes()
    access.write_bytes(b"local all all trust\nhost all rotator all scram-sha-256\n")
    postgres.run("SELECT pg_reload_conf()")
    try:
        with pytest.raises(TargetDenied) as caught:
            target(postgres).try_login(postgres.value("app", OLD))
        assert caught.value.facts["number"] == "28000"
    finally:
        access.write_bytes(before)
        postgres.run("SELECT pg_reload_conf()")


def test_nobody_at_the_port_is_unreachable() -> None:
    value = {"host": "127.0.0.1", "port": str(free_port()), "username": "app", "password": OLD}
    with pytest.raises(TargetUnreachable) as caught:
        CONNECTOR.connect(Connection({"tls": "verify"}, timeout_s=2)).try_login(value)
    assert caught.value.retryable


def test_a_server_that_never_answers_is_waited_for_no_longer_than_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        value = {"host": "127.0.0.1", "port": str(silent.getsockname()[1]), "username": "app", "password": OLD}
        with pytest.raises(TargetUnreachable):
            CONNECTOR.connect(Connection({"tls": "off"}, timeout_s=0.3)).try_login(value)


def test_a_statement_that_takes_too_long_is_given_up(postgres: PostgresServer) -> None:
    with pytest.raises(ProbeFailed):
        target(postgres, timeout_s=0.3, probe="SELECT pg_sleep(60)").probe(postgres.value("app", OLD))


def test_a_server_that_stands_still_behind_a_statement_is_not_waited_for(postgres: PostgresServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door, Halting(door, postgres.port, behind=b"pg_sleep") as halting:
        value = {**postgres.value("app", OLD), "port": str(door.getsockname()[1])}
        with pytest.raises(TargetUnreachable):
            target(postgres, tls="off", timeout_s=0.5, probe="SELECT pg_sleep(0)").probe(value)
        assert halting.halted.is_set()


@pytest.mark.parametrize("field", ["username", "password", "dbname"])
def test_a_zero_byte_does_not_cut_off_that_the_certificate_is_verified(field: str) -> None:
    got = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as thief:
        listener = threading.Thread(target=_ask_for_clear_password, args=(thief, got))
        listener.start()
        value = {"host": "127.0.0.1", "port": str(thief.getsockname()[1]), "username": "app", "password": OLD}
        with pytest.raises(TargetFailed) as caught:
            CONNECTOR.connect(Connection({"tls": "verify"})).try_login({**value, field: f"{OLD}\0"})
        assert caught.value.facts["reason"] == "zero_byte"
        socket.create_connection(thief.getsockname()).close()
        listener.join()
    assert not got


@pytest.mark.parametrize("port", ["0", "65536", "x", "٣"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    with pytest.raises(TargetFailed) as caught:
        CONNECTOR.connect(Connection({})).try_login({"host": "h", "port": port, "username": "a", "password": "p"})
    assert caught.value.facts["reason"] == "port"


# TLS


def test_a_certificate_that_nobody_trusts_gets_no_password(postgres: PostgresServer) -> None:
    for settings in (postgres.settings(tls_ca=""), postgres.settings(tls_ca="/nowhere/ca.pem")):
        with pytest.raises(TargetUntrusted):
            CONNECTOR.connect(Connection(settings)).try_login(postgres.value("app", OLD))


def test_a_certificate_of_another_name_gets_no_password(postgres: PostgresServer) -> None:
    with socket.create_server(("127.0.0.2", 0)) as door:
        # The same server, behind an address that its certificate does not name.
        threading.Thread(target=_pass_on, args=(door, postgres.port), daemon=True).start()
        value = {**postgres.value("app", OLD), "host": "127.0.0.2", "port": str(door.getsockname()[1])}
        with pytest.raises(TargetUntrusted):
            target(postgres).try_login(value)


def test_a_server_without_tls_gets_no_password_unless_that_was_turned_off() -> None:
    with PostgresServer("ssl=off") as plain:
        # The server's own test account comes over the socket; this one by the network.
        plain.role("app", OLD)
        with pytest.raises(TargetUntrusted):
            target(plain).try_login(plain.value("app", OLD))
        assert target(plain, tls="off").try_login(plain.value("app", OLD)) is Trial.ACCEPTED


def test_without_tls_a_server_that_asks_for_the_clear_password_does_not_get_it() -> None:
    got = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as thief:
        listener = threading.Thread(target=_ask_for_clear_password, args=(thief, got))
        listener.start()
        value = {"host": "127.0.0.1", "port": str(thief.getsockname()[1]), "username": "app", "password": OLD}
        with pytest.raises(RemoteError):
            CONNECTOR.connect(Connection({"tls": "off"}, timeout_s=5)).try_login(value)
        listener.join()
    assert b"app" in got
    assert OLD.encode() not in got


# What is told


def test_no_error_quotes_what_was_sent(postgres: PostgresServer) -> None:
    found = target(postgres)
    postgres.read_only(on=True)
    try:
        with pytest.raises(TargetReadOnly) as caught:
            found.set(postgres.value("app", OLD), postgres.value("app", NEW), keep=None)
    finally:
        postgres.read_only(on=False)
    told = "".join(traceback.format_exception(caught.value))
    assert "SCRAM-SHA-256" not in told
    assert OLD not in told
    assert NEW not in told
    assert caught.value.__cause__ is None
    assert OLD not in repr(Connection(postgres.settings(), postgres.value("app", OLD)))


class Halting:
    """Passes on what one client and the server say, until the client says something; then nothing comes back."""

    def __init__(self, door: socket.socket, port: int, behind: bytes) -> None:
        self.halted = threading.Event()
        self._behind = behind
        self._thread = threading.Thread(target=self._pass_on, args=(door, port))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    def _pass_on(self, door: socket.socket, port: int) -> None:
        near, _ = door.accept()
        with near, socket.create_connection(("127.0.0.1", port)) as far:
            while found := select.select([near, far], [], [])[0]:
                for source in found:
                    data = source.recv(65536)
                    if source is near and not data:
                        return
                    self.halted.set() if self._behind in data and source is near else None
                    if not self.halted.is_set():
                        (far if source is near else near).sendall(data)


def _pass_on(door: socket.socket, port: int) -> None:
    near, _ = door.accept()
    with near, socket.create_connection(("127.0.0.1", port)) as far:

        def copy(source: socket.socket, sink: socket.socket) -> None:
            try:
                while data := source.recv(65536):
                    sink.sendall(data)
                sink.shutdown(socket.SHUT_WR)
            except OSError:
                return

        back = threading.Thread(target=copy, args=(far, near), daemon=True)
        back.start()
        copy(near, far)
        back.join()


def _ask_for_clear_password(door: socket.socket, got: bytearray) -> None:
    """Speak as PostgreSQL does: AuthenticationCleartextPassword is 'R', length 8, code 3."""
    near, _ = door.accept()
    with near:
        got += near.recv(4096)
        near.sendall(b"R\0\0\0\x08\0\0\0\x03")
        while data := near.recv(4096):
            got += data
