"""PostgreSQL: the verifier is computed here, so that no statement, log or error ever holds a password."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from vaultapp.connectors.address import Account, account_of, changer_of
from vaultapp.connectors.alternating import first_of, other_of
from vaultapp.connectors.postgresql_errors import DENIED, ROLE_EXISTS, error_of
from vaultapp.connectors.postgresql_login import PostgresLogin, Session
from vaultapp.contracts.connectors import Connection, Connector, Fields, Trial
from vaultapp.contracts.credential_kinds import ALTERNATING, POSTGRESQL, PROBE, SINGLE, STRATEGY
from vaultapp.core.errors import RemoteError
from vaultapp.core.target_errors import (
    CHANGER_LOGIN,
    AccountLocked,
    LoginRefused,
    PasswordRefused,
    ProbeFailed,
    TargetBusy,
    TargetDenied,
    TargetFailed,
    TargetReadOnly,
)

PORT = 5432
_NAME_BYTES = 63
"""Of a role; the server would cut off more and change another role."""
_POLL_S = 0.05
_LIST_PART = re.compile(r'"(?:[^"]|"")*"|[^,\s]+')


class PostgresTarget:
    """One role, or a role and its clone, at one server. Tried against PostgreSQL 15.

    A role has one password, so with the strategy ``single`` the old one is refused as soon as the new one is set.
    With ``alternating`` the roles ``app`` and ``app_clone`` take turns: the clone is a member of ``app`` and acts as
    it (``SET role``), so that it has all its rights and what it makes belongs to ``app``. That takes an admin with
    CREATEROLE (from release 16 on with ADMIN on both roles).

    The lock is an advisory one, which a server keeps by database: two vaults exclude each other when their values
    name the same ``dbname``.

    Args:
        connection: Settings, admin, and the time for each wait.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._alternates = connection.settings.get(STRATEGY, SINGLE) == ALTERNATING
        self._probe = connection.settings.get(PROBE.name, "").strip()
        self._login = PostgresLogin(connection.settings, connection.timeout_s)
        self._lock: Session | None = None

    def propose(self, current: Fields, secret: str, known: Sequence[Fields]) -> dict[str, str]:  # noqa: ARG002
        """Put the secret in, and the name of the other role where two take turns."""
        account = account_of(current, PORT)
        if not self._alternates:
            return {**current, "password": secret}
        other = other_of(account.name)
        if len(other.encode()) > _NAME_BYTES:
            raise TargetFailed(target=str(account.address), number=0, reason="long_name")
        return {**current, "username": other, "password": secret}

    def try_login(self, value: Fields) -> Trial:
        """Log in. An expired role (VALID UNTIL) is told from a wrong password where an admin can look."""
        try:
            self._open(value).close()
        except LoginRefused:
            if self._connection.admin is not None:
                self._look_if_locked(value)
            return Trial.REFUSED
        return Trial.ACCEPTED

    @contextmanager
    def exclusive(self, valid: Fields) -> Iterator[None]:
        """Hold an advisory lock in a session of its own, which lets go of it however that ends."""
        account = account_of(valid, PORT)
        with self._changing(valid, valid.get("dbname", "")) as session:
            self._look_if_it_can(session, account)
            ((taken,),) = self._run(session, "SELECT pg_try_advisory_lock(%s)", _lock_key(account.name))
            if not taken:
                raise TargetBusy(target=str(account.address), reason="lock")
            self._lock = session
            try:
                yield
            finally:
                self._lock = None

    def set(self, valid: Fields, pending: Fields, *, keep: Fields | None) -> None:  # noqa: ARG002 - one a role
        """Give the role the verifier of the new password."""
        valid_account, account = account_of(valid, PORT), account_of(pending, PORT)
        if not self._alternates and account.name != valid_account.name:
            raise TargetFailed(target=str(account.address), number=0, reason="other_account")
        self._still_locked()
        with self._changing(valid) as session:
            if self._alternates:
                self._make_clone(session, valid, pending)
            self._check_role(session, pending)
            self._alter(session, pending)

    def probe(self, pending: Fields) -> None:
        """Log in and run the statement of the settings; what it changes is taken back."""
        session = self._open(pending)
        try:
            if self._probe:
                session.execute("BEGIN")
                session.execute(self._probe.encode())
                session.execute("ROLLBACK")
        except psycopg.Error as exc:
            account = account_of(pending, PORT)
            if session.broken or session.closed:
                raise error_of(exc.sqlstate or "", str(account.address), account.name) from None
            raise ProbeFailed(target=str(account.address), account=account.name) from None
        finally:
            session.close()

    def retire(self, current: Fields, old: Fields) -> None:
        """Take the password from the other role; a role has no second one."""
        if old.get("username") == current.get("username") or self.try_login(old) is Trial.REFUSED:
            return
        account = account_of(old, PORT)
        with self._changing(current) as session:
            self._run(session, sql.SQL("ALTER ROLE {} PASSWORD NULL").format(sql.Identifier(account.name)))

    def end_sessions(self, current: Fields, old: Fields) -> int:
        """End all sessions of the old value's role but our own, and wait until they are gone."""
        # Whoever is the same role, or a member of it, may always; an admin needs pg_signal_backend besides.
        session = self._open(current)
        try:
            return self._end(session, old)
        except TargetDenied:
            if self._connection.admin is None:
                raise
        finally:
            session.close()
        with self._changing(current) as session:
            return self._end(session, old)

    def close(self) -> None:
        """Let go of nothing: each call closes its own session."""

    def _open(self, value: Fields) -> Session:
        return self._login.open(account_of(value, PORT), value.get("dbname", ""))

    @contextmanager
    def _changing(self, value: Fields, dbname: str = "") -> Iterator[Session]:
        """Open a session of the admin, or of the account itself where there is none, by default where it works."""
        account = changer_of(self._connection, value, PORT)
        admin = self._connection.admin
        dbname = dbname or (admin or value).get("dbname", "")
        try:
            session = self._login.open(account, dbname)
        except LoginRefused as exc:
            if admin is None:
                raise
            # It is not the rotated account whose password is not known.
            raise TargetDenied(**exc.facts, reason=CHANGER_LOGIN) from None
        try:
            # A clone begins its sessions as the other role, which may not change the clone.
            self._run(session, "SET ROLE NONE")
            yield session
        finally:
            session.close()

    def _look_if_it_can(self, session: Session, account: Account) -> None:
        """Find out what would stop a change while nothing is changed."""
        target = str(account.address)
        ((read_only, may),) = self._run(
            session,
            "SELECT current_setting('transaction_read_only')::bool, rolcreaterole OR rolsuper FROM pg_roles"
            " WHERE rolname = current_user",
        )
        if read_only:
            raise TargetReadOnly(target=target)
        if not may and (self._alternates or session.info.user != account.name):
            raise TargetDenied(target=target, account=session.info.user, number=DENIED)

    def _still_locked(self) -> None:
        """Look that the server did not let go of the lock meanwhile."""
        if self._lock is not None:
            self._run(self._lock, "SELECT 1")

    def _look_if_locked(self, value: Fields) -> None:
        try:
            with self._changing(value) as session:
                self._check_role(session, value)
        except AccountLocked:
            raise
        except RemoteError:
            # What the admin cannot say now changes nothing of the answer.
            return

    def _check_role(self, session: Session, value: Fields) -> None:
        account = account_of(value, PORT)
        found = self._run(
            session,
            "SELECT rolcanlogin, coalesce(rolvaliduntil < now(), false) FROM pg_roles WHERE rolname = %s",
            account.name,
        )
        if not found:
            raise TargetFailed(target=str(account.address), number=0, reason="no_account")
        ((may_log_in, expired),) = found
        if expired or not may_log_in:
            raise AccountLocked(target=str(account.address), account=account.name)

    def _alter(self, session: Session, value: Fields) -> None:
        account = account_of(value, PORT)
        statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
        verifier = sql.Literal(_verifier(session, account.name, account.password, str(account.address)))
        self._run(session, statement.format(sql.Identifier(account.name), verifier))

    def _make_clone(self, session: Session, valid: Fields, pending: Fields) -> None:
        """Make the role that acts for another, unless it is there or is the other itself."""
        account = account_of(pending, PORT)
        base, clone = first_of(account.name), sql.Identifier(account.name)
        if account.name == base:
            return
        original = account_of(valid, PORT)
        with self._transaction(session):
            if not self._run(session, "SELECT 1 FROM pg_roles WHERE rolname = %s", account.name):
                # NULL: it gets its password by the same way as ever.
                made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD NULL IN ROLE {}").format(clone, sql.Identifier(base))
                try:
                    self._run(session, made)
                except TargetFailed as exc:
                    if exc.facts.get("number") == ROLE_EXISTS:
                        raise TargetBusy(target=str(original.address), reason="lock") from None
                    raise
                self._copy_settings(session, base, account.name)
            elif not self._run(
                session,
                "SELECT 1 FROM pg_auth_members JOIN pg_roles r ON r.oid = roleid JOIN pg_roles m ON m.oid = member"
                " WHERE r.rolname = %s AND m.rolname = %s",
                base,
                account.name,
            ):
                # Somebody else's, who happens to be called so.
                raise TargetFailed(target=str(account.address), number=0, reason="clone_taken")

    def _copy_settings(self, session: Session, base: str, clone: str) -> None:
        """Let the clone begin its sessions as the other does, and act as it."""
        role, original = sql.Identifier(clone), sql.Identifier(base)
        ((limit,),) = self._run(session, "SELECT rolconnlimit FROM pg_roles WHERE rolname = %s", base)
        if limit >= 0:
            text = sql.SQL("ALTER ROLE {} CONNECTION LIMIT {}")
            self._run(session, text.format(role, sql.Literal(limit)))
        rows = self._run(
            session,
            "SELECT d.datname, s.setconfig FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole"
            " LEFT JOIN pg_database d ON d.oid = s.setdatabase WHERE r.rolname = %s",
            base,
        )
        for database, settings in rows:
            where = sql.SQL(" IN DATABASE {}").format(sql.Identifier(database)) if database else sql.SQL("")
            for setting in settings:
                name, _, value = setting.partition("=")
                text = sql.SQL("ALTER ROLE {}{} SET {} = {}")
                self._run(session, text.format(role, where, sql.Identifier(name), _setting(name, value)))
        self._run(session, sql.SQL("ALTER ROLE {} SET role = {}").format(role, original))

    def _end(self, session: Session, old: Fields) -> int:
        account = account_of(old, PORT)
        ours = [session.info.backend_pid, *([self._lock.info.backend_pid] if self._lock is not None else [])]
        there = "FROM pg_stat_activity WHERE usename = %s AND NOT pid = ANY(%s)"
        found = self._run(session, "SELECT pid, pg_terminate_backend(pid) " + there, account.name, ours)
        pids = [pid for pid, _ in found]
        until = time.monotonic() + self._connection.timeout_s
        while self._run(session, "SELECT 1 " + there + " AND pid = ANY(%s)", account.name, ours, pids):
            if time.monotonic() > until:
                raise TargetFailed(target=str(account.address), number=0, reason="sessions_stay")
            time.sleep(_POLL_S)
        return len(pids)

    @contextmanager
    def _transaction(self, session: Session) -> Iterator[None]:
        self._run(session, "BEGIN")
        try:
            yield
            self._run(session, "COMMIT")
        except BaseException:
            with suppress(RemoteError):
                self._run(session, "ROLLBACK")
            raise

    def _run(self, session: Session, statement: LiteralString | sql.Composed, *given: object) -> list[tuple[Any, ...]]:
        """Execute a statement; the one place where what the server says of one becomes ours."""
        try:
            cursor = session.execute(statement, given or None)
            return cursor.fetchall() if cursor.description else []
        except psycopg.Error as exc:
            # Not "from": the driver quotes the statement and what was given.
            broken = session.broken or session.closed
            state = "" if broken else exc.sqlstate or "XX000"
            raise error_of(state, f"{session.info.host}:{session.info.port}", session.info.user) from None


