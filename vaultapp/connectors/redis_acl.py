"""Redis: a user may have several passwords at once; the server is given SHA-256 hashes of them only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from vaultapp.connectors.address import Account, Address, account_of, changer_of
from vaultapp.connectors.redis_login import RedisSession
from vaultapp.contracts.connectors import Connection, Connector, Fields, Trial
from vaultapp.contracts.credential_kinds import REDIS
from vaultapp.core.errors import RemoteError
from vaultapp.core.target_errors import (
    CHANGER_LOGIN,
    AccountLocked,
    LoginRefused,
    PasswordRefused,
    TargetBusy,
    TargetDenied,
    TargetFailed,
)

PORT = 6379
_LOCK_NAME = "vaultapp-rotates-"


class RedisTarget:
    """One user, on every node of the settings. Tried against Redis 7.0.

    Access lists are not replicated, so each change is made on every node: the new password is added everywhere, shown
    to log in everywhere, and only then is the old one taken away. A change is saved to the ACL file, or by CONFIG
    REWRITE; a server that has neither is refused before anything is changed, because it would forget the new password
    when it restarts.

    A value counts as accepted when every node accepts it.

    The lock is the name of a connection (CLIENT SETNAME) at the node that the value names: a second vault sees it in
    CLIENT LIST and gives way. It needs no key and ends with the connection. An account that may not list clients
    rotates without a lock.

    Args:
        connection: Settings, admin, and the time for each wait.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock: RedisSession | None = None

    def propose(self, current: Fields, secret: str, known: Sequence[Fields]) -> dict[str, str]:  # noqa: ARG002
        """Put the secret in."""
        return {**current, "password": secret}

    def try_login(self, value: Fields) -> Trial:
        """Log in at every node. A user that is off is told from a wrong password where an admin can look."""
        try:
            self._log_in_everywhere(value)
        except LoginRefused:
            if self._connection.admin is not None:
                self._look_if_locked(value)
            return Trial.REFUSED
        return Trial.ACCEPTED

    @contextmanager
    def exclusive(self, valid: Fields) -> Iterator[None]:
        """Hold a connection whose name is the lock, once every node is seen to take and keep a change."""
        account = account_of(valid, PORT)
        session = self._changer(valid, account.address)
        try:
            self._take_lock(session, account)
            self._look_at_nodes(valid)
            self._lock = session
            yield
        finally:
            self._lock = None
            session.close()

    def set(self, valid: Fields, pending: Fields, *, keep: Fields | None) -> None:
        """Let every node take the new password beside the one that is kept, and no other."""
        account = account_of(pending, PORT)
        if account.name != account_of(valid, PORT).name:
            raise TargetFailed(target=str(account.address), number=0, reason="other_account")
        if not account.password:
            raise PasswordRefused(target=str(account.address))
        self._look_at_nodes(valid)
        with self._changers(valid) as sessions:
            for session in sessions:
                session.run("ACL", "SETUSER", account.name, _added(pending))
            if keep is None:
                # A node that has it not would lock the account out there.
                self._log_in_everywhere(pending)
            beside = () if keep is None else (_added(keep),)
            for session in sessions:
                session.run("ACL", "SETUSER", account.name, "resetpass", _added(pending), *beside)
                self._save(session)

    def probe(self, pending: Fields) -> None:
        """Log in at every node; Redis has no statement that every user may make."""
        self._log_in_everywhere(pending)

    def retire(self, current: Fields, old: Fields) -> None:
        """Take the old password from every node, once the current one is shown to log in there."""
        account = account_of(old, PORT)
        if old.get("password") == current.get("password"):
            return
        self._log_in_everywhere(current)
        with self._changers(current) as sessions:
            for session in sessions:
                if _hash(old) in self._hashes(session, account):
                    session.run("ACL", "SETUSER", account.name, f"!{_hash(old)}")
                    self._save(session)
        for address in self._nodes(old):
            with suppress(LoginRefused):
                self._open(Account(address, account.name, account.password)).close()
                raise TargetFailed(target=str(address), number=0, reason="old_stays")

    def end_sessions(self, current: Fields, old: Fields) -> int:
        """End all connections of the user on every node but our own; return how many there were."""
        account = account_of(old, PORT)
        ended = 0
        for address in self._nodes(current):
            if self._lock is not None and self._lock.account.address == address:
                # This one is spared only if it asks itself.
                ended += _kill(self._lock, account.name)
                continue
            session = self._changer(current, address)
            try:
                ended += _kill(session, account.name)
            finally:
                session.close()
        return ended

    def close(self) -> None:
        """Let go of nothing: each call closes its own connections."""

    def _nodes(self, value: Fields) -> tuple[Address, ...]:
        """Return the node that the value names, and those of the settings."""
        named = (text for text in self._connection.settings.get("nodes", "").split(",") if text.strip())
        return tuple(dict.fromkeys((Address.of(value, PORT), *(Address.parse(text, PORT) for text in named))))

    def _open(self, account: Account) -> RedisSession:
        return RedisSession(account, self._connection.settings, self._connection.timeout_s)

    def _changer(self, value: Fields, node: Address) -> RedisSession:
        changer = changer_of(self._connection, value, PORT)
        try:
            return self._open(Account(node, changer.name, changer.password))
        except LoginRefused as exc:
            if self._connection.admin is None:
                raise
            # It is not the rotated account whose password is not known.
            raise TargetDenied(**exc.facts, reason=CHANGER_LOGIN) from None

    @contextmanager
    def _changers(self, value: Fields) -> Iterator[list[RedisSession]]:
        """Connect to all nodes, or to none."""
        sessions: list[RedisSession] = []
        try:
            for node in self._nodes(value):
                sessions.append(self._changer(value, node))  # noqa: PERF401 - closed below, however far it came
            yield sessions
        finally:
            for session in sessions:
                session.close()

    def _log_in_everywhere(self, value: Fields) -> None:
        account = account_of(value, PORT)
        for node in self._nodes(value):
            self._open(Account(node, account.name, account.password)).close()

    def _take_lock(self, session: RedisSession, account: Account) -> None:
        name = _LOCK_NAME + hashlib.sha256(account.name.encode()).hexdigest()[:16]
        try:
            session.run("CLIENT", "SETNAME", name)
            found = str(session.run("CLIENT", "LIST"))
        except TargetDenied:
            return
        # Named before it is looked: of two that come at once none goes on, rather than both.
        if found.split().count(f"name={name}") > 1:
            raise TargetBusy(target=str(account.address), reason="lock")

    def _look_at_nodes(self, value: Fields) -> None:
        """Find out what would stop a change while nothing is changed: each node saves its lists as they are."""
        with self._changers(value) as sessions:
            for session in sessions:
                self._check_user(session, account_of(value, PORT))
                self._save(session)

    def _look_if_locked(self, value: Fields) -> None:
        account = account_of(value, PORT)
        try:
            with self._changers(value) as sessions:
                for session in sessions:
                    self._check_user(session, account)
        except AccountLocked:
            raise
        except RemoteError:
            # What the admin cannot say now changes nothing of the answer.
            return

    def _check_user(self, session: RedisSession, account: Account) -> None:
        """Look that the user is there and on: SETUSER would make one that is not."""
        target = str(session.account.address)
        found = self._user(session, account)
        if not found:
            raise TargetFailed(target=target, number=0, reason="no_account")
        if "off" in found.get("flags", ()):
            raise AccountLocked(target=target, account=account.name)

    def _hashes(self, session: RedisSession, account: Account) -> Sequence[str]:
        return [str(found) for found in self._user(session, account).get("passwords", ())]

    def _user(self, session: RedisSession, account: Account) -> dict[str, Any]:
        """Return what ACL GETUSER says, a flat list of names and values; empty when there is no such user."""
        found = session.run("ACL", "GETUSER", account.name) or []
        if not isinstance(found, list) or len(found) % 2:
            raise TargetFailed(target=str(session.account.address), number=0, reason="protocol")
        return dict(zip(map(str, found[::2]), found[1::2], strict=True))

    def _save(self, session: RedisSession) -> None:
        try:
            session.run("ACL", "SAVE")
        except TargetFailed as exc:
            if exc.facts.get("reason") != "no_aclfile":
                raise
            # Where access lists are kept in the server's own settings.
            session.run("CONFIG", "REWRITE")


def _hash(value: Fields) -> str:
    """Return what Redis keeps of a password: its SHA-256 in hexadecimal."""
    return hashlib.sha256(value.get("password", "").encode()).hexdigest()


def _added(value: Fields) -> str:
    return f"#{_hash(value)}"


def _kill(session: RedisSession, name: str) -> int:
    ended = session.run("CLIENT", "KILL", "USER", name, "SKIPME", "yes")
    if not isinstance(ended, int):
        raise TargetFailed(target=str(session.account.address), number=0, reason="protocol")
    return ended


CONNECTOR = Connector(REDIS, RedisTarget, lambda _settings: True)
