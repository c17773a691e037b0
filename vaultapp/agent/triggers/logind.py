"""Sleep, the session's lock and the user's switch, as logind tells them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from vaultapp.agent.triggers.bus import Bus, Signal, changed_properties, descriptor_of
from vaultapp.agent.triggers.sleep_delay import SleepDelay
from vaultapp.contracts.locking import LockTrigger, TriggerState
from vaultapp.core.buses import LOGIND
from vaultapp.core.clock import MICROS, Clock
from vaultapp.core.login_session import MANAGER, MANAGER_INTERFACE, SESSION_INTERFACE, find_session

_PROPERTIES = "org.freedesktop.DBus.Properties"
# Where a desktop tells logind that nobody is there; else logind looks at the terminal itself.
_GRAPHICAL = ("x11", "wayland", "mir")
_HEARD = (LockTrigger.SLEEP, LockTrigger.SESSION_LOCKED, LockTrigger.USER_SWITCHED)
# Property, the value that locks, and the trigger that it is.
_PROPERTIES_THAT_LOCK = (
    ("LockedHint", True, LockTrigger.SESSION_LOCKED),
    ("Active", False, LockTrigger.USER_SWITCHED),
)

Fire = Callable[[LockTrigger], None]


class LogindListener:
    """Hears logind on the system bus, and delays the computer's sleep while the vault is open.

    Args:
        fire: Told of each trigger.
        delay: Holds the sleep up; None only looks what there is.
        wanted: True while the vault is to lock before sleep.
        clock: Its monotonic one is the machine's, as logind's is.
        environment: Names the session where logind does not know it by the process.

    Source:
        org.freedesktop.login1(5): Manager.PrepareForSleep, Inhibit, PreparingForSleep; Session.Lock, Active,
        LockedHint, IdleHint, IdleSinceHintMonotonic, Type. Of a session on a terminal, IdleHint turns true half an hour
        after the last input only, and the time of that input is told all along.
    """

    def __init__(
        self,
        fire: Fire,
        delay: SleepDelay | None,
        wanted: Callable[[], bool],
        clock: Clock,
        environment: Mapping[str, str],
    ) -> None:
        self._fire = fire
        self._delay = delay
        self._wanted = wanted
        self._clock = clock
        self._environment = environment
        self._session: str | None = None
        # What the session was when last seen; None before the first look since unlock, which locks nothing.
        self._seen: frozenset[LockTrigger] | None = None
        self._states = _none("no_bus")

    def attached(self, bus: Bus) -> None:
        """Listen, and lock if the computer is going to sleep already, or for what happened without a connection."""
        bus.listen(LOGIND, MANAGER_INTERFACE, "PrepareForSleep", MANAGER)
        self._begin(bus)
        self._seen = self._seen or frozenset()

    def heard(self, bus: Bus, signal: Signal) -> None:
        """Tell a trigger from the rest."""
        if LOGIND not in signal.names:
            if signal.body[:1] == (LOGIND,):
                self._begin(bus)
        elif signal.interface == MANAGER_INTERFACE and signal.member == "PrepareForSleep":
            self._sleep(bus, bool(signal.body and signal.body[0] is True))
        elif signal.path == self._session:
            self._hear_session(bus, signal)

    def settle(self, bus: Bus) -> None:
        """Hold sleep up, or no more."""
        if self._delay is None:
            return
        if not self._wanted():
            self._delay.release()
        elif not self._delay.held:
            self._hold(bus)

    def last_input(self, bus: Bus) -> float | None:
        """Return since when the session has been idle, where logind knows; 0 while a desktop says that it is not."""
        if self._session is None:
            return None
        since = bus.get(LOGIND, self._session, SESSION_INTERFACE, "IdleSinceHintMonotonic")
        if not isinstance(since, int) or since <= 0:
            return None  # No desktop has ever said anything; "not idle" is only where it begins.
        graphical = bus.get(LOGIND, self._session, SESSION_INTERFACE, "Type") in _GRAPHICAL
        if graphical and bus.get(LOGIND, self._session, SESSION_INTERFACE, "IdleHint") is not True:
            return 0.0
        return max(0.0, self._clock.monotonic() - since / MICROS)

    def lost(self) -> None:
        """Without the bus nobody knows what the descriptor still holds up."""
        self._session = None
        self._seen = self._seen or frozenset()
        self._states = _none("no_bus")
        if self._delay is not None:
            self._delay.release()

    def states(self) -> tuple[TriggerState, ...]:
        """Return what can be heard of sleep, session and switch."""
        return self._states

    def _begin(self, bus: Bus) -> None:
        if not bus.has_owner(LOGIND):
            self._session = None
            self._states = _none("no_logind")
            return
        self._session = find_session(bus, self._environment.get("XDG_SESSION_ID"))
        if self._session is not None:
            bus.listen(LOGIND, SESSION_INTERFACE, "Lock", self._session)
            bus.listen(LOGIND, _PROPERTIES, "PropertiesChanged", self._session)
        here = self._session is not None
        note = "" if here else "no_session"
        delayed = self._delay is None or not self._wanted() or self._hold(bus)
        self._states = (
            TriggerState(LockTrigger.SLEEP, True, "" if delayed else "no_delay"),
            TriggerState(LockTrigger.SESSION_LOCKED, here, note),
            TriggerState(LockTrigger.USER_SWITCHED, here, note),
        )
        if bus.get(LOGIND, MANAGER, MANAGER_INTERFACE, "PreparingForSleep") is True:
            self._fire(LockTrigger.SLEEP)
        if self._session is not None:
            names = ("Active", "LockedHint")
            before = self._seen
            now = self._see({name: bus.get(LOGIND, self._session, SESSION_INTERFACE, name) for name in names})
            if before is not None:
                self._fire_all(now - before)

    def _see(self, properties: Mapping[str, Any]) -> frozenset[LockTrigger]:
        """Remember how the session is; return for what of these properties to lock."""
        known = {
            trigger: properties[name] is locks
            for name, locks, trigger in _PROPERTIES_THAT_LOCK
            if properties.get(name) is not None
        }
        now = frozenset(trigger for trigger, locks in known.items() if locks)
        self._seen = ((self._seen or frozenset()) - known.keys()) | now
        return now

    def _fire_all(self, triggers: frozenset[LockTrigger]) -> None:
        for trigger in sorted(triggers):
            self._fire(trigger)

    def _sleep(self, bus: Bus, begins: bool) -> None:
        if begins:
            # Returns where sleep does not count, or while another thread locks: then the delay stays until its exec.
            self._fire(LockTrigger.SLEEP)
        else:
            self.settle(bus)

    def _hear_session(self, bus: Bus, signal: Signal) -> None:
        if signal.interface == SESSION_INTERFACE and signal.member == "Lock":
            self._fire(LockTrigger.SESSION_LOCKED)
        elif signal.member == "PropertiesChanged" and signal.body[:1] == (SESSION_INTERFACE,):
            changed = dict(changed_properties(signal))
            for name in signal.body[2] if len(signal.body) > 2 and isinstance(signal.body[2], list) else ():
                if name in ("Active", "LockedHint"):
                    changed[name] = bus.get(LOGIND, signal.path, SESSION_INTERFACE, name)
            self._fire_all(self._see(changed))

    def _hold(self, bus: Bus) -> bool:
        """Ask logind to wait; False when it does not."""
        assert self._delay is not None  # noqa: S101 - who only looks never comes here
        why = ("sleep", "vaultapp", "Lock the vault first", "delay")
        descriptor = descriptor_of(bus.call(LOGIND, MANAGER, MANAGER_INTERFACE, "Inhibit", "ssss", *why))
        if descriptor is not None:
            self._delay.hold(descriptor)
        return descriptor is not None


def _none(note: str) -> tuple[TriggerState, ...]:
    return tuple(TriggerState(trigger, False, note) for trigger in _HEARD)
