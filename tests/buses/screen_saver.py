"""A screen saver that comes on when a test says so, and a desktop that tells when it was used."""

from __future__ import annotations

from tests.buses.stand_in import StandIn

MONITOR = "org.gnome.Mutter.IdleMonitor"


class FakeSaver(StandIn):
    """Has the name of one desktop's screen saver.

    Args:
        address: Of the session bus.
        name: E.g. ``org.gnome.ScreenSaver``.
    """

    def __init__(self, address: str, name: str = "org.freedesktop.ScreenSaver") -> None:
        self.name = name
        super().__init__(address, name)

    def comes_on(self, active: bool = True) -> None:
        """Tell everybody."""
        self.signal("/ScreenSaver", self.name, "ActiveChanged", "b", active)


class FakeIdleMonitor(StandIn):
    """Answers as GNOME's does: milliseconds since the last input.

    Attributes:
        idle_ms: What it answers.
    """

    def __init__(self, address: str) -> None:
        self.idle_ms = 0
        super().__init__(address, MONITOR, answers={"GetIdletime": lambda: ("t", (self.idle_ms,))})
