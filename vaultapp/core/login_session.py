"""Which session of logind's this process belongs to."""

from __future__ import annotations

import os
from typing import Any, Protocol

from vaultapp.core.buses import LOGIND

MANAGER = "/org/freedesktop/login1"
MANAGER_INTERFACE = f"{LOGIND}.Manager"
SESSION_INTERFACE = f"{LOGIND}.Session"


class BusCalls(Protocol):
    """Asks somebody on the system's bus."""

    def call(
        self, name: str, path: str, interface: str, member: str, signature: str = "", *body: object
    ) -> tuple[Any, ...] | None:
        """Call a method; None when it was refused, or not answered in time."""

    def get(self, name: str, path: str, interface: str, prop: str) -> Any:
        """Return a property's value; None when there is none."""


def find_session(bus: BusCalls, session_id: str | None) -> str | None:
    """Return the object of this process's session, the one that the environment names, or the user's on a screen.

    Args:
        bus: The system's; what it raises comes out.
        session_id: By the environment, ``XDG_SESSION_ID``; None or empty where it names none.

    Source:
        org.freedesktop.login1(5): Manager.GetSessionByPID, GetSession, GetUser; User.Display, an id and an object.
    """
    found = bus.call(LOGIND, MANAGER, MANAGER_INTERFACE, "GetSessionByPID", "u", os.getpid())
    if not found and session_id:
        found = bus.call(LOGIND, MANAGER, MANAGER_INTERFACE, "GetSession", "s", session_id)
    if found:
        return str(found[0])
    user = bus.call(LOGIND, MANAGER, MANAGER_INTERFACE, "GetUser", "u", os.getuid())
    display = bus.get(LOGIND, str(user[0]), f"{LOGIND}.User", "Display") if user else None
    if isinstance(display, tuple) and len(display) == 2 and display[0]:
        return str(display[1])
    return None
