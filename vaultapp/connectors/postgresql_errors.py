"""What PostgreSQL says, as an error of ours: by SQLSTATE, never by its words, which may quote.

Source: PostgreSQL documentation, Appendix A, "PostgreSQL Error Codes".
"""

from __future__ import annotations

from vaultapp.core.errors import RemoteError
from vaultapp.core.target_errors import (
    AccountLocked,
    PasswordRefused,
    TargetBusy,
    TargetDenied,
    TargetFailed,
    TargetReadOnly,
    TargetUnreachable,
)

WRONG_PASSWORD = "28P01"  # noqa: S105 - a code
NO_LOGIN = "28000"
"""``invalid_authorization_specification``: no line of pg_hba.conf is for it, or the role may not log in."""
NO_ROLE = "42704"
ROLE_EXISTS = "42710"
DENIED = "42501"
_READ_ONLY = "25006"
_INVALID_PARAMETER = "22023"
_NO_DATABASE = "3D000"
_TIMEOUT = "57014"
_BUSY = {"53300", "55P03", "40001", "40P01"}
# It goes down, comes up, recovers, or a connection broke.
_GONE = {"57P01", "57P02", "57P03", "57P04", "57P05"}
_GONE_CLASS = "08"

_ROLE_CHECK = "InitializeSessionUserId"
"""The function of the server that looks whether a role may log in; it runs after the password was right."""


def error_of(sqlstate: str, target: str, account: str, source_function: str = "") -> RemoteError:
    """Return the error for a SQLSTATE; an empty one means that the connection broke.

    Args:
        sqlstate: Five characters.
        target: What errors call the server.
        account: Who made the statement, or logged in.
        source_function: Of the server, where it is told.
    """
    if not sqlstate or sqlstate in _GONE or sqlstate.startswith(_GONE_CLASS) or sqlstate == _TIMEOUT:
        return TargetUnreachable(target=target)
    if sqlstate in _BUSY:
        return TargetBusy(target=target)
    if sqlstate == NO_LOGIN and source_function == _ROLE_CHECK:
        return AccountLocked(target=target, account=account)
    if sqlstate in (NO_LOGIN, DENIED):
        return TargetDenied(target=target, account=account, number=sqlstate)
    if sqlstate == _READ_ONLY:
        return TargetReadOnly(target=target)
    if sqlstate == _INVALID_PARAMETER:
        # What passwordcheck and its kind answer; nothing else in our statements has parameters that could be wrong.
        return PasswordRefused(target=target)
    reason = "no_database" if sqlstate == _NO_DATABASE else "no_account" if sqlstate == NO_ROLE else ""
    return TargetFailed(target=target, number=sqlstate, reason=reason)