def _verifier(session: Session, name: str, password: str, target: str) -> str:
    """Return what the server keeps of a password (RFC 5803), with a fresh salt."""
    if not password:
        raise PasswordRefused(target=target)
    try:
        found = session.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
    except psycopg.Error:
        raise PasswordRefused(target=target) from None
    return found.decode("ascii")


def _setting(name: str, value: str) -> sql.Composable:
    # These are lists, kept as they are to be written; a literal would make one long name of them.
    lists = {"search_path", "temp_tablespaces", "session_preload_libraries", "local_preload_libraries"}
    if name not in lists:
        return sql.Literal(value)
    parts = _LIST_PART.findall(value)
    names = (part[1:-1].replace('""', '"') if part.startswith('"') else part for part in parts)
    return sql.SQL(", ").join(sql.Identifier(part) if part else sql.Literal("") for part in names)


def _lock_key(name: str) -> int:
    """Return the number that stands for an account among advisory locks, the same for a role and its clone."""
    digest = hashlib.sha256(b"vaultapp/1/rotate\0" + first_of(name).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _keeps_old(settings: Mapping[str, str]) -> bool:
    return settings.get(STRATEGY) == ALTERNATING


CONNECTOR = Connector(POSTGRESQL, PostgresTarget, _keeps_old)
