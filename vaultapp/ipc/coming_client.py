"""A client that is still on its way: its calls wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

from msgspec import Raw

from vaultapp.contracts.events import Event
from vaultapp.core.errors import AgentGone
from vaultapp.core.work import WorkContext
from vaultapp.ipc.client import Client
from vaultapp.ipc.proxy import Proxy
from vaultapp.ipc.shapes import CallShape

InterfaceT = TypeVar("InterfaceT")


class ComingClient:
    """An agent takes as long to start as a window to be drawn: who wants to begin with neither has this.

    Args:
        start: Finds or starts the agent; blocks.
    """

    def __init__(self, start: Callable[[], Client]) -> None:
        self._start = start
        self._client: Client | None = None
        self._error: BaseException | None = None
        self._listener: Callable[[Event | None], None] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="agent-start", daemon=True)
        self._thread.start()

    def arrived(self) -> Client:
        """Wait for the client.

        Raises:
            VaultBusy, AgentGone, HostError, Damaged: There is no agent to be had.
        """
        self._thread.join()
        if self._client is None:
            raise self._error or AgentGone()
        return self._client

    def api(self, interface: type[InterfaceT], subject: str) -> InterfaceT:
        """Return an object with the interface's methods that asks the agent once that is there."""
        return cast("InterfaceT", Proxy(interface, subject, self))

    def listen(self, call: Callable[[Event | None], None]) -> None:
        """Call this with every event of the client, as :meth:`Client.on_event` does; never if none comes."""
        with self._lock:
            self._listener = call
            client = self._client
        if client is not None:
            client.on_event(call)

    def call(self, subject: str, method: str, arguments: Raw, shape: CallShape, work: WorkContext[Any] | None) -> Any:
        """Wait for the client, send a call and wait for its answer.

        Raises:
            AgentGone: The connection ended before the answer came.
            VaultError: What the agent answered, or why there is none.
        """
        return self.arrived().call(subject, method, arguments, shape, work)

    def _run(self) -> None:
        try:
            client = self._start()
        except BaseException as exc:  # noqa: BLE001 - raised where the client is wanted
            self._error = exc
            return
        with self._lock:
            self._client = client
            listener = self._listener
        if listener is not None:
            client.on_event(listener)
