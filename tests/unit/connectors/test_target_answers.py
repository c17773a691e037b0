"""What PostgreSQL and AWS answer, by code."""

from __future__ import annotations

import pytest
from botocore import exceptions

from vaultapp.connectors import aws_errors, postgresql_errors
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


@pytest.mark.parametrize(
    ("sqlstate", "function", "error", "retryable"),
    [
        ("", "", TargetUnreachable, True),
        ("08006", "", TargetUnreachable, True),
        ("57P01", "", TargetUnreachable, True),
        ("57P03", "", TargetUnreachable, True),
        ("57014", "", TargetUnreachable, True),
        ("53300", "", TargetBusy, True),
        ("55P03", "", TargetBusy, True),
        ("28000", "InitializeSessionUserId", AccountLocked, False),
        ("28000", "ClientAuthentication", TargetDenied, False),
        ("42501", "", TargetDenied, False),
        ("25006", "", TargetReadOnly, False),
        ("22023", "", PasswordRefused, False),
        ("3D000", "", TargetFailed, False),
        ("42704", "", TargetFailed, False),
        ("XX000", "", TargetFailed, False),
    ],
)
def test_a_sqlstate_is_an_error_of_ours(sqlstate: str, function: str, error: type[Exception], retryable: bool) -> None:
    found = postgresql_errors.error_of(sqlstate, "db:5432", "app", function)
    assert type(found) is error
    assert found.retryable is retryable
    assert found.facts["target"] == "db:5432"


def answer(code: str, message: str = "", status: int = 400) -> exceptions.ClientError:
    response = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return exceptions.ClientError(response, "AnyOperation")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (answer("InvalidClientTokenId", status=403), LoginRefused),
        (answer("SignatureDoesNotMatch", "The request signature we calculated does not match"), LoginRefused),
        (answer("UnrecognizedClientException"), LoginRefused),
        (answer("AccessDenied", status=403), TargetDenied),
        (answer("AccessDeniedException"), TargetDenied),
        (answer("Throttling"), TargetBusy),
        (answer("RequestLimitExceeded", status=503), TargetBusy),
        (answer("Whatever", status=503), TargetBusy),
        (answer("LimitExceeded", status=409), TargetFailed),
        (answer("NoSuchEntity", status=404), TargetFailed),
        (exceptions.EndpointConnectionError(endpoint_url="https://iam.amazonaws.com"), TargetUnreachable),
        (exceptions.ConnectTimeoutError(endpoint_url="https://iam.amazonaws.com"), TargetUnreachable),
        (exceptions.ReadTimeoutError(endpoint_url="https://iam.amazonaws.com"), TargetUnreachable),
        (exceptions.ConnectionClosedError(endpoint_url="https://iam.amazonaws.com"), TargetUnreachable),
        (exceptions.SSLError(endpoint_url="https://iam.amazonaws.com", error="x"), TargetUntrusted),
        (exceptions.ParamValidationError(report="secret"), TargetFailed),
    ],
)
def test_a_code_of_aws_is_an_error_of_ours(said: Exception, error: type[Exception]) -> None:
    found = aws_errors.error_of(said, "AWS user app", "AKIA1")
    assert type(found) is error
    assert "secret" not in str(found)


@pytest.mark.parametrize("message", ["Signature expired: 20150830T12", "Signature not yet current: 2036"])
def test_a_wrong_clock_is_not_taken_for_a_wrong_secret(message: str) -> None:
    found = aws_errors.error_of(answer("SignatureDoesNotMatch", message, 403), "AWS user app", "AKIA1")
    assert type(found) is TargetFailed
    assert found.facts["reason"] == "clock"
