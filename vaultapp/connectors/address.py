"""Where an account is, and who changes it there."""

from __future__ import annotations

from dataclasses import dataclass, field

from vaultapp.contracts.connectors import Connection, Fields
from vaultapp.core.printable import printable
from vaultapp.core.target_errors import TargetFailed

_PORTS = range(1, 65536)


@dataclass(frozen=True, slots=True)
class Address:
    """A server. ``str`` gives what people and errors call it."""

    host: str
    port: int

    def __str__(self) -> str:
        """Return ``host:port``."""
        return f"{self.host}:{self.port}"

    @classmethod
    def of(cls, value: Fields, default_port: int) -> Address:
        """Read the fields ``host`` and ``port`` of a value.

        Raises:
            TargetFailed: The port is no number of one.
        """
        return cls(value.get("host", ""), _port(value.get("port", ""), default_port, value.get("host", "")))

    @classmethod
    def parse(cls, text: str, default_port: int) -> Address:
        """Read ``host`` or ``host:port``; an IPv6 address with a port stands in brackets.

        Raises:
            TargetFailed: The port is no number of one.
        """
        text = text.strip()
        if text.startswith("["):
            host, _, rest = text[1:].partition("]")
            return cls(host, _port(rest.removeprefix(":"), default_port, text))
        if text.count(":") > 1:
            return cls(text, default_port)
        host, _, port = text.partition(":")
        return cls(host, _port(port, default_port, text))


@dataclass(frozen=True, slots=True)
class Account:
    """A name and a password at one server."""

    address: Address
    name: str
    password: str = field(repr=False)


def account_of(value: Fields, default_port: int) -> Account:
    """Return the account that a value is for.

    Raises:
        TargetFailed: The value's port is no number of one, or host, name or password has a zero byte, behind which
            drivers in C see nothing any more, not even that the certificate is to be verified.
    """
    account = Account(Address.of(value, default_port), value.get("username", ""), value.get("password", ""))
    if any("\0" in text for text in (account.address.host, account.name, account.password, value.get("dbname", ""))):
        raise TargetFailed(target=printable(str(account.address)), number=0, reason="zero_byte")
    return account


def changer_of(connection: Connection, value: Fields, default_port: int) -> Account:
    """Return the account that may change the value's: the admin of the settings, else itself.

    An admin of another server is refused, so that its password is never sent to whatever host a value names.

    Raises:
        TargetFailed: The admin belongs to another server, or a port is no number of one.
    """
    own = account_of(value, default_port)
    if connection.admin is None:
        return own
    admin = account_of(connection.admin, default_port)
    if admin.address != own.address:
        raise TargetFailed(target=str(own.address), number=0, reason="admin_elsewhere")
    return admin


def _port(text: str, default: int, target: str) -> int:
    if not text.strip():
        return default
    # Not isdigit alone: that is true of digits that int() does not read.
    if not (text.strip().isascii() and text.strip().isdigit() and int(text) in _PORTS):
        raise TargetFailed(target=target, number=0, reason="port")
    return int(text)
