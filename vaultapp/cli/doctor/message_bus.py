"""Who is on a message bus (D-Bus), and what they answer."""

from __future__ import annotations

from typing import Any

_PATIENCE_S = 2.0
_BUS = "org.freedesktop.DBus"


def names_on(address: str) -> frozenset[str] | None:
    """Return the names that somebody has on a bus; None when it does not answer within two seconds.

    Source:
        D-Bus specification, ``org.freedesktop.DBus.ListNames``.
    """
    answer = ask(address, _BUS, "/org/freedesktop/DBus", _BUS, "ListNames")
    return frozenset(map(str, answer[0])) if answer else None


def ask(
    address: str, name: str, path: str, interface: str, member: str, signature: str = "", *body: object
) -> tuple[Any, ...] | None:
    """Call a method of somebody who is there; None when it is refused, or not answered within two seconds."""
    from jeepney import DBusAddress, MessageFlag, MessageType, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    message = new_method_call(DBusAddress(path, name, interface), member, signature or None, body)
    message.header.flags = MessageFlag.no_auto_start
    try:
        with open_dbus_connection(bus=address, auth_timeout=_PATIENCE_S) as connection:
            answer = connection.send_and_get_reply(message, timeout=_PATIENCE_S)
    except (OSError, ValueError, RuntimeError, StopIteration, KeyError):
        # An address of a form that is not known, nobody there, or somebody who is no bus.
        return None
    return tuple(answer.body) if answer.header.message_type is MessageType.method_return else None
