"""A client's end of the wire."""

from __future__ import annotations

import itertools
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from msgspec import Raw

from vaultapp import __version__
from vaultapp.contracts.events import Event as AgentEvent
from vaultapp.contracts.vault import VaultApi, VaultLocking, VaultStatus
from vaultapp.core.error_codes import by_code
from vaultapp.core.errors import AgentGone, Damaged
from vaultapp.core.work import WorkContext
from vaultapp.ipc.proxy import Proxy
from vaultapp.ipc.shapes import CallShape
from vaultapp.ipc.wire import PROTOCOL, Call, Cancel, Channel, Event, Failure, Hello, Item, Progress, Result, unpack

InterfaceT = TypeVar("InterfaceT")


@dataclass(slots=True)
class _Pending:
    shape: CallShape
    work: WorkContext[Any] | None
    done: threading.Event = field(default_factory=threading.Event)
    value: Any = None
    error: Exception | None = None
    unheard: bool = False  # who listened to it failed, and it goes on


class Client:
    """A connection to the agent. Calls block and may come from any thread.

    Args:
        sock: Connected to an agent.
        role: ``window`` or ``command``: what this client wishes to be.

    Raises:
        AgentGone, VaultBusy: The agent does not greet, or says why it cannot serve.
    """

    def __init__(self, sock: socket.socket, role: str) -> None:
        self._channel = Channel(sock)
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._pending: dict[int, _Pending] = {}
        self._listeners: list[Callable[[AgentEvent | None], None]] = []
        self._gone = False
        self.successor: int | None = None
        # Keeps the computer awake until this process is replaced.
        self._delays: list[int] = []
        first, _ = self._channel.receive()
        if isinstance(first, Failure):
            raise by_code(first.code, first.facts)
        if not isinstance(first, Hello):
            raise Damaged(reason="message")
        if first.protocol != PROTOCOL:
            raise Damaged(reason="protocol")
        self._channel.send(Hello(version=__version__, role=role, nonce=first.nonce))
        self.hello = first
        self._reader = threading.Thread(target=self._read, name="agent-client", daemon=True)
        self._reader.start()

    def api(self, interface: type[InterfaceT], subject: str) -> InterfaceT:
        """Return an object with the interface's methods that asks the agent."""
        return cast("InterfaceT", Proxy(interface, subject, self))

    @property
    def status(self) -> VaultStatus:
        """Ask for the agent's status."""
        return self.api(VaultApi, "vault").status()

    def on_event(self, call: Callable[[AgentEvent | None], None]) -> None:
        """Call this with every event, and with None when the connection ends; from the reader's thread."""
        self._listeners.append(call)
        if self._gone:
            call(None)

    def call(self, subject: str, method: str, arguments: Raw, shape: CallShape, work: WorkContext[Any] | None) -> Any:
        """Send a call and wait for its answer.

        Raises:
            AgentGone: The connection ended before the answer came.
            VaultError: What the agent answered.
        """
        number = next(self._numbers)
        pending = _Pending(shape, work)
        with self._lock:
            if self._gone:
                raise AgentGone
            self._pending[number] = pending
        try:
            self._channel.send(Call(number, subject, method, arguments), work.descriptors if work else ())
            if work is not None:
                work.when_cancelled(lambda: self._cancel(number))
            pending.done.wait()
            if pending.unheard:
                self._cancel(number)
        finally:
            with self._lock:
                self._pending.pop(number, None)
        if pending.error is not None:
            raise pending.error
        return pending.value

    def detach(self) -> int:
        """Give up the object and return its open socket's descriptor, for a process that replaces this one."""
        return os.dup(self._channel.socket.fileno())

    def close(self) -> None:
        """End the connection; calls under way fail with AgentGone."""
        self._channel.close()
        if threading.current_thread() is not self._reader:
            self._reader.join()
        while self._delays:
            os.close(self._delays.pop())

    def _cancel(self, number: int) -> None:
        with self._lock:
            running = number in self._pending and not self._gone
        if running:
            # A call that ends with its connection needs no cancelling.
            with suppress(AgentGone):
                self._channel.send(Cancel(number))

    def _read(self) -> None:
        try:
            while True:
                message, descriptors = self._channel.receive()
                self._take(message, descriptors)
                self._channel.forget()
        except (AgentGone, Damaged):
            pass
        finally:
            with self._lock:
                self._gone = True
                waiting = list(self._pending.values())
            for pending in waiting:
                # An answer that came just before the end still counts.
                if not pending.done.is_set():
                    pending.error = AgentGone()
                    pending.done.set()
            for listener in list(self._listeners):
                listener(None)

    def _take(self, message: object, descriptors: list[int]) -> None:
        if isinstance(message, Event):
            event = unpack(message.value, AgentEvent)
            if isinstance(event, VaultLocking) and descriptors:
                self.successor = descriptors.pop(0)
                self._delays, descriptors[:] = descriptors[:], []
            for listener in list(self._listeners):
                listener(event)
        elif isinstance(message, Result | Failure | Progress | Item):
            with self._lock:
                pending = self._pending.get(message.id)
            if pending is not None and not pending.done.is_set():
                try:
                    self._answer(pending, message)
                except Exception as exc:  # noqa: BLE001 - of one call; the reader is everybody's
                    pending.error, pending.unheard = exc, not isinstance(message, Result | Failure)
                    pending.done.set()
        for descriptor in descriptors:
            os.close(descriptor)

    @staticmethod
    def _answer(pending: _Pending, message: Result | Failure | Progress | Item) -> None:
        work = pending.work
        if isinstance(message, Progress):
            if work is not None and not work.cancelled:
                work.checkpoint(message.done, message.total)
        elif isinstance(message, Item):
            if work is not None:
                work.emit(unpack(message.value, pending.shape.item))
        else:
            if isinstance(message, Failure):
                pending.error = by_code(message.code, message.facts)
            else:
                pending.value = unpack(message.value, pending.shape.result)
            pending.done.set()
