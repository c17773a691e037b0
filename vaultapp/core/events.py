"""What happened, told after it is committed."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

EventT = TypeVar("EventT")


class EventBus:
    """Hand events to whoever subscribed to their class. Safe from any thread.

    Subscribers are called in the publishing thread and must be quick.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscribers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)

    def subscribe(self, kind: type[EventT], call: Callable[[EventT], None]) -> Callable[[], None]:
        """Call this with each event of the kind; return what ends the subscription."""
        with self._lock:
            self._subscribers[kind].append(call)

        def unsubscribe() -> None:
            with self._lock:
                self._subscribers[kind].remove(call)

        return unsubscribe

    def publish(self, event: object) -> None:
        """Tell everybody who asked for this kind of event."""
        with self._lock:
            calls = list(self._subscribers[type(event)])
        for call in calls:
            call(event)
