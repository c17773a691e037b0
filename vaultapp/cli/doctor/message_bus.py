"""Who is on a message bus (D-Bus), and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_PATIENCE_S = 2.0
_BUS = "org.freedesktop.DBus"


@dataclass(frozen=True, slots=True)
class MessageBus:
    """Asks over a connection of its own each time.

    Attributes:
        address: As the D-Bus specification writes it.
    """

    address: str

    def names(self) -> frozenset[str] | None:
        """Return the names that somebody has there; None when it does not answer within two seconds.

        Source:
            D-Bus specification, ``org.freedesktop.DBus.ListNames``.
        """
        answer = self.call(_BUS, "/org/freedesktop/DBus", _BUS, "ListNames")
        return frozenset(map(str, answer[0])) if answer else None

    def get(self, name: str, path: str, interface: str, prop: str) -> Any:
        """Return a property's value; None when there is none."""
        answer = self.call(name, path, "org.freedesktop.DBus.Properties", "Get", "ss", interface, prop)
        # A variant: its signature, then its value.
        return answer[0][1] if answer else None

    def call(
        self, name: str, path: str, interface: str, member: str, signature: str = "", *body: object
    ) -> tuple[Any, ...] | None:
        """Call a method of somebody who is there; None when it is refused, or not answered within two seconds."""
        from jeepney import DBusAddress, MessageFlag, MessageType, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        message = new_method_call(DBusAddress(path, name, interface), member, signature or None, body)
        message.header.flags = MessageFlag.no_auto_start
        try:
            with open_dbus_connection(bus=self.address, auth_timeout=_PATIENCE_S) as connection:
                answer = connection.send_and_get_reply(message, timeout=_PATIENCE_S)
        except (OSError, ValueError, RuntimeError, StopIteration, KeyError):
            # An address of a form that is not known, nobody there, or somebody who is no bus.
            return None
        return tuple(answer.body) if answer.header.message_type is MessageType.method_return else None
