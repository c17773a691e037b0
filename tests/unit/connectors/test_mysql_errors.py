"""Errors of MariaDB and MySQL by number."""

from __future__ import annotations

import ssl

import pytest
from pymysql.err import MySQLError, OperationalError

from vaultapp.connectors.address import Account, Address
from vaultapp.connectors.mysql_errors import converted, number_of
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

ACCOUNT = Account(Address("db", 3306), "app", "secret")
STATEMENT = "near 'secret'"


@pytest.mark.parametrize(
    ("numbers", "kind", "facts"),
    [
        ((1044, 1045, 1095, 1142, 1143, 1227, 1370, 1410, 1698), TargetDenied, {"account": "app"}),
        ((1290, 1792, 1836), TargetReadOnly, {}),
        ((1819, 3638), PasswordRefused, {}),
        ((3118, 3955, 4150, 4151), AccountLocked, {"account": "app"}),
        ((1040, 1203, 1226), TargetBusy, {}),
        ((1053, 1152, 1158, 1159, 1160, 1161, 1927, 2002, 2003, 2006, 2013, 4031), TargetUnreachable, {}),
        ((2026,), TargetUntrusted, {}),
        ((2059,), TargetFailed, {"reason": "plugin"}),
        ((1820, 1862), TargetFailed, {"reason": "expired"}),
        ((1064, 1396, 9999), TargetFailed, {"reason": ""}),
    ],
)
def test_a_number_is_an_error_of_ours(
    numbers: tuple[int, ...], kind: type[RemoteError], facts: dict[str, str | int]
) -> None:
    for number in numbers:
        error = converted(OperationalError(number, STATEMENT), ACCOUNT)
        assert type(error) is kind, number
        given = {"number": number} if kind in (TargetDenied, TargetFailed) else {}
        assert error.facts == {"target": "db:3306", **facts, **given}
        assert number_of(error) == (number if given else 0)
        assert "secret" not in f"{error}{error!r}{error.args}"


def test_a_refusal_while_logging_in_is_about_the_password() -> None:
    for number in (1045, 1698):
        error = converted(OperationalError(number, STATEMENT), ACCOUNT, login=True)
        assert type(error) is LoginRefused
        assert error.facts == {"target": "db:3306", "account": "app"}


def test_read_only_and_strict_passwords_have_one_number() -> None:
    told = "The MariaDB server is running with the --strict-password-validation option so it cannot execute this"
    error = converted(OperationalError(1290, told), ACCOUNT)
    assert type(error) is PasswordRefused
    assert error.facts == {"target": "db:3306", "reason": "strict"}


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (ssl.SSLCertVerificationError("self-signed"), TargetUntrusted),
        (ssl.SSLError("handshake"), TargetUntrusted),
        (ssl.SSLEOFError("gone"), TargetUnreachable),
        (ConnectionResetError("reset"), TargetUnreachable),
    ],
)
def test_a_handshake_that_fails_is_told_from_a_server_that_is_gone(cause: OSError, kind: type[RemoteError]) -> None:
    error = OperationalError(2003, "Can't connect")
    error.original_exception = cause
    assert type(converted(error, ACCOUNT)) is kind


def test_what_the_driver_raises_by_itself_has_no_number() -> None:
    for error in (MySQLError(), MySQLError("unexpected packet"), OperationalError("received unknown %r", b"x")):
        assert converted(error, ACCOUNT).facts == {"target": "db:3306", "number": 0, "reason": ""}
        assert converted(error, ACCOUNT, login=True).facts["reason"] == "protocol"
