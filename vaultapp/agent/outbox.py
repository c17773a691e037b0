"""What goes to one client: answers, which somebody waits for, and events, which nobody does."""

from __future__ import annotations

import sys
import threading
import traceback
from collections import deque

from vaultapp.core.errors import AgentGone
from vaultapp.ipc.wire import Channel, Event, Message

EVENT_LIMIT = 1024
"""So many wait at most: who takes none of them is not there any more, or wants our memory."""


class Outbox:
    """Sends events in a thread of its own, so that whoever tells one waits for no client.

    An answer comes after the events that were told before it. A client that does not take what is sent, within the
    time that its socket has, or lets too many events wait, is closed.

    Args:
        channel: To the client; it has a time for sending.
        limit: How many events may wait.
    """

    def __init__(self, channel: Channel, limit: int = EVENT_LIMIT) -> None:
        self._channel = channel
        self._limit = limit
        self._events: deque[Event] = deque()
        self._lock = threading.Lock()
        self._sending = False
        # Held from taking an event to having sent it, so that nothing overtakes it.
        self._order = threading.Lock()

    def tell(self, event: Event) -> None:
        """Have an event sent; never waits."""
        with self._lock:
            full = len(self._events) >= self._limit
            if not full:
                self._events.append(event)
                if not self._sending:
                    self._sending = True
                    threading.Thread(target=self._run, name="events", daemon=True).start()
        if full:
            self._channel.close()

    def send(self, message: Message, *, until: float | None = None) -> None:
        """Send an answer.

        Args:
            message: The answer.
            until: As for :meth:`Channel.send`; with it, events that wait are not waited for.

        Raises:
            AgentGone, ValueError: As for :meth:`Channel.send`.
        """
        if until is not None:
            self._channel.send(message, until=until)
            return
        with self._order:
            while self._send_one():
                pass
            self._channel.send(message)

    def _run(self) -> None:
        try:
            while True:
                with self._order:
                    if self._send_one():
                        continue
                with self._lock:
                    if not self._events:
                        self._sending = False
                        return
        except AgentGone:
            # From here on nothing is sent; what comes still fills the box up, and no more.
            self._channel.close()
        except ValueError:
            # A bug: larger than a frame. The client would never know what it missed.
            traceback.print_exc(file=sys.stderr)
            self._channel.close()

    def _send_one(self) -> bool:
        with self._lock:
            if not self._events:
                return False
            event = self._events.popleft()
        self._channel.send(event)
        return True
