"""Opening connections to PostgreSQL, and telling why one could not be opened."""

from __future__ import annotations

import ctypes
import re
import select
import sys
import time
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo

from vaultapp.connectors.address import Account
from vaultapp.connectors.postgresql_errors import WRONG_PASSWORD, error_of
from vaultapp.connectors.trusted_roots import own_roots, system_roots, wants_tls
from vaultapp.core.target_errors import LoginRefused, TargetUnreachable, TargetUntrusted

Session = psycopg.Connection[tuple[Any, ...]]

# "FATAL:  28P01: …" and "LOCATION:  auth_failed, auth.c:337", the words between are in the server's language.
_STATE = re.compile(r":  ([0-9A-Z]{5}): ")
_FUNCTION = re.compile(r"^[^:\n]+:  (\w+), \w+\.c:\d+", re.MULTILINE)
_LOOK_S = 0.1
_LATER_S = 1.0
_VERBOSE = 2  # PQERRORS_VERBOSE of libpq-fe.h
_TLS_WORDS = ("certificate", "does not support SSL", "SSL error", "host name", "root certificate")


class _BoundedSession(psycopg.Connection[tuple[Any, ...]]):
    """Waits for no answer longer than so many seconds: a server that stands still does not keep its own time limit."""

    def __init__(self, handle: Any, timeout_s: float) -> None:
        super().__init__(handle)
        # The server's limit, which tells more, comes first.
        self._within_s = timeout_s + _LATER_S

    def wait(self, gen: Any, interval: float = _LOOK_S, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, self._within_s if timeout is None else timeout)
        except psycopg.errors._WaitTimeout:  # noqa: SLF001 - by this name only
            self.pgconn.finish()
            raise psycopg.OperationalError("no answer in time") from None


class PostgresLogin:
    """Opens sessions as one settings record says; each is closed by who asked for it.

    Args:
        settings: Of the credential.
        timeout_s: For a connection, and for each statement.
    """

    def __init__(self, settings: Mapping[str, str], timeout_s: float) -> None:
        self._settings = settings
        self._timeout_s = timeout_s
        self._milliseconds = max(1, int(timeout_s * 1000))

    def open(self, account: Account, dbname: str) -> Session:
        """Log in; every statement commits by itself.

        Raises:
            LoginRefused: The password is wrong, or no such role.
            AccountLocked: The role may not log in at all.
            TargetUntrusted: The certificate is not trusted, or not for this host, or there is none.
            TargetUnreachable, TargetBusy, TargetDenied, TargetFailed: As they say.
        """
        target = str(account.address)
        try:
            handle = pq.PGconn.connect_start(self._conninfo(account, dbname).encode())
        except psycopg.Error:
            raise TargetUnreachable(target=target) from None
        try:
            self._wait_for(handle, target, account.name)
        except BaseException:
            handle.finish()
            raise
        handle.nonblocking = 1
        session: Session = _BoundedSession(handle, self._timeout_s)
        session.autocommit = True
        # Nothing of ours is prepared: a pooler between may not keep it.
        session.prepare_threshold = None
        try:
            # Not among what the connection begins with: poolers refuse that.
            session.execute(f"SET statement_timeout = {self._milliseconds}".encode())
            session.execute(f"SET lock_timeout = {self._milliseconds}".encode())
        except psycopg.Error as exc:
            session.close()
            raise error_of(exc.sqlstate or "", target, account.name) from None
        return session

    def _conninfo(self, account: Account, dbname: str) -> str:
        given: dict[str, Any] = {
            "host": account.address.host,
            "port": account.address.port,
            "user": account.name,
            "password": account.password,
            "dbname": dbname or "postgres",
            "application_name": "vaultapp",
            "client_encoding": "UTF8",
            "connect_timeout": max(2, int(self._timeout_s)),
            "tcp_user_timeout": self._milliseconds,
            # Nothing from this machine's own settings: neither tickets nor certificates of the person.
            "gssencmode": "disable",
            "sslcertmode": "disable",
            "hostaddr": "",
        }
        if wants_tls(self._settings):
            roots = own_roots(self._settings, str(account.address)) or system_roots()
            return make_conninfo(**given, sslmode="verify-full", sslrootcert=roots)
        # Without TLS a false server could ask for the password in clear; these methods do not give it.
        return make_conninfo(**given, sslmode="disable", require_auth="scram-sha-256,md5")

    def _wait_for(self, handle: Any, target: str, account: str) -> None:
        _tell_more(handle)
        until = time.monotonic() + self._timeout_s
        status = pq.PollingStatus.WRITING
        while status is not pq.PollingStatus.OK:
            if handle.status == pq.ConnStatus.BAD or status is pq.PollingStatus.FAILED:
                raise _refusal(handle, target, account)
            left = until - time.monotonic()
            if left <= 0:
                raise TargetUnreachable(target=target)
            reading = [handle.socket] if status is pq.PollingStatus.READING else []
            writing = [handle.socket] if status is pq.PollingStatus.WRITING else []
            if any(select.select(reading, writing, [], left)):
                status = pq.PollingStatus(handle.connect_poll())


def _refusal(handle: Any, target: str, account: str) -> Exception:
    # The words go no further: a server may say anything in them.
    said = handle.get_error_message("utf-8")
    states = _STATE.findall(said)
    if not states:
        untrusted = any(word in said for word in _TLS_WORDS)
        return TargetUntrusted(target=target) if untrusted else TargetUnreachable(target=target)
    if states[0] == WRONG_PASSWORD:
        return LoginRefused(target=target, account=account)
    functions = _FUNCTION.findall(said)
    return error_of(states[0], target, account, functions[0] if functions else "")


def _tell_more(handle: Any) -> None:
    """Let libpq put the SQLSTATE into what it says when no connection comes about; nothing else tells it there.

    psycopg has no call for it, so libpq's is called, which is found among what psycopg's compiled module (the extra
    ``binary``) is linked with.
    """
    library = ctypes.CDLL(sys.modules[type(handle).__module__].__file__)
    # A prototype of our own, so that nobody else's use of the function is changed.
    prototype = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
    prototype(("PQsetErrorVerbosity", library))(handle.pgconn_ptr, _VERBOSE)
