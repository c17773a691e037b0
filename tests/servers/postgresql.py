"""A real PostgreSQL server on loopback that logs every statement."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.closes_on_leaving import ClosesOnLeaving
from tests.ordinary_user import OrdinaryUser
from tests.servers.authority import Authority
from tests.servers.free_port import free_port

START_S = 30
ADMIN, ADMIN_PASSWORD = "rotator", "rotators-own-password"


class PostgresServer(ClosesOnLeaving):
    """Runs as an ordinary user in a folder of its own, with TLS and ``log_statement=all``.

    ``postgres`` comes in by the socket, without a password; whoever comes over the network shows one by SCRAM. The role
    ``rotator`` may make and change roles and end sessions, and no more.

    Args:
        options: Further settings, e.g. ``max_connections=10``.

    Attributes:
        host, port: Where it listens.
        folder: Holds all that it writes.
        ca: The certificate by which it is known.
    """

    host = "127.0.0.1"

    def __init__(self, *options: str) -> None:
        self._user = OrdinaryUser.with_home()
        self.folder = self._user.home
        self.port = free_port()
        self.ca = self.folder / "ca.pem"
        self._data = self.folder / "data"
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._admin: psycopg.Connection[Any] | None = None
        try:
            self._install()
            self.start()
            self.role(ADMIN, ADMIN_PASSWORD, "CREATEROLE IN ROLE pg_signal_backend")
            self.run("CREATE DATABASE shop")
        except BaseException:
            self.close()
            raise

    def start(self, *options: str) -> None:
        """Start it and wait until it answers; further settings hold for this time only."""
        settings = [
            *(f"port={self.port}", f"listen_addresses={self.host}", f"unix_socket_directories={self.folder}"),
            *("log_statement=all", "fsync=off", "shared_buffers=16MB", "max_connections=20"),
            *("ssl=on", f"ssl_cert_file={self.folder}/server.pem", f"ssl_key_file={self.folder}/server.key"),
            *self._options,
            *options,
        ]
        argv = [_binary("postgres"), "-D", self._data, *(part for setting in settings for part in ("-c", setting))]
        with self._log.open("ab") as log:
            self._process = self._user.start(argv, stdout=subprocess.DEVNULL, stderr=log)
        until = time.monotonic() + START_S
        while True:
            try:
                self._admin = self._by_socket()
            except psycopg.OperationalError:
                assert self._process.poll() is None, self._log.read_text()
                assert time.monotonic() < until, self._log.read_text()
                time.sleep(0.02)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT breaks connections in order, SIGQUIT is a crash."""
        if self._admin is not None:
            self._admin.close()
            self._admin = None
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(START_S)
            self._process = None

    def kill(self) -> None:
        """End it as a crash would; what was committed is there after the next start."""
        self.stop(signal.SIGQUIT)

    def restart(self, *options: str) -> None:
        """End it in order and start it again."""
        self.stop()
        self.start(*options)

    def close(self) -> None:
        """End it, and remove its folder."""
        self.stop(signal.SIGQUIT)
        self._user.close()

    def read_only(self, *, on: bool) -> None:
        """Refuse changes in new sessions, as a replica does."""
        self.run(f"ALTER SYSTEM SET default_transaction_read_only = {'on' if on else 'off'}", read_write=True)
        self.run("SELECT pg_reload_conf()")

    def run(self, statement: str, *arguments: object, read_write: bool = False) -> list[tuple[Any, ...]]:
        """Execute a statement as ``postgres`` and return its rows."""
        assert self._admin is not None
        if read_write:
            self._admin.execute("SET default_transaction_read_only = off")
        cursor = self._admin.execute(statement.encode(), arguments or None)
        return cursor.fetchall() if cursor.description else []

    def role(self, name: str, password: str, options: str = "") -> None:
        """Make a role that logs in; the server is given the verifier only."""
        assert self._admin is not None
        verifier = self._admin.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
        made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} ").format(sql.Identifier(name), sql.Literal(verifier))
        self._admin.execute(made + sql.SQL(options))

    def value(self, name: str, password: str) -> dict[str, str]:
        """Return what a credential for this server consists of."""
        return {
            "engine": "postgres",
            "host": self.host,
            "port": str(self.port),
            "username": name,
            "password": password,
            "dbname": "postgres",
        }

    def admin_value(self) -> dict[str, str]:
        """Return the credential that may change others."""
        return self.value(ADMIN, ADMIN_PASSWORD)

    def settings(self, **changed: str) -> dict[str, str]:
        """Return the settings of a connection, with TLS verified by this server's authority."""
        given = {"strategy": "single", "tls": "verify", "tls_ca": str(self.ca), "probe": ""}
        return {**given, **changed}

    def connect(self, name: str, password: str, dbname: str = "postgres") -> psycopg.Connection[Any]:
        """Log in over the network, as an application does. The caller closes it."""
        return psycopg.connect(
            host=self.host,
            port=self.port,
            user=name,
            password=password,
            dbname=dbname,
            sslmode="verify-full",
            sslrootcert=str(self.ca),
            autocommit=True,
        )

    def logs_in(self, name: str, password: str) -> bool:
        """Tell whether a password is valid."""
        try:
            self.connect(name, password).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                return False
            raise
        return True

    def leaks(self, secret: str) -> list[Path]:
        """Return all files of the server that hold a text: logs, tables, write-ahead log."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path for path in files if secret.encode() in path.read_bytes())

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def _install(self) -> None:
        Authority(self.folder)
        self._log.touch()
        self._user.own(self.folder)
        done = self._user.run(
            [
                *(_binary("initdb"), "-D", self._data, "-U", "postgres", "--no-sync", "--encoding=UTF8"),
                *("--auth-local=trust", "--auth-host=scram-sha-256"),
            ]
        )
        assert done.returncode == 0, done.stderr.decode()

    def _by_socket(self) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=str(self.folder), port=self.port, user="postgres", dbname="postgres", autocommit=True
        )


def _binary(name: str) -> Path:
    """Find a program of the newest release that is installed; Debian keeps them beside each other."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    assert found, "install the package postgresql"
    return found[-1]
