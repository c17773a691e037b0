"""Answers to what a server asks while one logs in, where the driver has none or may not give one."""

from __future__ import annotations

import hashlib
from typing import ClassVar, NoReturn, Protocol

from pymysql.err import OperationalError

from vaultapp.connectors.mysql_ed25519 import ed25519_answer
from vaultapp.connectors.mysql_errors import UNKNOWN_LOGIN

_MOST_SWITCHES = 8
_CHALLENGE_BYTES = 20
_REMEMBERED = 3


class _Packet(Protocol):
    def read_all(self) -> bytes: ...

    def read_string(self) -> bytes | None: ...

    def read_uint8(self) -> int: ...

    def is_auth_switch_request(self) -> bool: ...

    def is_extra_auth_data(self) -> bool: ...

    def advance(self, length: int) -> None: ...


class _Driver(Protocol):
    password: bytes
    salt: bytes

    def write_packet(self, payload: bytes) -> None: ...

    def _read_packet(self) -> _Packet: ...


class SeveralWays:
    """Answer the challenge of one way to log in, and of those that the server tries after it.

    MariaDB goes through the ways of a row until one accepts the password; the driver follows it once.

    Args:
        connection: The driver's, which holds the password and speaks to the server.
    """

    plugin: ClassVar[bytes] = b""

    def __init__(self, connection: _Driver) -> None:
        self._connection = connection

    def authenticate(self, packet: _Packet) -> _Packet:
        """Return the packet with which the driver goes on."""
        plugin: bytes | None = self.plugin
        for _ in range(_MOST_SWITCHES):
            answer = _ANSWERS.get(plugin or b"")
            if answer is None:
                raise OperationalError(UNKNOWN_LOGIN, "no way to log in that is known here")
            self._connection.write_packet(answer(self._connection.password, packet.read_all()))
            packet = self._connection._read_packet()  # noqa: SLF001 - as the driver's own answers do
            if not packet.is_auth_switch_request():
                return packet
            packet.read_uint8()
            plugin = packet.read_string()
        raise OperationalError(UNKNOWN_LOGIN, "too many ways to log in")


class NativeFirst(SeveralWays):
    """The server switches to ``mysql_native_password``."""

    plugin = b"mysql_native_password"


class Ed25519First(SeveralWays):
    """The server switches to ``client_ed25519``."""

    plugin = b"client_ed25519"


class NotInClear:
    """Refuse to give the password itself where it could be read on the way."""

    def __init__(self, connection: object) -> None:
        del connection

    def authenticate(self, packet: object) -> NoReturn:
        """Raise instead of answering."""
        del packet
        raise OperationalError(UNKNOWN_LOGIN, "the password would be sent in clear")


class Sha2Cached:
    """Log in by what the server remembers of the password, and never give it the password itself.

    A server that remembers nothing asks for it, encrypted with a public key that it sends: over a line that is not
    private that key may be anybody's.

    Args:
        connection: The driver's.

    Source:
        MySQL Reference Manual, "Caching SHA-2 Pluggable Authentication".
    """

    def __init__(self, connection: _Driver) -> None:
        self._connection = connection

    def authenticate(self, packet: _Packet) -> _Packet:
        """Return the packet with which the driver goes on."""
        driver = self._connection
        if packet.is_auth_switch_request():
            driver.salt = packet.read_all()[:_CHALLENGE_BYTES]
            driver.write_packet(cached_answer(driver.password, driver.salt))
            packet = driver._read_packet()  # noqa: SLF001 - as the driver's own answers do
        if not packet.is_extra_auth_data():
            return packet
        packet.advance(1)
        if packet.read_uint8() != _REMEMBERED:
            raise OperationalError(UNKNOWN_LOGIN, "the password would be sent to whoever has the key")
        return driver._read_packet()  # noqa: SLF001


def cached_answer(password: bytes, challenge: bytes) -> bytes:
    """Return SHA256(password) XOR SHA256(SHA256(SHA256(password)) + challenge); nothing for an empty password."""
    if not password:
        return b""
    once = hashlib.sha256(password).digest()
    mask = hashlib.sha256(hashlib.sha256(once).digest() + challenge).digest()
    return bytes(left ^ right for left, right in zip(once, mask, strict=True))


def native_answer(password: bytes, challenge: bytes) -> bytes:
    """Return SHA1(password) XOR SHA1(challenge + SHA1(SHA1(password))); nothing for an empty password.

    Args:
        password: Any bytes.
        challenge: 20 bytes; what follows is left out.

    Source:
        MySQL client/server protocol, "Native Authentication".
    """
    if not password:
        return b""
    inner = hashlib.sha1(password, usedforsecurity=False).digest()
    kept = hashlib.sha1(inner, usedforsecurity=False).digest()
    mask = hashlib.sha1(challenge[:_CHALLENGE_BYTES] + kept, usedforsecurity=False).digest()
    return bytes(left ^ right for left, right in zip(inner, mask, strict=True))


_ANSWERS = {NativeFirst.plugin: native_answer, Ed25519First.plugin: ed25519_answer}
