"""Mouse and keyboard of a desktop session, and its windows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession


@dataclass(frozen=True)
class Window:
    """A window that is shown: its X id and where its content lies, in pixels of the screen."""

    xid: str
    x: int
    y: int
    width: int
    height: int

    def at(self, across: float, down: float) -> tuple[int, int]:
        """Return a point of the screen from fractions of the window."""
        return self.x + int(self.width * across), self.y + int(self.height * down)


_COLOUR = re.compile("#([0-9A-Fa-f]{6})")
_GEOMETRY = tuple(
    re.compile(label + r":\s+(-?\d+)")
    for label in ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
)


class Hand:
    """Do with X's own events what a person does with mouse and keyboard."""

    def __init__(self, session: DesktopSession) -> None:
        self._session = session

    def window(self, title: str, seconds: float = 60) -> Window:
        """Wait for a visible window whose title matches the regular expression."""

        def find() -> Window | None:
            found = self._session.ask("xdotool", "search", "--onlyvisible", "--name", title).split()
            return self._geometry(found[-1]) if found else None

        return wait_until(find, f"a window {title!r}", seconds)

    def settled(self, title: str, seconds: float = 60) -> Window:
        """Wait until the window stays where the window manager put it."""
        seen: list[Window] = []

        def still() -> Window | None:
            seen.append(self.window(title, seconds))
            return seen[-1] if seen[-3:].count(seen[-1]) == 3 else None

        return wait_until(still, f"the window {title!r} to stay", seconds)

    def click(self, x: int, y: int) -> None:
        """Move there and press the first button."""
        # --sync waits for the pointer to move: 15 s in vain where it is there already.
        beside = ["mousemove", str(x - 1), str(y)]
        self._session.ask("xdotool", *beside, "mousemove", "--sync", str(x), str(y), "click", "1")

    def move(self, x: int, y: int) -> None:
        """Move the pointer."""
        self._session.ask("xdotool", "mousemove", str(x), str(y))

    def press(self) -> None:
        """Hold the first button down."""
        self._session.ask("xdotool", "mousedown", "1")

    def release(self) -> None:
        """Let the first button go."""
        self._session.ask("xdotool", "mouseup", "1")

    def key(self, *names: str) -> None:
        """Press keys by their X names, one after the other, like ``ctrl+l``."""
        self._session.ask("xdotool", "key", *names)

    def type(self, text: str) -> None:
        """Type text into whatever has the focus."""
        self._session.ask("xdotool", "type", "--delay", "8", "--", text, seconds=60)

    def resize(self, window: Window, width: int, height: int) -> None:
        """Give a window another size."""
        self._session.ask("xdotool", "windowsize", window.xid, str(width), str(height))

    def colour(self, x: int, y: int) -> tuple[int, int, int]:
        """Return red, green and blue of a point of the screen, 0 to 255 each."""
        point = f"1x1+{x}+{y}"
        told = self._session.ask("import", "-window", "root", "-crop", point, "-depth", "8", "txt:-")
        found = _COLOUR.search(told)
        if found is None:
            raise RuntimeError(f"no colour at {x}, {y}: {told}")
        red, green, blue = bytes.fromhex(found[1])
        return red, green, blue

    def picture(self, target: Path, window: Window | None = None) -> Path:
        """Save what the screen, or one window, shows as PNG."""
        self._session.ask("import", "-window", window.xid if window else "root", target)
        if not target.is_file():
            raise RuntimeError(f"no picture was taken: {target}")
        return target

    def _geometry(self, xid: str) -> Window | None:
        """Ask xwininfo: xdotool counts the frame twice under a window manager that reparents."""
        told = self._session.ask("xwininfo", "-id", xid)
        found = [pattern.search(told) for pattern in _GEOMETRY]
        values = [int(match[1]) for match in found if match]
        return Window(xid, *values) if len(values) == 4 and values[2] > 1 else None
