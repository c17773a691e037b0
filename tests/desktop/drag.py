"""A drag of files from another program onto a window, led by the mouse and by what the source tells."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.desktop.hand import Hand
from tests.desktop.session import DesktopSession

_SOURCE = Path(__file__).with_name("drag_source.py")
_IGNORED = "IgnoreAction"


class Drag:
    """Carry files to a point of the screen and drop them, or turn away.

    Every step waits for what the source reports, none for the clock: a target that never accepts is let
    go of after ``patience`` seconds, as a person would.
    """

    def __init__(
        self, session: DesktopSession, hand: Hand, files: Iterable[str | Path], *, patience: float = 4
    ) -> None:
        self._session = session
        self._hand = hand
        self._patience = patience
        self._told: list[str] = []
        self._rest = b""
        self._process = self._start([str(name) for name in files])
        self._held = False

    def _start(self, files: list[str]) -> subprocess.Popen[bytes]:
        width = int(self._session.ask("xdotool", "getdisplaygeometry").split()[0])
        python = sys.executable
        return self._session.start([python, _SOURCE, str(width - 170), "10", *files], pipes=True)

    def pick_up(self) -> None:
        """Press on the source and move until the drag has begun."""
        self._await(lambda line: line == "ready", "the source's window")
        window = self._hand.settled("^drag-source$")
        x, y = window.at(0.5, 0.5)
        self._hand.move(x, y)
        self._held = True
        self._hand.press()
        self._await(lambda line: line == "pressed", "the press")
        for step in range(1, 40):
            self._hand.move(x - 3 * step, y + 2 * step)
            if self._heard(lambda line: line == "started", 0.05):
                return
        raise RuntimeError(f"no drag began: {self._told}")

    def hover(self, x: int, y: int) -> str:
        """Carry the files to a point; return the action that the target offers there."""
        before = self._position()
        steps = 12
        for step in range(1, steps + 1):
            self._hand.move(before[0] + (x - before[0]) * step // steps, before[1] + (y - before[1]) * step // steps)
        end = time.monotonic() + self._patience
        nudge = 0
        # A target answers positions: keep moving by a pixel until it accepts, and end on the point itself.
        while time.monotonic() < end and (self._offered() == _IGNORED or nudge):
            nudge ^= 1
            self._hand.move(x + nudge, y)
            self._heard(lambda line: False, 0.05)
        return self._offered()

    def drop(self) -> str:
        """Let go; return the action that was done, once the target has fetched what it wants."""
        self._hand.release()
        self._held = False
        action = self._await(lambda line: line.startswith("ended"), "the end of the drag").split()[-1]
        if action != _IGNORED:
            self._let_fetch()
        self.close()
        return action

    def turn_away(self) -> str:
        """Press Escape in the middle of the drag."""
        self._hand.key("Escape")
        action = self._await(lambda line: line.startswith("ended"), "the end of the drag").split()[-1]
        self.close()
        return action

    def close(self) -> None:
        """Let go and end the source."""
        if self._held:
            self._hand.release()
            self._held = False
        self._session.end(self._process)

    def _let_fetch(self) -> None:
        """Stay until the files were fetched: a source that dies earlier leaves its target waiting."""
        ended = next(at for at, line in enumerate(self._told) if line.startswith("ended"))
        end = time.monotonic() + 6
        quiet = time.monotonic() + 1.5
        while time.monotonic() < min(end, quiet):
            before = len(self._told)
            self._heard(lambda line: False, 0.05)
            if len(self._told) > before and any(line.startswith("fetched") for line in self._told[ended:]):
                quiet = time.monotonic() + 0.3

    def _offered(self) -> str:
        answers = [line.split()[1] for line in self._told if line.startswith("accepts")]
        return answers[-1] if answers else _IGNORED

    def _position(self) -> tuple[int, int]:
        told = dict(part.split(":") for part in self._session.ask("xdotool", "getmouselocation").split())
        return int(told["x"]), int(told["y"])

    def _await(self, wanted: Callable[[str], bool], what: str) -> str:
        found = self._heard(wanted, 15)
        if found is None:
            raise RuntimeError(f"waited for {what}; the source told {self._told}")
        return found

    def _heard(self, wanted: Callable[[str], bool], seconds: float) -> str | None:
        end = time.monotonic() + seconds
        while True:
            found = next((line for line in self._told if wanted(line)), None)
            left = end - time.monotonic()
            if found is not None or left <= 0:
                return found
            self._listen(left)

    def _listen(self, seconds: float) -> None:
        stream = self._process.stdout
        if stream is None or not select.select([stream], [], [], seconds)[0]:
            return
        part = os.read(stream.fileno(), 65536)
        if not part:
            raise RuntimeError(f"the drag source ended with {self._process.wait(5)}: {self._session.messages()}")
        *lines, self._rest = (self._rest + part).split(b"\n")
        self._told.extend(line.decode() for line in lines)


def drop_files(session: DesktopSession, hand: Hand, files: Iterable[str | Path], x: int, y: int) -> str:
    """Drag files to a point of the screen and drop them there; return the action that was done."""
    drag = Drag(session, hand, files)
    try:
        drag.pick_up()
        drag.hover(x, y)
        return drag.drop()
    finally:
        drag.close()
