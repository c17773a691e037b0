"""One connection to a message bus (D-Bus)."""

from __future__ import annotations

import select
import socket
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageFlag, MessageType, new_method_call
from jeepney.bus import get_connectable_addresses
from jeepney.bus_messages import message_bus
from jeepney.fds import FileDescriptor, fds_buf_size
from jeepney.io.blocking import prep_socket

from vaultapp.agent.triggers.message_stream import Arrived, MessageStream
from vaultapp.core.errors import HostError

_CALL_S = 2.0
_CONNECT_S = 2.0
_KEPT_SIGNALS = 256
_READ_BYTES = 64 * 1024
_BUS = "org.freedesktop.DBus"
_OWNER_CHANGED = "NameOwnerChanged"


@dataclass(frozen=True, slots=True)
class Signal:
    """What was told by somebody whom this connection listens to, or by the bus itself.

    Attributes:
        names: The well-known names that the sender has. They are the bus's word, not the sender's.
    """

    names: tuple[str, ...]
    path: str
    interface: str
    member: str
    body: tuple[Any, ...]


class Bus:
    """Calls, and what others signal; for one thread. Everything ends in time, whatever the other side does.

    Args:
        address: As the specification writes it, e.g. ``unix:path=/run/user/1000/bus``.

    Raises:
        HostError: Nobody answers there.

    Source:
        D-Bus specification, "Message Protocol" and "Server Addresses".
    """

    def __init__(self, address: str) -> None:
        self._serials = count(1)
        self._stream = MessageStream()
        self._signals: deque[Signal] = deque(maxlen=_KEPT_SIGNALS)
        # By well-known name, for those that are listened to; empty while nobody has it.
        self._owners: dict[str, str] = {}
        try:
            self._socket: socket.socket = prep_socket(
                next(get_connectable_addresses(address)), enable_fds=True, timeout=_CONNECT_S
            )
        except (OSError, ValueError, RuntimeError, StopIteration) as exc:
            raise HostError(reason="bus") from exc
        except Exception as exc:
            # The library's own: the bus refuses who we are, or descriptors.
            raise HostError(reason="bus") from exc
        self._socket.settimeout(_CALL_S)
        try:
            if self._ask(message_bus.Hello(), _BUS) is None:
                raise HostError(reason="bus")
        except BaseException:
            self.close()
            raise

    def fileno(self) -> int:
        """Return the socket, to wait for."""
        return self._socket.fileno()

    def call(
        self, name: str, path: str, interface: str, member: str, signature: str = "", *body: object
    ) -> tuple[Any, ...] | None:
        """Call a method of who has the name now; None when nobody has, it was refused, or not answered in time.

        Nobody is started for it, and nobody else can answer in its place. Descriptors among the answer are closed by
        the next exec.

        Raises:
            HostError: The connection is lost.
        """
        if name == _BUS:
            owner = _BUS
        else:
            self.follow(name)
            owner = self._owners[name]
        if not owner:
            return None
        message = new_method_call(DBusAddress(path, owner, interface), member, signature or None, body)
        message.header.flags = MessageFlag.no_auto_start
        return self._ask(message, owner)

    def get(self, name: str, path: str, interface: str, prop: str) -> Any:
        """Return a property's value; None when there is none.

        Raises:
            HostError: The connection is lost.
        """
        found = self.call(name, path, "org.freedesktop.DBus.Properties", "Get", "ss", interface, prop)
        return _variant(found[0]) if found else None

    def listen(self, name: str, interface: str, member: str, path: str | None = None) -> None:
        """Hear a signal of whoever has a well-known name, now or later. Another's of the same form is dropped.

        Raises:
            HostError: The connection is lost.
        """
        self.follow(name)
        rule = MatchRule(type="signal", sender=name, interface=interface, member=member, path=path)
        self._ask(message_bus.AddMatch(rule), _BUS)

    def follow(self, name: str) -> None:
        """Know from now on whether anybody has a well-known name, and hear when that changes.

        Raises:
            HostError: The connection is lost.
        """
        if name in self._owners:
            return
        self._owners[name] = ""
        rule = MatchRule(type="signal", sender=_BUS, interface=_BUS, member=_OWNER_CHANGED)
        rule.add_arg_condition(0, name)
        self._ask(message_bus.AddMatch(rule), _BUS)
        found = self.call(_BUS, "/org/freedesktop/DBus", _BUS, "GetNameOwner", "s", name)
        if found:
            self._owners[name] = str(found[0])

    def has_owner(self, name: str) -> bool:
        """True while somebody has a well-known name that is followed."""
        return bool(self._owners.get(name))

    def take(self) -> Signal | None:
        """Read one message at most, and return the next signal that is here; None while there is none.

        More may be waiting where :meth:`fileno` says so.

        Raises:
            HostError: The connection is lost.
        """
        if not self._signals and (message := self._next(0)) is not None:
            self._keep(message)
        return self._signals.popleft() if self._signals else None

    def close(self) -> None:
        """End the connection."""
        self._socket.close()
        self._stream.close()

    def _ask(self, message: Message, whom: str) -> tuple[Any, ...] | None:
        """Send a call, and return the answer of whom it went to, by the unique name or the bus's.

        Serials can be guessed, and anybody may send what says to be an answer. Who sent it is the bus's word.
        """
        serial = next(self._serials)
        until = time.monotonic() + _CALL_S
        try:
            self._socket.sendall(message.serialise(serial=serial))
        except OSError as exc:
            raise HostError(reason="bus") from exc
        while (left := until - time.monotonic()) > 0 and (found := self._next(left)) is not None:
            if found.field(HeaderFields.reply_serial) == serial:
                sender = found.field(HeaderFields.sender)
                if found.kind is MessageType.method_return and sender == whom:
                    return found.body()
                # The bus answers for whom it cannot reach.
                if found.kind is MessageType.error and sender in (whom, _BUS):
                    found.drop()
                    return None
            self._keep(found)
        return None

    def _keep(self, message: Arrived) -> None:
        """Keep a signal of somebody who is listened to. Calls are not answered and late answers are dropped."""
        sender = message.field(HeaderFields.sender)
        names = (_BUS,) if sender == _BUS else tuple(name for name, owner in self._owners.items() if owner == sender)
        body = message.body() if names and sender and message.kind is MessageType.signal else None
        message.drop()
        if body is None:
            return
        member = message.field(HeaderFields.member) or ""
        if sender == _BUS and member == _OWNER_CHANGED and len(body) == 3 and body[0] in self._owners:
            self._owners[body[0]] = str(body[2])
        path, interface = message.field(HeaderFields.path) or "", message.field(HeaderFields.interface) or ""
        self._signals.append(Signal(names, path, interface, member, body))

    def _next(self, seconds: float) -> Arrived | None:
        """Return the next message that can be read; None when none comes in time, whatever else does."""
        until = time.monotonic() + seconds
        try:
            while True:
                left = max(0.0, until - time.monotonic())
                if not select.select([self._socket], [], [], left)[0]:
                    return None
                self._read()
                message = self._stream.take()
                if message is not None or not left:
                    return message
        except (OSError, ValueError) as exc:
            raise HostError(reason="bus") from exc

    def _read(self) -> None:
        # The library's own reading lets an exec pass descriptors on; one that delays sleep must end there.
        wanted = min(self._stream.wanted, _READ_BYTES)
        data, ancillary, _, _ = self._socket.recvmsg(wanted, fds_buf_size(), socket.MSG_CMSG_CLOEXEC)
        descriptors = FileDescriptor.from_ancdata(ancillary)
        if not data:
            raise ConnectionResetError
        self._stream.add(data, descriptors)


def descriptor_of(answer: tuple[Any, ...] | None) -> int | None:
    """Take the descriptor out of an answer; whoever calls this closes it."""
    if answer and isinstance(answer[0], FileDescriptor):
        return int(answer[0].to_raw_fd())
    return None


def seconds_of(answer: tuple[Any, ...] | None, per_second: int) -> float | None:
    """Read a span of time that somebody else measured; None when it is none."""
    if answer and isinstance(answer[0], int) and answer[0] >= 0:
        return float(answer[0] / per_second)
    return None


def changed_properties(signal: Signal) -> Mapping[str, Any]:
    """Return what a PropertiesChanged signal says of whose value it tells."""
    body = signal.body
    if len(body) < 2 or not isinstance(body[1], dict):
        return {}
    return {str(name): _variant(value) for name, value in body[1].items()}


def _variant(value: Any) -> Any:
    return value[1] if isinstance(value, tuple) and len(value) == 2 else None
