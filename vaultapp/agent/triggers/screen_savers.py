"""Screen savers, and the desktop's idle time, on the session bus."""

from __future__ import annotations

from collections.abc import Mapping

from vaultapp.agent.triggers.bus import Bus, Signal, seconds_of
from vaultapp.agent.triggers.logind import Fire
from vaultapp.contracts.locking import LockTrigger, TriggerState
from vaultapp.core.buses import IDLE_MONITOR, SCREEN_SAVERS, idle_times, saver_path


class SaverListener:
    """Hears screen savers come on. Each name is its interface's too; the object's path differs and says nothing.

    Args:
        fire: Told when one comes on.
        environment: Says which desktop this is.

    Source:
        freedesktop.org, "Idle Inhibition Service draft" (ActiveChanged, GetActive, GetSessionIdleTime in
        seconds); GNOME's
        gnome-screensaver D-Bus API, which Xfce, MATE and Cinnamon took over; mutter,
        org.gnome.Mutter.IdleMonitor.GetIdletime in milliseconds.
    """

    def __init__(self, fire: Fire, environment: Mapping[str, str]) -> None:
        self._fire = fire
        self._idle_times = idle_times(environment)
        # The vault was opened with the screen as it was then; what came on later, with nobody to hear it, counts.
        self._first = True
        self._states = _state("no_bus")
        # Those that do not know the time are not asked again, until another program has the name.
        self._silent: set[str] = set()

    def attached(self, bus: Bus) -> None:
        """Listen to all of them, for one may come later; lock if one came on while there was no connection."""
        for name in SCREEN_SAVERS:
            bus.listen(name, name, "ActiveChanged")
        bus.follow(IDLE_MONITOR)
        self._look(bus)
        if not self._first:
            self._ask_active(bus, SCREEN_SAVERS)
        self._first = False

    def heard(self, bus: Bus, signal: Signal) -> None:
        """Tell a screen saver that comes on from the rest."""
        if signal.interface in signal.names and signal.member == "ActiveChanged":
            if signal.body[:1] == (True,):
                self._fire(LockTrigger.SCREEN_SAVER)
        elif not signal.interface.endswith("ScreenSaver"):
            self._silent.clear()
            self._look(bus)
            self._ask_active(bus, tuple(name for name in SCREEN_SAVERS if signal.body[:1] == (name,)))

    def settle(self, bus: Bus) -> None:
        """Nothing here depends on the settings."""

    def last_input(self, bus: Bus) -> float | None:
        """Ask whoever is there; the longest time counts, for any program may take a name and say that somebody is."""
        told: list[float] = []
        for name, path, member, per_second in self._idle_times:
            if bus.has_owner(name) and name not in self._silent:
                found = seconds_of(bus.call(name, path, name, member), per_second)
                if found is None:
                    self._silent.add(name)
                else:
                    told.append(found)
        return max(told, default=None)

    def lost(self) -> None:
        """Nobody is heard without the bus."""
        self._first = False
        self._silent.clear()
        self._states = _state("no_bus")

    def states(self) -> tuple[TriggerState, ...]:
        """Return whether a screen saver can be heard."""
        return self._states

    def _look(self, bus: Bus) -> None:
        self._states = _state("" if any(bus.has_owner(name) for name in SCREEN_SAVERS) else "no_screen_saver")

    def _ask_active(self, bus: Bus, names: tuple[str, ...]) -> None:
        for name in names:
            if bus.has_owner(name) and bus.call(name, saver_path(name), name, "GetActive") == (True,):
                self._fire(LockTrigger.SCREEN_SAVER)


def _state(note: str) -> tuple[TriggerState, ...]:
    return (TriggerState(LockTrigger.SCREEN_SAVER, not note, note),)
