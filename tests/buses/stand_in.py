"""A program that has a name on a bus and answers calls, in a thread of the test."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, prep_socket

from tests.closes_on_leaving import ClosesOnLeaving

# Of a call's body: the answer's signature and body; None refuses.
Answer = Callable[..., tuple[str, tuple[Any, ...]] | None]


class StandIn(ClosesOnLeaving):
    """Has names on a bus.

    Args:
        address: Of the bus.
        names: Asked for at the beginning.
        answers: By the method's name; what is not here is refused.
    """

    def __init__(self, address: str, *names: str, answers: dict[str, Answer] | None = None) -> None:
        self.address = address
        self._connection = DBusConnection(prep_socket(address.partition("path=")[2], enable_fds=True), enable_fds=True)
        self.unique_name: str = self._connection.unique_name
        self.answers: dict[str, Answer] = dict(answers or {})
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.senders: list[str] = []
        for name in names:
            assert self._connection.send_and_get_reply(message_bus.RequestName(name, 4)).body == (1,), name
        self._wake_read, self._wake_write = os.pipe()
        self._sending = threading.Lock()
        self._answered = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def signal(self, path: str, interface: str, member: str, signature: str = "", *body: object, to: str = "") -> None:
        """Tell everybody, or one connection."""
        message = new_signal(DBusAddress(path, interface=interface), member, signature or None, body)
        if to:
            message.header.fields[HeaderFields.destination] = to
        self.send(message)

    def send(self, message: Any) -> None:
        """Send any message."""
        with self._sending, suppress(OSError):
            self._connection.send(message)

    def send_raw(self, message: bytes) -> None:
        """Send bytes that are a message, or nearly."""
        with self._sending:
            self._connection.sock.sendall(message)

    def flush(self) -> None:
        """Wait until the bus has passed on what was sent so far."""
        self._answered.clear()
        self.send(message_bus.GetId())
        assert self._answered.wait(10)

    def callers(self, member: str) -> list[tuple[Any, ...]]:
        """Return the bodies of the calls of one method."""
        return [body for name, body in list(self.calls) if name == member]

    def close(self) -> None:
        """Leave the bus."""
        if self._stopped:
            return
        self._stopped = True
        os.write(self._wake_write, b"\0")
        self._thread.join()
        self._connection.close()
        os.close(self._wake_read)
        os.close(self._wake_write)

    def _serve(self) -> None:
        while not self._stopped:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                select.select([self._connection.sock, self._wake_read], [], [])
                continue
            except (OSError, EOFError):
                return
            if message.header.message_type is MessageType.method_return:
                self._answered.set()
            if message.header.message_type is not MessageType.method_call:
                continue
            member = message.header.fields[HeaderFields.member]
            self.calls.append((member, tuple(message.body)))
            self.senders.append(message.header.fields[HeaderFields.sender])
            answer = self.answers.get(member, lambda *_: None)(*message.body)
            if answer is None:
                self.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
                continue
            signature, body = answer
            self.send(new_method_return(message, signature or None, body))
            for value in body:
                if "h" in signature and isinstance(value, int):
                    os.close(value)
