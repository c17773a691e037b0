"""One server of each kind for all tests of a module: starting one takes longer than most of them."""

from __future__ import annotations

from itertools import count
from typing import Protocol

from tests.closes_on_leaving import ClosesOnLeaving
from tests.servers.mariadb import MariaDbServer
from tests.servers.moto_server import MotoServer
from tests.servers.postgresql import PostgresServer
from tests.servers.redis_server import RedisServer


class RotatedServer(Protocol):
    """What the servers have in common."""

    def logs_in(self, name: str, password: str) -> bool:
        """Tell whether a password is valid."""

    def value(self, name: str, password: str) -> dict[str, str]:
        """Return what a credential for this server consists of."""

    def admin_value(self) -> dict[str, str]:
        """Return the credential that may change others."""

    def settings(self, **changed: str) -> dict[str, str]:
        """Return the settings of a connection."""


class KeptServers(ClosesOnLeaving):
    """Starts a server when a test first asks for its kind. Each test has an account that no other one touches."""

    def __init__(self) -> None:
        self._mariadb: MariaDbServer | None = None
        self._postgres: PostgresServer | None = None
        self._redis: RedisServer | None = None
        self._moto: MotoServer | None = None
        self._numbers = count(1)

    def account(self, kind: str, password: str) -> tuple[RotatedServer, str]:
        """Return the server for a kind of credential, and the name of a new account there."""
        name = self._name()
        if kind == "mysql":
            self._mariadb = self._mariadb or MariaDbServer()
            self._mariadb.account(name, password)
            return self._mariadb, name
        if kind == "postgresql":
            self._postgres = self._postgres or PostgresServer()
            self._postgres.role(name, password)
            return self._postgres, name
        self._redis = self._redis or RedisServer()
        self._redis.account(name, password)
        return self._redis, name

    def aws_user(self) -> tuple[MotoServer, dict[str, str]]:
        """Return the stand-in for AWS, and the value of a new user's only key."""
        self._moto = self._moto or MotoServer()
        return self._moto, self._moto.user(self._name())

    def close(self) -> None:
        """End them."""
        for server in (self._mariadb, self._postgres, self._redis, self._moto):
            if server is not None:
                server.close()

    def _name(self) -> str:
        return f"app{next(self._numbers)}"
