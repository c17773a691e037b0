"""What a desktop's windows show, as a screen reader hears it: names, texts, states and places."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession

_SYSTEM_PYTHON = "/usr/bin/python3"
_READER = Path(__file__).with_name("screen_reader.py")


@dataclass(frozen=True)
class Seen:
    """One object that is shown; the place is in pixels of the screen: left, top, width, height."""

    role: str
    name: str
    description: str
    text: str
    states: frozenset[str]
    place: tuple[int, int, int, int]

    @property
    def middle(self) -> tuple[int, int]:
        """Where a person would press."""
        left, top, width, height = self.place
        return left + width // 2, top + height // 2

    @property
    def enabled(self) -> bool:
        """Whether pressing does anything."""
        return "enabled" in self.states or "sensitive" in self.states


class Eyes:
    """Look at one application. Names and texts are compared whole, without mnemonics.

    Args:
        session: The desktop; the application must run with its accessibility on.
        application: Part of the name under which it tells itself.
        process: The application's; once it has ended there is nothing to wait for.
    """

    def __init__(self, session: DesktopSession, application: str, process: subprocess.Popen[bytes]) -> None:
        self._session = session
        self._application = application
        self._process = process
        # Its text, not its path: the owner of the desktop may not be able to enter the checkout.
        self._reader = session.start([_SYSTEM_PYTHON, "-c", _READER.read_text()], pipes=True)

    def everything(self, name: str | None = None) -> list[Seen]:
        """Return every object that is shown now, in reading order.

        Args:
            name: Only objects that have this name; quicker.

        Raises:
            RuntimeError: The application has ended.
        """
        if self._process.poll() is not None:
            raise RuntimeError(f"{self._application} ended with {self._process.returncode}")
        if self._reader.stdin is None or self._reader.stdout is None:
            raise RuntimeError("the screen reader has no pipes")
        self._reader.stdin.write(json.dumps({"app": self._application, "name": name}).encode() + b"\n")
        self._reader.stdin.flush()
        line = self._reader.stdout.readline()
        if not line:
            raise RuntimeError(f"the screen reader ended: {self._session.messages()}")
        return [
            Seen(
                told["role"],
                told["name"].replace("&", ""),
                told["description"],
                told["text"],
                frozenset(told["states"]),
                (told["place"][0], told["place"][1], told["place"][2], told["place"][3]),
            )
            for told in json.loads(line)
        ]

    def find(self, name: str, role: str | None = None, seconds: float = 15) -> Seen:
        """Wait for an object with this name that can be pressed."""
        return self.match(
            lambda seen: role in (None, seen.role) and seen.enabled, f"{role or 'object'} {name!r}", seconds, name=name
        )

    def match(self, wanted: Callable[[Seen], bool], what: str, seconds: float = 15, *, name: str | None = None) -> Seen:
        """Wait for the first object, of this name if one is given, of which ``wanted`` is true."""

        def look() -> Seen | None:
            return next((seen for seen in self.everything(name) if wanted(seen)), None)

        try:
            return wait_until(look, what, seconds)
        except TimeoutError as exc:
            raise TimeoutError(f"{exc}; shown: {self.words()}") from exc

    def reads(self, part: str, seconds: float = 15) -> str:
        """Wait until a name or a text holds ``part``; return the whole of it."""
        found = self.match(lambda seen: part in seen.name or part in seen.text, f"the words {part!r}", seconds)
        return found.name if part in found.name else found.text

    def words(self) -> list[str]:
        """Return all names and texts that are shown."""
        return [seen.name or seen.text for seen in self.everything() if seen.name or seen.text]
