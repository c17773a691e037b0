"""A credential's account at a MariaDB or MySQL server."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from vaultapp.connectors.address import Account, account_of, changer_of
from vaultapp.connectors.alternating import first_of, other_of
from vaultapp.connectors.mysql_dialects import Dialect
from vaultapp.connectors.mysql_errors import ACCESS_DENIED, EXPIRED, NO_SUCH_THREAD, number_of
from vaultapp.connectors.mysql_mariadb import MariaDb
from vaultapp.connectors.mysql_oracle import MySql
from vaultapp.connectors.mysql_session import DEFAULT_PORT, MySqlSession
from vaultapp.contracts.connectors import Connection, Fields, Trial
from vaultapp.contracts.credential_kinds import ALTERNATING, PROBE, STRATEGY
from vaultapp.core.errors import RemoteError
from vaultapp.core.target_errors import (
    CHANGER_LOGIN,
    LoginRefused,
    ProbeFailed,
    TargetBusy,
    TargetDenied,
    TargetFailed,
    TargetReadOnly,
)

_LOOK_AGAIN_S = 0.05


class MySqlTarget:
    """See :class:`vaultapp.contracts.connectors.Target`. Whether it is MariaDB or MySQL, the server says.

    Strategies: with ``dual`` the account takes two passwords for a time, ``single`` changes the one that it has, and
    ``alternating`` goes back and forth between two accounts (``app``, ``app_clone``) with the same rights.

    The row that changes is the one that the login is accepted by from this machine; other rows of the same name, for
    other hosts, stay as they are.

    Up to three connections are open at a time, of the account itself where it has no admin.

    Two passwords and another account take the right CREATE USER (MySQL: APPLICATION_PASSWORD_ADMIN), of the admin or
    of the account itself. An account that changes itself without it has one password from then on, whatever was to
    be kept.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock: MySqlSession | None = None
        self._lock_name = ""

    def propose(self, current: Fields, secret: str, known: Sequence[Fields]) -> dict[str, str]:
        """Return the current value with the fresh secret; of the other account where two alternate."""
        del known
        value = {**current, "password": secret}
        if self._connection.settings.get(STRATEGY) == ALTERNATING:
            value["username"] = other_of(current.get("username", ""))
        return value

    def try_login(self, value: Fields) -> Trial:
        """Log in with a value; the database is left out, because a login is good without it."""
        try:
            with self._session(account_of(value, DEFAULT_PORT)) as session:
                return Trial.EXPIRED if session.expired() else Trial.ACCEPTED
        except LoginRefused:
            return Trial.REFUSED
        except TargetFailed as exc:
            if number_of(exc) in EXPIRED:
                return Trial.EXPIRED
            raise

    @contextmanager
    def exclusive(self, valid: Fields) -> Iterator[None]:
        """Hold a lock of the server's, by the account's name, on a connection of its own.

        It is held by the one server: several that replicate each other know nothing of each other's locks. An account
        whose password has expired, and that changes itself, can take none.
        """
        account = account_of(valid, DEFAULT_PORT)
        session = self._changer(account, changer_of(self._connection, valid, DEFAULT_PORT))
        name = lock_name(account.name)
        try:
            if session.expired():
                yield
                return
            if session.run("SELECT GET_LOCK(%s, 0)", name)[0][0] != 1:
                raise TargetBusy(target=str(account.address), reason="lock")
            self._lock, self._lock_name = session, name
            yield
        finally:
            self._lock = None
            # The server lets go of the lock when the connection ends.
            session.close()

    def set(self, valid: Fields, pending: Fields, *, keep: Fields | None) -> None:
        """Let the account, or the one that it alternates with, take the pending value."""
        own, new = account_of(valid, DEFAULT_PORT), account_of(pending, DEFAULT_PORT)
        self._guard(own, new)
        with self._own_and_manager(valid) as (session, manager):
            dialect = self._dialect(session)
            if new.name != own.name:
                # Rights come before the password: what logs in has them, and is left alone.
                if self.try_login(pending) is not Trial.ACCEPTED:
                    dialect.set_other(session, manager, new.name, new.password)
                return
            kept = account_of(keep, DEFAULT_PORT).password if keep is not None else None
            dialect.set_password(session, manager, new.password, kept)

    def probe(self, pending: Fields) -> None:
        """Log in with the new value, to its database, and run the statement of the settings."""
        account = account_of(pending, DEFAULT_PORT)
        failed = ProbeFailed(target=str(account.address), account=account.name)
        try:
            with self._session(account, pending.get("dbname", "")) as session:
                session.run("SELECT 1")
                statement = self._connection.settings.get(PROBE.name, "").strip()
                if statement:
                    # One row shows as much as all.
                    session.run("SET SESSION sql_select_limit = 1")
                    session.run(statement)
        except (TargetDenied, TargetFailed, TargetReadOnly):
            raise failed from None

    def retire(self, current: Fields, old: Fields) -> None:
        """Let the old password be refused; where two accounts alternate, the old one refuses all until its turn."""
        own, gone = account_of(current, DEFAULT_PORT), account_of(old, DEFAULT_PORT)
        self._guard(own, gone)
        with self._own_and_manager(current) as (session, manager):
            dialect = self._dialect(session)
            if gone.name != own.name:
                dialect.shut(manager, session, gone.name)
            else:
                dialect.drop_old(session, manager, own.password, gone.password)

    def end_sessions(self, current: Fields, old: Fields) -> int:
        """End all sessions of the old value's account but our own, those that were opened with the new one too.

        The server does not tell which password a session was opened with. An account may end its own sessions; those
        that come while this goes on are not touched.
        """
        own, gone = account_of(current, DEFAULT_PORT), account_of(old, DEFAULT_PORT)
        self._guard(own, gone)
        with self._own_and_manager(current) as (session, manager):
            if gone.name == own.name:
                return self._end_each(session, gone.name)
            counted = self._dialect(manager).end_sessions_of(manager, gone.name)
            return self._end_each(manager, gone.name) if counted is None else counted

    def close(self) -> None:
        """Let go of the lock's connection, the only one that outlives a call."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _session(self, account: Account, database: str = "") -> MySqlSession:
        return MySqlSession(account, self._connection.settings, self._connection.timeout_s, database)

    @contextmanager
    def _own_and_manager(self, value: Fields) -> Iterator[tuple[MySqlSession, MySqlSession]]:
        """Log in as the account and as the one that may change it, once it is sure that this is where changes go."""
        own = account_of(value, DEFAULT_PORT)
        changer = changer_of(self._connection, value, DEFAULT_PORT)
        self._still_exclusive()
        with self._session(own) as session:
            if changer == own:
                self._writable(session)
                yield session, session
                return
            with self._changer(own, changer) as manager:
                self._writable(manager)
                yield session, manager

    def _changer(self, own: Account, changer: Account) -> MySqlSession:
        try:
            return self._session(changer)
        except LoginRefused:
            if changer == own:
                raise
            # It says nothing about the account itself, of which another value may be in force.
            target = str(own.address)
            raise TargetDenied(
                target=target, account=changer.name, number=ACCESS_DENIED, reason=CHANGER_LOGIN
            ) from None

    def _writable(self, session: MySqlSession) -> None:
        """Refuse a replica even where the account may write there: the change would be made there alone."""
        if not session.expired() and session.run("SELECT @@GLOBAL.read_only")[0][0]:
            raise TargetReadOnly(target=str(session.account.address))

    def _still_exclusive(self) -> None:
        """A lock ends with its connection, and then another vault may be at work."""
        if self._lock is None:
            return
        ours = self._lock.run("SELECT IS_USED_LOCK(%s) = CONNECTION_ID()", self._lock_name)
        if ours[0][0] != 1:
            raise TargetBusy(target=str(self._lock.account.address), reason="lock")

    def _dialect(self, session: MySqlSession) -> Dialect:
        def log_in(name: str, password: str) -> MySqlSession:
            return self._session(Account(session.account.address, name, password))

        version = session.version()
        return MariaDb(log_in) if "mariadb" in version.casefold() else MySql(log_in, version)

    def _guard(self, own: Account, other: Account) -> None:
        """Two values of one credential are about one account at one server, unless two alternate."""
        alternate = self._connection.settings.get(STRATEGY) == ALTERNATING and other_of(own.name) == other.name
        if own.address != other.address or (own.name != other.name and not alternate):
            raise TargetFailed(target=str(own.address), number=0, reason="other_account")

    def _end_each(self, session: MySqlSession, name: str) -> int:
        """End those that are there now; programs that have the new password may come back at once."""
        ours = {session.number, self._lock.number if self._lock is not None else session.number}
        there = _sessions_of(session, name) - ours
        for number in there:
            _kill(session, number)
        until = time.monotonic() + self._connection.timeout_s
        while _sessions_of(session, name) & there:
            if time.monotonic() > until:
                raise TargetFailed(target=str(session.account.address), number=0, reason="sessions_stay")
            # A session that is told to end does so at its next step.
            time.sleep(_LOOK_AGAIN_S)
        return len(there)


def _sessions_of(session: MySqlSession, name: str) -> frozenset[int]:
    return frozenset(int(row[0]) for row in session.run("SHOW PROCESSLIST") if row[1] == name)


def _kill(session: MySqlSession, number: int) -> None:
    try:
        session.run("KILL %s", number)
    except RemoteError as exc:
        if number_of(exc) != NO_SUCH_THREAD:
            raise


def lock_name(account: str) -> str:
    """Return what the lock of an account is called; two that alternate have one. 64 characters are the most."""
    digest = hashlib.sha256(first_of(account).encode()).hexdigest()
    return f"vaultapp-rotation-{digest[:32]}"
