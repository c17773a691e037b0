"""A person with a vault and its program on a desktop session, who copies and pastes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from tests.desktop.eyes import Eyes, Seen
from tests.desktop.hand import Hand
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession
from tests.desktop.tray_panel import TrayPanel

PASSPHRASE = "four unrelated words here"
WINDOW = "^personal — vaultapp$"
VAULTAPP = Path(sys.executable).with_name("vaultapp")
_CHEAP = ("--kdf-memory", "64", "--kdf-passes", "1")
_CLIPBOARD = ("xclip", "-selection", "clipboard")


class VaultDesk:
    """Makes a cheap vault with the key Personal.

    Args:
        session: The desktop.

    Attributes:
        hand: Mouse and keyboard.
    """

    def __init__(self, session: DesktopSession) -> None:
        self.session = session
        self.hand = Hand(session)
        self._passphrase = session.home / "passphrase"
        self._passphrase.write_text(PASSPHRASE)
        self.vaultapp("init", *_CHEAP, "--first-key", "Personal")

    @classmethod
    @contextmanager
    def on_own_desktop(cls) -> Iterator[Self]:
        """Give one on a desktop of its own; at the end the agent ends as well."""
        with DesktopSession((1400, 900)) as session:
            desk = cls(session)
            yield desk
            desk.vaultapp("lock", "--quit")

    def vaultapp(self, *arguments: str | Path) -> str:
        """Run a command to its end and return what it printed."""
        return self.session.ask(VAULTAPP, *arguments, "--passphrase-file", self._passphrase)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the window."""
        return self.session.start([VAULTAPP, *arguments])

    def start_again(self, *arguments: str) -> int:
        """Start it once more while it runs; return the exit code of that."""
        return self.start(*arguments).wait(30)

    def copy(self, text: str) -> None:
        """Copy a text in another program, and see that it is there."""
        place = self.session.home / "copied"
        place.write_text(text)
        self.session.start([*_CLIPBOARD, "-in", place])
        wait_until(lambda: self.pasted() == text, "the copied text")

    def pasted(self) -> str:
        """Return what another program pastes, without what is blank round it; empty for nothing."""
        return self.session.ask(*_CLIPBOARD, "-out")

    def sees(self, title: str) -> bool:
        """Tell whether a window with this title is shown."""
        return bool(self.session.ask("xdotool", "search", "--onlyvisible", "--name", title))

    def wait_gone(self, title: str, seconds: float = 20) -> None:
        """Wait until no window with this title is shown."""
        wait_until(lambda: not self.sees(title), f"no window {title!r}", seconds)

    def panel(self) -> TrayPanel:
        """Start a panel with a tray."""
        return TrayPanel(self.session.environment["DBUS_SESSION_BUS_ADDRESS"])

    def close_window(self) -> None:
        """Press what closes the window that is in front."""
        self.hand.settled(WINDOW)
        self.session.ask("xdotool", "windowactivate", "--sync", self.hand.window(WINDOW).xid)
        self.hand.key("alt+F4")

    def unlock(self, eyes: Eyes, title: str = WINDOW) -> None:
        """Type the passphrase into the only field for it that a window shows."""

        def field() -> Seen:
            return eyes.match(
                lambda seen: seen.name == "Passphrase" and {"editable", "focused"} <= seen.states, "the focused field"
            )

        def typed() -> bool:
            self.hand.key("ctrl+a")
            self.hand.type(PASSPHRASE)
            return len(field().text) == len(PASSPHRASE)

        self.hand.settled(title)
        field()
        wait_until(typed, "the passphrase to be typed")
        self.hand.key("Return")


def ended(window: subprocess.Popen[bytes]) -> int:
    """Wait until the program has ended; return its exit code."""
    return wait_until(lambda: None if window.poll() is None else [window.returncode], "the program's end", 30)[0]
