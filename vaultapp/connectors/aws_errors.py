"""What AWS says, as an error of ours: by its error code.

Source: IAM and STS API references, "Common Errors"; botocore's exceptions.
"""

from __future__ import annotations

from botocore import exceptions

from vaultapp.core.errors import RemoteError
from vaultapp.core.target_errors import (
    LoginRefused,
    TargetBusy,
    TargetDenied,
    TargetFailed,
    TargetUnreachable,
    TargetUntrusted,
)

NO_SUCH_ENTITY = "NoSuchEntity"
_WRONG_KEY = {
    "InvalidClientTokenId",
    "SignatureDoesNotMatch",
    "IncompleteSignature",
    "InvalidAccessKeyId",
    "UnrecognizedClientException",
    "AuthFailure",
}
_DENIED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized", "OptInRequired"}
_BUSY = {
    "Throttling",
    "ThrottlingException",
    "RequestLimitExceeded",
    "TooManyRequestsException",
    "ServiceUnavailable",
    "ServiceFailure",
    "InternalFailure",
    "EntityTemporarilyUnmodifiable",
    "ConcurrentModification",
}
# A wrong clock has the code of a wrong secret.
_CLOCK = ("Signature expired", "Signature not yet current")
_CLOCK_CODES = {"RequestExpired", "RequestTimeTooSkewed"}
_NO_ANSWER = (
    exceptions.ConnectionError,
    exceptions.HTTPClientError,
    exceptions.ResponseStreamingError,
)


def error_of(exc: Exception, target: str, account: str) -> RemoteError:
    """Return the error for what boto3 raised; raise it ``from None``: requests are quoted there.

    Args:
        exc: Of botocore.
        target: What errors call the service.
        account: Access key id that the call was signed with.
    """
    if isinstance(exc, exceptions.SSLError):
        return TargetUntrusted(target=target)
    if isinstance(exc, _NO_ANSWER):
        return TargetUnreachable(target=target)
    if not isinstance(exc, exceptions.ClientError):
        return TargetFailed(target=target, number=0)
    answer = exc.response.get("Error", {})
    code, message = str(answer.get("Code", "")), str(answer.get("Message", ""))
    if code in _CLOCK_CODES or (code in _WRONG_KEY and message.startswith(_CLOCK)):
        return TargetFailed(target=target, number=0, reason="clock")
    if code in _WRONG_KEY:
        return LoginRefused(target=target, account=account)
    if code in _DENIED:
        return TargetDenied(target=target, account=account, number=0)
    status = exc.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _BUSY or status in (429, 503):
        return TargetBusy(target=target)
    return TargetFailed(target=target, number=int(status), reason=code[:64])
