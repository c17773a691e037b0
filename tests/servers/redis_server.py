"""A real Redis server on loopback, or several that know nothing of each other."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Any

import redis

from tests.closes_on_leaving import ClosesOnLeaving
from tests.ordinary_user import OrdinaryUser
from tests.servers.authority import Authority
from tests.servers.free_port import free_port

START_S = 30
ROOT_PASSWORD = "roots-own-password"
ADMIN, ADMIN_PASSWORD = "rotator", "rotators-own-password"


class RedisServer(ClosesOnLeaving):
    """Runs as an ordinary user in a folder of its own, with an ACL file; the user ``default`` may do all.

    The user ``rotator`` may change the access lists and end sessions, and no more.

    Args:
        options: Further options, e.g. ``--maxclients``, ``4``.
        tls: Answer with TLS only.
        acl_file: Keep access lists over a restart.

    Attributes:
        host, port: Where it listens.
        folder: Holds all that it writes.
        ca: The certificate by which it is known.
    """

    host = "127.0.0.1"

    def __init__(self, *options: str, tls: bool = False, acl_file: bool = True) -> None:
        self._user = OrdinaryUser.with_home()
        self.folder = self._user.home
        self.port = free_port()
        self.ca = self.folder / "ca.pem"
        self._tls = tls
        self._acl_file = acl_file
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        try:
            Authority(self.folder)
            (self.folder / "users.acl").write_text(f"user default on >{ROOT_PASSWORD} ~* &* +@all\n")
            self._user.own(self.folder)
            self.start()
            self.run("ACL", "SETUSER", ADMIN, "on", f">{ADMIN_PASSWORD}", "+acl", "+client", "+ping", "+config|rewrite")
        except BaseException:
            self.close()
            raise

    def start(self) -> None:
        """Start it and wait until it answers."""
        port = ("--port", "0", "--tls-port", str(self.port)) if self._tls else ("--port", str(self.port))
        tls = (
            *("--tls-cert-file", str(self.folder / "server.pem"), "--tls-key-file", str(self.folder / "server.key")),
            *("--tls-ca-cert-file", str(self.ca), "--tls-auth-clients", "no"),
        )
        acl = ("--aclfile", str(self.folder / "users.acl")) if self._acl_file else ("--requirepass", ROOT_PASSWORD)
        argv = [
            *("/usr/bin/redis-server", *port, "--bind", self.host, "--save", "", "--dir", str(self.folder)),
            *("--logfile", str(self.folder / "log"), "--loglevel", "debug", *acl, *(tls if self._tls else ())),
            *self._options,
        ]
        self._process = self._user.start(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + START_S
        while True:
            try:
                self.run("PING")
            except redis.ConnectionError:
                log = self.folder / "log"
                said = log.read_text() if log.exists() else ""
                assert self._process.poll() is None, said
                assert time.monotonic() < until, said
                time.sleep(0.02)
            else:
                return

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        """End it and start it again; what was not saved is gone."""
        self.kill()
        self.start()

    def close(self) -> None:
        """End it, and remove its folder."""
        self.kill()
        self._user.close()

    def run(self, *command: str) -> Any:
        """Execute a command as ``default``."""
        with self.connect("default", ROOT_PASSWORD) as connection:
            return connection.execute_command(*command)

    def account(self, name: str, password: str, *rules: str) -> None:
        """Make a user that may read and write everything."""
        self.run("ACL", "SETUSER", name, "on", f">{password}", "~*", "&*", "+@all", *rules)
        if self._acl_file:
            self.run("ACL", "SAVE")

    def value(self, name: str, password: str) -> dict[str, str]:
        """Return what a credential for this server consists of."""
        return {"host": self.host, "port": str(self.port), "username": name, "password": password}

    def admin_value(self) -> dict[str, str]:
        """Return the credential that may change others."""
        return self.value(ADMIN, ADMIN_PASSWORD)

    def settings(self, **changed: str) -> dict[str, str]:
        """Return the settings of a connection."""
        tls = {"tls": "verify", "tls_ca": str(self.ca)} if self._tls else {"tls": "off", "tls_ca": ""}
        return {"nodes": "", "grace_minutes": "30", **tls, **changed}

    def connect(self, name: str, password: str) -> redis.Redis:
        """Return a client with one connection, as an application's. The caller closes it."""
        tls = {"ssl": True, "ssl_ca_certs": str(self.ca)} if self._tls else {}
        return redis.Redis(
            host=self.host,
            port=self.port,
            username=name,
            password=password,
            decode_responses=True,
            single_connection_client=True,
            protocol=2,
            retry=None,
            driver_info=None,
            **tls,
        )

    def logs_in(self, name: str, password: str) -> bool:
        """Tell whether a password is valid."""
        try:
            self.connect(name, password).close()
        except redis.AuthenticationError:
            return False
        return True

    def leaks(self, secret: str) -> list[Path]:
        """Return all files of the server that hold a text."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path for path in files if secret.encode() in path.read_bytes())
