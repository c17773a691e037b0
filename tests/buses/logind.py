"""A logind that does what a test says."""

from __future__ import annotations

import os
import select
from typing import Any

from tests.buses.stand_in import StandIn
from tests.desktop.processes import wait_until

NAME = "org.freedesktop.login1"
MANAGER = "/org/freedesktop/login1"
SESSION = "/org/freedesktop/login1/session/_31"


class FakeLogind(StandIn):
    """Knows one session, which everybody belongs to, and gives inhibitors.

    Attributes:
        properties: Of the manager and the session, by name: signature and value.
        inhibited: The calls of Inhibit: what, who, why, mode.
    """

    def __init__(self, address: str) -> None:
        self.properties: dict[str, tuple[str, Any]] = {
            "PreparingForSleep": ("b", False),
            "IdleHint": ("b", False),
            "IdleSinceHintMonotonic": ("t", 0),
            "Type": ("s", "wayland"),
        }
        self.inhibited: list[tuple[str, ...]] = []
        self._pipes: list[int] = []
        answers = {
            "GetSessionByPID": lambda _pid: ("o", (SESSION,)),
            "Inhibit": self._inhibit,
            "Get": lambda _interface, name: ("v", (self.properties[name],)) if name in self.properties else None,
        }
        super().__init__(address, NAME, answers=answers)

    @property
    def delays(self) -> int:
        """How many inhibitors somebody still holds, by what the kernel says of the pipes."""
        poll = select.poll()
        for descriptor in self._pipes:
            poll.register(descriptor, 0)
        return len(self._pipes) - sum(1 for _, found in poll.poll(0) if found & select.POLLHUP)

    def sleep(self, begins: bool = True) -> None:
        """Tell that the computer is about to sleep, or has woken."""
        self.properties["PreparingForSleep"] = ("b", begins)
        self.signal(MANAGER, f"{NAME}.Manager", "PrepareForSleep", "b", begins)

    def lock_session(self) -> None:
        """Ask the session to lock itself, as ``loginctl lock-session`` does."""
        self.signal(SESSION, f"{NAME}.Session", "Lock")

    def session_changes(self, **values: bool) -> None:
        """Tell of changed properties of the session."""
        changed = {name: ("b", value) for name, value in values.items()}
        body = (f"{NAME}.Session", changed, [])
        self.signal(SESSION, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", *body)

    def wait_heard(self) -> None:
        """Wait until who listens to the session has worked through all that was sent: it asks what only has changed."""
        before = len(self.calls)
        body = (f"{NAME}.Session", {}, ["LockedHint"])
        self.signal(SESSION, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", *body)
        asked = ("Get", (f"{NAME}.Session", "LockedHint"))
        wait_until(lambda: asked in self.calls[before:], "a question about the session")

    def close(self) -> None:
        """Leave the bus, and forget who delays what."""
        super().close()
        while self._pipes:
            os.close(self._pipes.pop())

    def _inhibit(self, *why: str) -> tuple[str, tuple[int]]:
        # As logind does it: a FIFO, whose reading end it keeps.
        reading, writing = os.pipe()
        self._pipes.append(reading)
        self.inhibited.append(why)
        return "h", (writing,)
