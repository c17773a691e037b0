"""Connections to Redis, and what it says as errors of ours."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from typing import Any

import redis
from redis import exceptions
from redis.backoff import NoBackoff
from redis.retry import Retry

from vaultapp.connectors.address import Account
from vaultapp.connectors.answer_bound import AnswerBound
from vaultapp.connectors.trusted_roots import tls_context, wants_tls
from vaultapp.core.errors import RemoteError
from vaultapp.core.target_errors import (
    LoginRefused,
    TargetBusy,
    TargetDenied,
    TargetFailed,
    TargetReadOnly,
    TargetUnreachable,
    TargetUntrusted,
)

_FULL = "max number of clients"
_PROTECTED = "DENIED"
_OTHERS_BUSY = (exceptions.BusyLoadingError, exceptions.MasterDownError, exceptions.ClusterDownError)
# What bytes that are no answer of Redis make the driver raise.
_NOT_THE_PROTOCOL = (ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError)
_DRIVER_RAISES = (exceptions.RedisError, OSError, *_NOT_THE_PROTOCOL)


class _BoundedSocket:
    """A socket of which an answer is read; everything else is the socket's own."""

    def __init__(self, line: Any, bound: AnswerBound) -> None:
        self._line = line
        self._bound = bound

    def __getattr__(self, name: str) -> Any:
        return getattr(self._line, name)

    def recv(self, size: int) -> bytes:
        data: bytes = self._line.recv(size)
        self._bound.take(len(data))
        return data


class _Bounded:
    """What both kinds of connection do with the socket that they open."""

    def __init__(self, *, bound: AnswerBound, **settings: Any) -> None:
        self._bound = bound
        super().__init__(**settings)

    def _connect(self) -> Any:
        return _BoundedSocket(super()._connect(), self._bound)  # type: ignore[misc]


class _PlainConnection(_Bounded, redis.Connection):
    """Without TLS."""


class _TlsConnection(_Bounded, redis.SSLConnection):
    """With TLS."""


class RedisSession:
    """One authenticated connection to one node. Commands are never repeated by the driver.

    Args:
        account: Who logs in, and where.
        settings: Of the credential.
        timeout_s: For connecting, and for each command.

    Raises:
        LoginRefused: The password is wrong, no such user, or it is off: Redis does not tell which.
        RemoteError: As for :meth:`run`.
    """

    def __init__(self, account: Account, settings: Mapping[str, str], timeout_s: float) -> None:
        self.account = account
        self._target = str(account.address)
        secured: dict[str, Any] = {}
        self._bound = AnswerBound(timeout_s)
        encrypted = wants_tls(settings)
        if encrypted:
            # Read here for its errors; the driver makes its own from the same file, or the system's.
            tls_context(settings, self._target)
            secured = {"ssl_ca_certs": settings.get("tls_ca", "").strip() or None}
        self._pool = redis.ConnectionPool(
            connection_class=_TlsConnection if encrypted else _PlainConnection,
            bound=self._bound,
            host=account.address.host,
            port=account.address.port,
            username=account.name or "default",
            password=account.password,
            socket_timeout=timeout_s,
            socket_connect_timeout=timeout_s,
            decode_responses=True,
            encoding_errors="replace",
            protocol=2,
            retry=Retry(NoBackoff(), 0),
            driver_info=None,
            **secured,
        )
        try:
            self._client = redis.Redis(connection_pool=self._pool, single_connection_client=True)
        except _DRIVER_RAISES as exc:
            self._pool.disconnect()
            raise _error(exc, self._target, account.name) from None

    def run(self, *command: str) -> Any:
        """Execute a command; nothing of what is sent gets into an error.

        Raises:
            TargetUnreachable, TargetBusy, TargetUntrusted, TargetDenied, TargetReadOnly: As they say.
            TargetFailed: What else it said; with reason ``no_aclfile`` where it keeps no access lists.
        """
        self._bound.begin()
        try:
            return self._client.execute_command(*command)  # type: ignore[no-untyped-call]
        except _DRIVER_RAISES as exc:
            raise _error(exc, self._target, self.account.name) from None

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()
        self._pool.disconnect()


def _error(exc: Exception, target: str, account: str) -> RemoteError:
    """Convert what the driver raises; its words may quote a command and go no further."""
    said = str(exc)
    if isinstance(exc, _NOT_THE_PROTOCOL) and not isinstance(exc, exceptions.RedisError | OSError):
        return TargetFailed(target=target, number=0, reason="protocol")
    if isinstance(exc, exceptions.NoPermissionError):
        return TargetDenied(target=target, account=account, number=0)
    if isinstance(exc, exceptions.AuthenticationError):
        return LoginRefused(target=target, account=account)
    if isinstance(exc, exceptions.ReadOnlyError):
        return TargetReadOnly(target=target)
    if isinstance(exc, _OTHERS_BUSY) or _FULL in said:
        return TargetBusy(target=target)
    if said.startswith(_PROTECTED):
        return TargetDenied(target=target, account=account, number=0)
    if isinstance(exc, exceptions.ConnectionError | exceptions.TimeoutError | OSError):
        return TargetUntrusted(target=target) if _by_tls(exc) else TargetUnreachable(target=target)
    if "ACL file" in said or "without a config file" in said:
        return TargetFailed(target=target, number=0, reason="no_aclfile")
    return TargetFailed(target=target, number=0)


def _by_tls(exc: BaseException | None) -> bool:
    """True when a certificate is not trusted, or the other side speaks no TLS."""
    while exc is not None:
        if isinstance(exc, ssl.SSLCertVerificationError):
            return True
        if isinstance(exc, ssl.SSLError) and exc.reason in ("WRONG_VERSION_NUMBER", "UNSUPPORTED_PROTOCOL"):
            return True
        exc = exc.__cause__ or exc.__context__
    return False
