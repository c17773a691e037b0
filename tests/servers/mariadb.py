"""A real MariaDB server on loopback, with everything on by which a password could leak."""

from __future__ import annotations

import hashlib
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import pymysql

from tests.closes_on_leaving import ClosesOnLeaving
from tests.ordinary_user import OrdinaryUser
from tests.servers.authority import Authority
from tests.servers.free_port import free_port

START_S = 30
ADMIN, ADMIN_PASSWORD = "rotator", "rotators-own-password"


class MariaDbServer(ClosesOnLeaving):
    """Runs as an ordinary user in a folder of its own, with binary log, general log and TLS.

    ``root`` comes in by the socket, without a password; whoever comes over the network shows a password. The account
    ``rotator`` may change accounts and end sessions, and no more.

    Args:
        options: Further options of mariadbd, e.g. ``--max-connections=3``.

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
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._admin: pymysql.Connection[Any] | None = None
        try:
            self._install()
            self.start()
            self.run(f"CREATE USER {ADMIN}@'%' IDENTIFIED VIA mysql_native_password USING '{_hash(ADMIN_PASSWORD)}'")
            self.run(f"GRANT CREATE USER, CONNECTION ADMIN ON *.* TO {ADMIN}@'%'")
            self.run(f"GRANT ALL ON shop.* TO {ADMIN}@'%' WITH GRANT OPTION")
            self.run(f"GRANT SELECT ON mysql.* TO {ADMIN}@'%'")
            self.run("CREATE DATABASE shop")
            self.run("CREATE TABLE shop.orders (id INT PRIMARY KEY)")
        except BaseException:
            self.close()
            raise

    def start(self, *options: str) -> None:
        """Start it and wait until it answers; further options hold for this time only."""
        data = self.folder / "data"
        argv = [
            *("/usr/sbin/mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={self._socket}"),
            # A server that starts removes the temporary tables of all others from a place that they share.
            f"--tmpdir={self.folder}/tmp",
            *(f"--port={self.port}", f"--bind-address={self.host}", "--skip-name-resolve", "--server-id=1"),
            *(f"--log-bin={self.folder}/log/binlog", "--general-log", f"--general-log-file={self.folder}/log/general"),
            *(f"--log-error={self.folder}/log/error", f"--pid-file={self.folder}/pid"),
            *(f"--ssl-ca={self.ca}", f"--ssl-cert={self.folder}/server.pem", f"--ssl-key={self.folder}/server.key"),
            *("--innodb-buffer-pool-size=16M", "--innodb-log-file-size=8M", "--innodb-flush-log-at-trx-commit=2"),
            *self._options,
            *options,
        ]
        self._process = self._user.start(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._wait_until_it_answers(self._process)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._let_go()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self, *options: str) -> None:
        """End it in order and start it again."""
        self.stop()
        self.start(*options)

    def stop(self) -> None:
        """End it in order."""
        self._let_go()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(START_S)
            self._process = None

    def close(self) -> None:
        """End it, and remove its folder."""
        self.kill()
        self._user.close()

    def read_only(self, *, on: bool) -> None:
        """Refuse changes, as a replica does."""
        self.run(f"SET GLOBAL read_only = {int(on)}")

    def run(self, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
        """Execute a statement as root and return its rows."""
        if self._admin is None:
            self._admin = self._by_socket()
        with self._admin.cursor() as cursor:
            cursor.execute(statement, arguments or None)
            return list(cursor.fetchall())

    def account(self, name: str, password: str, host: str = "%", grants: str = "SELECT, INSERT ON shop.*") -> None:
        """Make an account; the server is given the hash only."""
        self.run(f"CREATE USER '{name}'@'{host}' IDENTIFIED VIA mysql_native_password USING '{_hash(password)}'")
        self.run(f"GRANT {grants} TO '{name}'@'{host}'")

    def value(self, name: str, password: str) -> dict[str, str]:
        """Return what a credential for this server consists of."""
        return {"engine": "mariadb", "host": self.host, "port": str(self.port), "username": name, "password": password}

    def admin_value(self) -> dict[str, str]:
        """Return the credential that may change others."""
        return self.value(ADMIN, ADMIN_PASSWORD)

    def settings(self, **changed: str) -> dict[str, str]:
        """Return the settings of a connection, with TLS verified by this server's authority."""
        given = {"strategy": "dual", "grace_minutes": "30", "tls": "verify", "tls_ca": str(self.ca), "probe": ""}
        return {**given, **changed}

    def connect(self, name: str, password: str) -> pymysql.Connection[Any]:
        """Log in over the network, as an application does. The caller closes it."""
        return pymysql.connect(
            host=self.host,
            port=self.port,
            user=name,
            password=password,
            ssl_ca=str(self.ca),
            ssl_verify_cert=True,
            ssl_verify_identity=True,
            connect_timeout=5,
            read_timeout=20,
        )

    def logs_in(self, name: str, password: str) -> bool:
        """Tell whether a password is valid."""
        try:
            self.connect(name, password).close()
        except pymysql.err.OperationalError as error:
            if error.args[0] == pymysql.constants.ER.ACCESS_DENIED_ERROR:
                return False
            raise
        return True

    def leaks(self, secret: str) -> list[Path]:
        """Return all files of the server that hold a text: binary logs, logs, tables."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path for path in files if secret.encode() in path.read_bytes())

    @property
    def _socket(self) -> Path:
        return self.folder / "s"

    def _install(self) -> None:
        Authority(self.folder)
        (self.folder / "log").mkdir()
        (self.folder / "tmp").mkdir()
        self._user.own(self.folder)
        done = self._user.run(
            [
                *("mariadb-install-db", "--no-defaults", f"--datadir={self.folder}/data", "--skip-test-db"),
                "--auth-root-authentication-method=normal",
            ],
            env={"TMPDIR": str(self.folder / "tmp")},
        )
        assert done.returncode == 0, done.stderr.decode()

    def _by_socket(self) -> pymysql.Connection[Any]:
        return pymysql.connect(unix_socket=str(self._socket), user="root", autocommit=True)

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + START_S
        while True:
            # Asked without the driver first, which leaves its socket open when nobody answers.
            with socket.socket(socket.AF_UNIX) as probe:
                if probe.connect_ex(str(self._socket)) == 0:
                    break
            log = self.folder / "log/error"
            said = log.read_text(errors="replace") if log.exists() else ""
            assert process.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.02)
        self._admin = self._by_socket()

    def _let_go(self) -> None:
        if self._admin is not None:
            self._admin.close()
            self._admin = None


def _hash(password: str) -> str:
    """Return what mysql_native_password keeps: the SHA-1 of the SHA-1."""
    inner = hashlib.sha1(password.encode(), usedforsecurity=False).digest()
    return "*" + hashlib.sha1(inner, usedforsecurity=False).hexdigest().upper()
