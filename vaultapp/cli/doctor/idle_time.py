"""Whether this desktop tells when the person was there last."""

from __future__ import annotations

from collections.abc import Mapping

from vaultapp.cli.doctor.message_bus import MessageBus
from vaultapp.core.buses import LOGIND, idle_times, session_address, system_address
from vaultapp.core.login_session import SESSION_INTERFACE, find_session


def is_told(environment: Mapping[str, str], present: frozenset[str]) -> bool:
    """Ask whoever may know, as an agent would. That somebody is there says nothing: many screen savers do not know.

    Args:
        environment: Where the buses are.
        present: The names that somebody has on them.
    """
    bus = MessageBus(session_address(environment))
    for name, path, member, _ in idle_times(environment):
        if name in present and _is_count(bus.call(name, path, name, member)):
            return True
    system = MessageBus(system_address(environment))
    return LOGIND in present and _logind_tells(system, environment.get("XDG_SESSION_ID"))


def _logind_tells(bus: MessageBus, session_id: str | None) -> bool:
    """True where the desktop has ever told logind that it was idle.

    Source:
        org.freedesktop.login1(5): Session.IdleSinceHintMonotonic, 0 until somebody sets it.
    """
    session = find_session(bus, session_id)
    since = bus.get(LOGIND, session, SESSION_INTERFACE, "IdleSinceHintMonotonic") if session else None
    return isinstance(since, int) and since > 0


def _is_count(answer: tuple[object, ...] | None) -> bool:
    return answer is not None and len(answer) > 0 and isinstance(answer[0], int) and answer[0] >= 0
