"""One connection to a MariaDB or MySQL server, bounded in time and verified by TLS."""

from __future__ import annotations

import contextlib
import socket
import struct
from collections.abc import Callable, Mapping, Sequence
from io import BufferedReader
from types import TracebackType
from typing import Any, Self

import pymysql
from pymysql.constants import CLIENT, CR
from pymysql.err import MySQLError, OperationalError

from vaultapp.connectors.address import Account
from vaultapp.connectors.answer_bound import AnswerBound
from vaultapp.connectors.mysql_errors import EXPIRED, USER_FAILED, converted, number_and_text, number_of
from vaultapp.connectors.mysql_logins import Ed25519First, NativeFirst, NotInClear, Sha2Cached
from vaultapp.connectors.trusted_roots import tls_context, wants_tls
from vaultapp.core.errors import RemoteError
from vaultapp.core.target_errors import TargetFailed, TargetUnreachable

DEFAULT_PORT = 3306
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# What a stranger's bytes make the driver raise while it reads them as a handshake.
_NOT_THE_PROTOCOL = (ValueError, LookupError, TypeError, AttributeError, AssertionError, struct.error)
_ANSWERS: dict[str, Callable[[Any], Any]] = {"mysql_native_password": NativeFirst, "client_ed25519": Ed25519First}
_NEVER: dict[str, Callable[[Any], Any]] = {"mysql_clear_password": NotInClear, "dialog": NotInClear}
# The driver would encrypt the password with whatever key comes, and so for whoever stands between.
_NO_KEY: dict[str, Callable[[Any], Any]] = {"caching_sha2_password": Sha2Cached, "sha256_password": NotInClear}

Row = Sequence[Any]


class _Driver(pymysql.Connection):
    """The driver, with a bound for each answer."""

    _rfile: BufferedReader
    _force_close: Callable[[], None]

    def __init__(self, bound: AnswerBound, **settings: Any) -> None:
        self.bound = bound
        super().__init__(**settings)

    def _read_bytes(self, num_bytes: int) -> bytes:
        got = bytearray()
        try:
            while len(got) < num_bytes:
                chunk = self._rfile.read1(num_bytes - len(got))
                self.bound.take(len(chunk))
                if not chunk:
                    raise ConnectionResetError
                got += chunk
        except OSError:
            self._force_close()
            raise OperationalError(CR.CR_SERVER_LOST, "the connection was lost") from None
        return bytes(got)


class MySqlSession:
    """Log in when it is made; leave the ``with`` block, and the connection is closed.

    Args:
        settings: Of the credential; ``tls`` and ``tls_ca`` are read.
        timeout_s: For connecting, and for each wait for an answer.
        database: Used from the start; empty for none.

    Raises:
        RemoteError: As :mod:`vaultapp.connectors.mysql_errors` has it.
    """

    def __init__(self, account: Account, settings: Mapping[str, str], timeout_s: float, database: str = "") -> None:
        self.account = account
        self.encrypted = wants_tls(settings)
        target = str(account.address)
        context = tls_context(settings, target) if self.encrypted else None
        answers = _ANSWERS if self.encrypted else {**_ANSWERS, **_NEVER}
        self._driver = _Driver(
            AnswerBound(timeout_s),
            host=account.address.host,
            port=account.address.port,
            user=account.name,
            # As bytes: the driver would take a text for Latin 1, and quote it in its error when it is not.
            password=account.password.encode(),
            database=database or None,
            charset="utf8mb4",
            autocommit=True,
            local_infile=False,
            # Without it an expired password gives no session in which it could be changed.
            client_flag=CLIENT.HANDLE_EXPIRED_PASSWORDS,
            connect_timeout=timeout_s,
            read_timeout=timeout_s,
            write_timeout=timeout_s,
            ssl=context,
            ssl_disabled=not self.encrypted,
            auth_plugin_map=answers if self.private else {**answers, **_NO_KEY},
            defer_connect=True,
        )
        self._log_in(target, timeout_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def number(self) -> int:
        """The server's number of this connection."""
        return int(self._driver.thread_id())  # type: ignore[no-untyped-call]

    @property
    def private(self) -> bool:
        """True when nobody between here and the server reads along."""
        return self.encrypted or self.account.address.host in _LOOPBACK

    def run(self, statement: str, *arguments: object) -> list[Row]:
        """Execute one statement and return its rows. With arguments, ``%s`` stands for each and ``%%`` for itself."""
        return self._execute(statement, arguments)[1]

    def count(self, statement: str, *arguments: object) -> int:
        """Execute one statement and return how many rows, or sessions, it was about."""
        return self._execute(statement, arguments)[0]

    def version(self) -> str:
        """Return what the server says it is; what it said at the door, where it answers nothing else."""
        if self.expired():
            return str(self._driver.get_server_info())  # type: ignore[no-untyped-call]
        return str(self.run("SELECT VERSION()")[0][0])

    def expired(self) -> bool:
        """Tell whether this session may only change its own password."""
        try:
            self.run("SELECT 1")
        except TargetFailed as exc:
            if number_of(exc) in EXPIRED:
                return True
            raise
        return False

    def close(self) -> None:
        """Let go of the connection; a second time does nothing."""
        if self._driver.open:
            self._driver.close()

    def _execute(self, statement: str, arguments: tuple[object, ...]) -> tuple[int, list[Row]]:
        self._driver.bound.begin()
        try:
            with self._driver.cursor() as cursor:
                affected = cursor.execute(statement, arguments or None)
                return affected, list(cursor.fetchall())
        except MySQLError as exc:
            error: RemoteError = converted(self._reason(exc), self.account)
        except OSError:
            error = TargetUnreachable(target=str(self.account.address))
        raise error from None

    def _reason(self, error: MySQLError) -> MySQLError:
        """Ask why, where the server says only that a statement about an account failed."""
        if number_and_text(error)[0] != USER_FAILED:
            return error
        with contextlib.suppress(MySQLError, OSError), self._driver.cursor() as cursor:
            cursor.execute("SHOW WARNINGS")
            for level, number, text in cursor.fetchall():
                if level == "Error" and number != USER_FAILED:
                    return MySQLError(number, text)
        return error

    def _log_in(self, target: str, timeout_s: float) -> None:
        host, port = self.account.address.host, self.account.address.port
        try:
            # Not left to the driver, which does not close what fails half way.
            line = socket.create_connection((host, port), timeout_s)
        except (OSError, UnicodeError):
            raise TargetUnreachable(target=target) from None
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        error: RemoteError
        try:
            self._driver.connect(line)
        except MySQLError as exc:
            error = converted(exc, self.account, login=True)
        except OSError:
            error = TargetUnreachable(target=target)
        except _NOT_THE_PROTOCOL:
            error = TargetFailed(target=target, number=0, reason="protocol")
        else:
            return
        line.close()
        raise error from None
