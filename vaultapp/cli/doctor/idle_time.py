"""Whether this desktop tells when the person was there last."""

from __future__ import annotations

import os
from collections.abc import Mapping

from vaultapp.cli.doctor.message_bus import ask
from vaultapp.core.buses import LOGIND, idle_times, session_address, system_address

_MANAGER = "/org/freedesktop/login1"


def is_told(environment: Mapping[str, str], present: frozenset[str]) -> bool:
    """Ask whoever may know, as an agent would. That somebody is there says nothing: many screen savers do not know.

    Args:
        environment: Where the buses are.
        present: The names that somebody has on them.
    """
    address = session_address(environment)
    for name, path, member, _ in idle_times(environment):
        if name in present and _is_count(ask(address, name, path, name, member)):
            return True
    return LOGIND in present and _logind_tells(system_address(environment), environment.get("XDG_SESSION_ID"))


def _logind_tells(address: str, session_id: str | None) -> bool:
    """True where the desktop has ever told logind that it was idle.

    Source:
        org.freedesktop.login1(5): Session.IdleSinceHintMonotonic, 0 until somebody sets it.
    """

    def manager(member: str, signature: str, value: object) -> tuple[object, ...] | None:
        return ask(address, LOGIND, _MANAGER, f"{LOGIND}.Manager", member, signature, value)

    def read(path: object, interface: str, name: str) -> tuple[object, ...]:
        answer = ask(
            address, LOGIND, str(path), "org.freedesktop.DBus.Properties", "Get", "ss", f"{LOGIND}.{interface}", name
        )
        # A variant: its signature, then its value.
        return (answer[0][1],) if answer else ()

    session = manager("GetSessionByPID", "u", os.getpid())
    if not session and session_id:
        session = manager("GetSession", "s", session_id)
    if not session:
        user = manager("GetUser", "u", os.getuid())
        shown = read(user[0], "User", "Display") if user else ()
        # Its id and its object.
        session = (shown[0][1],) if shown and isinstance(shown[0], tuple) and shown[0][0] else None
    since = read(session[0], "Session", "IdleSinceHintMonotonic") if session else ()
    return _is_count(since) and since[0] != 0


def _is_count(answer: tuple[object, ...] | None) -> bool:
    return answer is not None and len(answer) > 0 and isinstance(answer[0], int) and answer[0] >= 0
