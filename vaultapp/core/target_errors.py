"""What another system says while a credential is changed there. The tree is drawn in :mod:`vaultapp.core.errors`."""

from __future__ import annotations

from vaultapp.core.errors import RemoteError

CHANGER_LOGIN = "login"
"""Reason of a denial: the password of the account that makes the change is not the one the target knows."""


class TargetUnreachable(RemoteError):
    """No answer, or the connection broke; what was sent may have been done. Facts: target."""

    code = "target_unreachable"
    retryable = True


class TargetBusy(RemoteError):
    """The target has no room for a connection, or another vault rotates the account. Facts: target, reason."""

    code = "target_busy"
    retryable = True


class TargetUntrusted(RemoteError):
    """Its certificate does not prove who it is, or it has none. Facts: target."""

    code = "target_untrusted"


class TargetDenied(RemoteError):
    """The account that makes the change may not. Facts: target, account, number (the target's), reason.

    The reason is :data:`CHANGER_LOGIN` where the account that changes another one does not even log in.
    """

    code = "target_denied"


class TargetReadOnly(RemoteError):
    """A replica, or read only now. Facts: target."""

    code = "target_read_only"


class PasswordRefused(RemoteError):
    """The target's policy refuses the new password; nothing changed. Facts: target."""

    code = "password_refused"


class AccountLocked(RemoteError):
    """No password helps. Facts: target, account."""

    code = "account_locked"


class LoginRefused(RemoteError):
    """No password that is known here logs in. Facts: target, account."""

    code = "login_refused"


class ProbeFailed(RemoteError):
    """The new password logs in, but does not do its work. Facts: target, account."""

    code = "probe_failed"


class TargetFailed(RemoteError):
    """What else a target said. Facts: target, number (the target's, 0 when it has none), reason."""

    code = "target_failed"
