"""What locks the vault by itself, and whether it can be heard here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from vaultapp.cli.doctor.finding import Finding, State
from vaultapp.cli.doctor.idle_time import is_told
from vaultapp.cli.doctor.message_bus import MessageBus
from vaultapp.cli.invocation import Invocation
from vaultapp.contracts.locking import LockTrigger, TriggerState
from vaultapp.core.buses import LOGIND, SCREEN_SAVERS, session_address, system_address
from vaultapp.core.errors import VaultError
from vaultapp.core.trigger_words import NOTES

_SUBJECTS = {
    LockTrigger.IDLE: "lock when idle",
    LockTrigger.SLEEP: "lock at sleep",
    LockTrigger.SESSION_LOCKED: "lock with the screen",
    LockTrigger.SCREEN_SAVER: "lock with the screen saver",
    LockTrigger.USER_SWITCHED: "lock at user switch",
}


def check_triggers(invocation: Invocation) -> Iterator[Finding]:
    """Ask the agent that runs what it hears; without one look who could tell an agent."""
    for found in _of_agent(invocation) or _of_buses(invocation):
        note = NOTES.get((found.trigger.value, found.note), found.note).rstrip(".")
        state = State.WARN if found.note or not found.available else State.OK
        yield Finding(_SUBJECTS[found.trigger], state, note or "it is heard here")


def _of_agent(invocation: Invocation) -> Sequence[TriggerState]:
    with suppress(VaultError):
        session = invocation.running()
        if session is not None:
            with session:
                return session.lock.triggers()
    return ()


def _of_buses(invocation: Invocation) -> Sequence[TriggerState]:
    """Tell from who is on the buses, and of idle times from what they answer.

    Whether logind knows this session, an agent finds out when it starts.
    """
    system = MessageBus(system_address(invocation.environment)).names()
    session = MessageBus(session_address(invocation.environment)).names()
    logind = "no_bus" if system is None else "" if LOGIND in system else "no_logind"
    saver = "no_bus" if session is None else ""
    if session is not None and session.isdisjoint(SCREEN_SAVERS):
        saver = "no_screen_saver"
    present = (session or frozenset()) | (system or frozenset())
    idle = is_told(invocation.environment, present)
    told_by_logind = (LockTrigger.SLEEP, LockTrigger.SESSION_LOCKED, LockTrigger.USER_SWITCHED)
    return (
        TriggerState(LockTrigger.IDLE, available=True, note="" if idle else "windows_only"),
        *(TriggerState(trigger, not logind, logind) for trigger in told_by_logind),
        TriggerState(LockTrigger.SCREEN_SAVER, not saver, saver),
    )
