"""A person at the desktop: what they press, write and look at, and what they remember of their files."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.acceptance.screens import DARK, LIGHT
from tests.acceptance.story import Story
from tests.desktop.drag import Drag
from tests.desktop.eyes import Eyes, Seen
from tests.desktop.hand import Hand, Window
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession

PASSPHRASE = "four unrelated words: kite marble tundra oboe"
AGENT = "vaultapp.app.agent"
_TITLE = "vaultapp$"
_DARK_BELOW = 0x60


class Walk:
    """What every chapter is given.

    Args:
        session: The desktop.
        story: Is told everything.

    Attributes:
        app: The window's process.
        files: The folder in which the person works.
        contents: What their files hold, by path.
        theme: In which the window is shown now.
    """

    def __init__(self, session: DesktopSession, story: Story) -> None:
        self.session = session
        self.story = story
        self.hand = Hand(session)
        self.app = session.start([Path(sys.executable).with_name("vaultapp")])
        self.eyes = Eyes(session, "vaultapp", self.app)
        self.files = session.home / "Documents"
        self.contents: dict[Path, bytes] = {}
        self.theme = LIGHT
        self._place: Window | None = None

    def last_look(self) -> Path | None:
        """Take a picture of the whole screen for a failure; None when even that does not work."""
        try:
            return self.hand.picture(self.story.folder / "failure.png")
        except RuntimeError:
            return None

    def press(self, name: str, role: str | None = None, seconds: float = 30) -> None:
        """Click what has this name, once it can be pressed."""
        self.hand.click(*self.eyes.find(name, role, seconds=seconds).middle)

    def write(self, field: str, text: str) -> None:
        """Click into a field and type in place of what it holds."""
        found = self.eyes.match(is_field, f"the field {field!r}", name=field)
        self.hand.click(*found.middle)
        self.hand.key("ctrl+a")
        first, *rest = text.split("\n")
        self.hand.type(first)
        for line in rest:
            self.hand.key("Return")
            self.hand.type(line)

    def window(self, *, anew: bool = False) -> Window:
        """Return where the window is, once it stays there. Anew: it may be another one, or have another size."""
        if anew or self._place is None:
            self._place = self.hand.settled(_TITLE)
        return self._place

    def picture(self, name: str, caption: str) -> None:
        """Save what the window shows in its theme."""
        self.hand.picture(self.story.picture(name, caption, self.theme), self.window())

    def moment(self, name: str, caption: str) -> None:
        """Save what the window shows once."""
        self.hand.picture(self.story.picture(name, caption), self.window())

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        self.hand.resize(self.window(), width, height)
        wait_until(lambda: (w := self.window(anew=True)).width == width and w.height == height, f"{width}×{height}", 15)

    def wait_for_theme(self, theme: str) -> None:
        """Wait until the window is painted in a theme."""
        window = self.window(anew=True)
        ground = window.at(0.6, 0.02)

        def painted() -> bool:
            dark = all(part < _DARK_BELOW for part in self.hand.colour(*ground))
            return dark == (theme == DARK)

        wait_until(painted, f"the theme {theme}", 15)
        self.theme = theme

    def drag(self, files: list[Path], picture: str = "", caption: str = "", *, drop: bool = True) -> None:
        """Drag files from another program onto the window, and drop them or turn away."""
        drag = Drag(self.session, self.hand, files)
        try:
            drag.pick_up()
            action = drag.hover(*self.window().at(0.6, 0.45))
            if picture:
                self.picture(picture, caption)
            done = drag.drop() if drop else drag.turn_away()
        finally:
            drag.close()
        if action != "CopyAction" or done != ("CopyAction" if drop else "IgnoreAction"):
            raise AssertionError(f"the window offered {action} and did {done}")
        names = ", ".join(f"`{file.name}`" for file in files)
        self.story.say(f"Dragged from another program{'' if drop else ' and carried away again'}: {names}.")

    def wait_for(self, paths: list[Path]) -> None:
        """Wait until files are there."""
        wait_until(lambda: all(path.exists() for path in paths) or None, f"{[path.name for path in paths]}", 60)

    def compare(self) -> None:
        """See that every file holds what it held."""
        for path, content in self.contents.items():
            if path.read_bytes() != content:
                raise AssertionError(f"{path} is not what it was")


def is_field(seen: Seen) -> bool:
    """Tell whether one can type into it."""
    return "editable" in seen.states
