"""A target in memory that crashes, loses answers, refuses and lags as a test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from vaultapp.contracts.connectors import Connection, Connector, Fields, Trial
from vaultapp.contracts.credential_kinds import MYSQL
from vaultapp.core.credential_errors import ConnectorMissing
from vaultapp.core.target_errors import LoginRefused, TargetBusy


class Killed(BaseException):
    """The process ends here: nothing after it happens, no clean-up that a killed process would not do either."""


@dataclass
class FakeServer:
    """Accounts with the passwords that log in, and what goes wrong.

    Attributes:
        accounts: By name; all that are valid.
        sessions: Open ones, by the password they came in with.
        before, after: By method: what to do, once each, before it takes effect or after. An exception is raised,
            a function is called.
        calls: Methods in their order.
        locked: Another vault holds the lock of every account.
        exclusive: Accounts whose lock is held from here.
        lag: So many logins with a new password are refused before it is known.
    """

    accounts: dict[str, list[str]] = field(default_factory=dict)
    sessions: list[str] = field(default_factory=list)
    before: dict[str, list[BaseException | Callable[[], object] | None]] = field(default_factory=dict)
    after: dict[str, list[BaseException | Callable[[], object] | None]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    lag: int = 0
    locked: bool = False
    exclusive: set[str] = field(default_factory=set)

    def happen(self, moments: dict[str, list[BaseException | Callable[[], object] | None]], method: str) -> None:
        waiting = moments.get(method)
        if not waiting:
            return
        found = waiting.pop(0)
        if isinstance(found, BaseException):
            raise found
        if found is not None:
            found()

    def logs_in(self, value: Mapping[str, str]) -> bool:
        return value["password"] in self.accounts.get(value["username"], [])


class FakeTarget:
    def __init__(self, server: FakeServer, connection: Connection) -> None:
        self._server = server
        self._connection = connection

    def propose(self, current: Fields, secret: str, known: Sequence[Fields]) -> dict[str, str]:
        with self._call("propose"):
            self._server.secrets.append(secret)
            return {**current, "password": secret}

    def try_login(self, value: Fields) -> Trial:
        with self._call("try_login"):
            return self._login(value)

    @contextmanager
    def exclusive(self, valid: Fields) -> Iterator[None]:
        with self._call("exclusive"):
            if self._login(valid) is Trial.REFUSED:
                raise LoginRefused(target="db:3306", account=valid["username"])
            if self._server.locked or valid["username"] in self._server.exclusive:
                raise TargetBusy(target="db:3306", reason="lock")
        self._server.exclusive.add(valid["username"])
        try:
            yield
        finally:
            # As the target does when the connection breaks.
            self._server.exclusive.discard(valid["username"])
        with self._call("unlock"):
            pass

    def set(self, valid: Fields, pending: Fields, *, keep: Fields | None) -> None:
        with self._call("set"):
            if self._login(valid) is Trial.REFUSED:
                raise LoginRefused(target="db:3306", account=valid["username"])
            kept = [] if keep is None else [keep["password"]]
            self._server.accounts[pending["username"]] = [*kept, pending["password"]]

    def probe(self, pending: Fields) -> None:
        with self._call("probe"):
            if self._server.lag > 0:
                self._server.lag -= 1
                raise LoginRefused(target="db:3306", account=pending["username"])
            if self._login(pending) is Trial.REFUSED:
                raise LoginRefused(target="db:3306", account=pending["username"])

    def retire(self, current: Fields, old: Fields) -> None:
        with self._call("retire"):
            valid = self._server.accounts[old["username"]]
            self._server.accounts[old["username"]] = [one for one in valid if one != old["password"]]

    def end_sessions(self, current: Fields, old: Fields) -> int:
        with self._call("end_sessions"):
            ended = [one for one in self._server.sessions if one == old["password"]]
            self._server.sessions = [one for one in self._server.sessions if one not in ended]
            return len(ended)

    def close(self) -> None:
        self._server.calls.append("close")

    def _login(self, value: Fields) -> Trial:
        return Trial.ACCEPTED if self._server.logs_in(value) else Trial.REFUSED

    @contextmanager
    def _call(self, method: str) -> Iterator[None]:
        self._server.calls.append(method)
        self._server.happen(self._server.before, method)
        yield
        self._server.happen(self._server.after, method)


class FakeConnectors:
    """Knows one kind.

    Attributes:
        keeps_old: Two values are valid at once.
        seen: The connections that were asked for.
    """

    def __init__(self, server: FakeServer) -> None:
        self.server = server
        self.keeps_old = True
        self.seen: list[Connection] = []
        self.there = True

    def find(self, kind: str) -> Connector:
        if kind != MYSQL.name or not self.there:
            raise ConnectorMissing(kind=kind)
        return Connector(MYSQL, self._connect, lambda _settings: self.keeps_old)

    def _connect(self, connection: Connection) -> FakeTarget:
        self.seen.append(connection)
        return FakeTarget(self.server, connection)
