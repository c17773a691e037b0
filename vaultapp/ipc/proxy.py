"""Objects that look like a contract and ask the agent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from msgspec import Raw

from vaultapp.core.errors import InvalidValue
from vaultapp.core.work import WorkContext
from vaultapp.ipc.shapes import CallShape, shape_of
from vaultapp.ipc.wire import ENCODER


class Caller(Protocol):
    """What a proxy needs of a client."""

    def call(self, subject: str, method: str, arguments: Raw, shape: CallShape, work: WorkContext[Any] | None) -> Any:
        """Send a call and wait for its answer."""


class Proxy:
    """One subject of the agent. Methods are made from the contract when they are first used.

    Args:
        interface: The contract, a Protocol class.
        subject: Its name on the wire.
        client: Sends the calls.
    """

    def __init__(self, interface: type, subject: str, client: Caller) -> None:
        self._interface = interface
        self._subject = subject
        self._client = client

    def __getattr__(self, method: str) -> Callable[..., Any]:
        """Return the contract's method as a call to the agent."""
        if method.startswith("_"):
            raise AttributeError(method)
        shape = shape_of(self._interface, method)
        positional = [name for name in _parameters(self._interface, method) if name != "self"]

        def call(*values: Any, **named: Any) -> Any:
            given = dict(zip(positional, values, strict=False)) | named
            work = given.pop(shape.work, None) if shape.work else None
            packed = bytearray()
            try:
                _encode(method, shape.arguments(**given), packed)
                return self._client.call(self._subject, method, Raw(packed), shape, work)
            finally:
                # The contracts say that whoever is called overwrites what is secret.
                for secret in (packed, *(value for value in given.values() if isinstance(value, bytearray))):
                    secret[:] = bytes(len(secret))

        setattr(self, method, call)
        return call


def _encode(method: str, arguments: object, into: bytearray) -> None:
    try:
        ENCODER.encode_into(arguments, into)
    except UnicodeEncodeError as exc:
        # From a command line whose arguments are not UTF-8; paths are bytes and not concerned.
        raise InvalidValue(field=method, reason="not_utf8") from exc


def _parameters(interface: type, method: str) -> tuple[str, ...]:
    code = getattr(interface, method).__code__
    return tuple(code.co_varnames[: code.co_argcount])
