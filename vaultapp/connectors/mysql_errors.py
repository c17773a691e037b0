"""What MariaDB and MySQL say by number, as errors of ours. The only place where that is decided."""

from __future__ import annotations

import ssl
from collections.abc import Callable

from pymysql.err import MySQLError

from vaultapp.connectors.address import Account
from vaultapp.core.errors import RemoteError
from vaultapp.core.target_errors import (
    AccountLocked,
    LoginRefused,
    PasswordRefused,
    TargetBusy,
    TargetDenied,
    TargetFailed,
    TargetReadOnly,
    TargetUnreachable,
    TargetUntrusted,
)

ACCESS_DENIED = 1045
NO_SUCH_THREAD = 1094
UNKNOWN_LOGIN = 2059
"""The server wants a way to log in that is not known here; the driver's number."""
WRONG_HASH = 1372
"""What should be kept of a password is nothing that the plug-in keeps."""
USER_FAILED = 1396
"""That a statement about an account failed; why, stands among the warnings."""
EXPIRED = frozenset({1820, 1862})
"""The password must be changed before anything else: in this session, or before one is given."""
READ_ONLY_OPTION = 1290
STRICT = "strict"
"""Reason of a refusal: the server takes no hash, because it could not tell whether the password is good enough."""

_REFUSED = {
    ACCESS_DENIED,  # wrong password, unknown account, or not from this host
    1698,  # the account logs in another way; said of roles that it may not give, too
}
_DENIED = {
    1044,  # no right on a database
    1095,  # the session belongs to somebody else
    1142,  # no right on a table
    1143,  # no right on a column
    1227,  # a right over the whole server is missing
    1370,  # no right on a routine
    1410,  # may not create accounts by granting
}
_READ_ONLY = {
    READ_ONLY_OPTION,
    1792,  # a transaction that only reads
    1836,  # started so
}
_POLICY = {
    1819,  # the plug-in that checks passwords
    3638,  # used before (MySQL)
}
_LOCKED = {
    3118,  # locked (MySQL)
    3955,  # after too many wrong passwords (MySQL)
    4150,  # after too many wrong passwords (MariaDB)
    4151,  # locked (MariaDB)
}
_BUSY = {
    1040,  # too many connections
    1203,  # of this account
    1226,  # as many as its limit allows
}
_UNREACHABLE = {
    1053,  # the server is shutting down
    1152,  # the connection was broken off
    1158,
    1159,
    1160,
    1161,  # reading or writing packets failed, or took too long
    1927,  # the connection was killed (MariaDB)
    2002,
    2003,  # no connection
    2006,  # gone
    2013,  # lost during a statement
    4031,  # closed for inactivity (MySQL)
}
_TLS = 2026

_MAKERS: tuple[tuple[set[int], Callable[[str, Account, int], RemoteError]], ...] = (
    (_REFUSED, lambda target, account, _: LoginRefused(target=target, account=account.name)),
    (_DENIED, lambda target, account, number: TargetDenied(target=target, account=account.name, number=number)),
    (_READ_ONLY, lambda target, _, __: TargetReadOnly(target=target)),
    (_POLICY, lambda target, _, __: PasswordRefused(target=target)),
    (_LOCKED, lambda target, account, _: AccountLocked(target=target, account=account.name)),
    (_BUSY, lambda target, _, __: TargetBusy(target=target)),
    (_UNREACHABLE, lambda target, _, __: TargetUnreachable(target=target)),
    ({_TLS}, lambda target, _, __: TargetUntrusted(target=target)),
)


def converted(error: MySQLError, account: Account, *, login: bool = False) -> RemoteError:
    """Return the error of ours for what the driver raised. Raise it ``from None``: the server quotes statements.

    Args:
        error: Of a statement, or of logging in.
        account: Who is logged in, or tried to.
        login: It tried to; else a refusal is about what it may do.
    """
    target = str(account.address)
    # The driver calls every failure of a handshake 2003, that of TLS too.
    tls = getattr(error, "original_exception", None)
    if isinstance(tls, ssl.SSLError) and not isinstance(tls, ssl.SSLEOFError):
        return TargetUntrusted(target=target)
    number, text = number_and_text(error)
    if number in _REFUSED and not login:
        return TargetDenied(target=target, account=account.name, number=number)
    if number == READ_ONLY_OPTION and "strict-password-validation" in text:
        return PasswordRefused(target=target, reason=STRICT)
    for numbers, make in _MAKERS:
        if number in numbers:
            return make(target, account, number)
    return TargetFailed(target=target, number=number, reason=_reason(number, login=login))


def _reason(number: int, *, login: bool) -> str:
    if number in EXPIRED:
        return "expired"
    if number == UNKNOWN_LOGIN:
        return "plugin"
    # The driver complains by itself when a greeting makes no sense.
    return "protocol" if login and not number else ""


def number_of(error: RemoteError) -> int:
    """Return the target's number of an error that carries it, else 0."""
    number = error.facts.get("number", 0)
    return number if isinstance(number, int) else 0


def number_and_text(error: MySQLError) -> tuple[int, str]:
    """Return what the server sent; 0 and nothing where the driver raised by itself."""
    number = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    text = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], str) else ""
    return number, text
