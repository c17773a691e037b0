"""A real file manager on a real desktop: a double click, its menu, and a window that is open already."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desktop.eyes import Eyes
from tests.desktop.hand import Window
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession
from tests.desktop.vault_desk import VAULTAPP, WINDOW, VaultDesk


class Desk(VaultDesk):
    """A user with a vault, whose file manager shows one folder.

    Attributes:
        folder: The folder, with one encrypted file in it.
    """

    def __init__(self, session: DesktopSession) -> None:
        super().__init__(session)
        self.folder = session.home / "shown here"
        self.folder.mkdir()
        (self.folder / "letter.txt").write_text("hello")
        self.vaultapp("encrypt", self.folder / "letter.txt", "--key", "Personal", "--remove-originals")
        assert '"failed_tools": []' in self.vaultapp("desktop", "install", "--json")
        self.manager = session.start(["pcmanfm", "--no-desktop", str(self.folder)])

    def file(self) -> tuple[int, int]:
        """Return where the only file lies: at the top left, beside the list of places, as the manager shows icons."""
        return self.hand.settled("^shown here$").at(0.32, 0.2)

    def front(self) -> str:
        return self.session.ask("xdotool", "getactivewindow", "getwindowname")

    def bring_manager(self) -> None:
        self.session.ask("xdotool", "windowactivate", self.hand.window("^shown here$").xid)
        wait_until(lambda: self.front() == "shown here", "the file manager in front")

    def opened(self) -> Window:
        return self.hand.settled(WINDOW)

    def reads(self, part: str) -> str:
        """Wait until the window shows a text; it is another program's child, so the manager stands for it."""
        return Eyes(self.session, "vaultapp", self.manager).reads(part)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with Desk.on_own_desktop() as desk:
        yield desk


def test_a_double_click_opens_the_file_in_the_window(desk: Desk) -> None:
    x, y = desk.file()
    desk.session.ask("xdotool", "mousemove", str(x), str(y), "click", "--repeat", "2", "--delay", "80", "1")
    window = desk.opened()
    assert "letter.txt.sealed is offered once you unlock." in desk.reads("letter.txt.sealed")
    # What the entry in the menu says of the window's class.
    assert desk.session.ask("xprop", "-id", window.xid, "WM_CLASS").endswith('"vaultapp"')


def test_the_menu_of_the_file_manager_hands_a_file_over(desk: Desk) -> None:
    x, y = desk.file()
    desk.session.ask("xdotool", "mousemove", str(x), str(y), "click", "3")
    # The last but one, from below.
    desk.hand.key("Up", "Up", "Return")
    desk.opened()
    assert "letter.txt.sealed" in desk.reads("letter.txt.sealed")
    assert desk.manager.poll() is None


def test_another_start_brings_the_window_that_is_there_to_the_front(desk: Desk) -> None:
    desk.file()
    desk.start()
    window = desk.opened()
    desk.bring_manager()
    desk.vaultapp()
    wait_until(lambda: desk.front() == "personal — vaultapp", "the window in front")
    desk.session.ask("xdotool", "windowminimize", window.xid)
    wait_until(lambda: desk.front() != "personal — vaultapp", "the window gone into the task bar")
    (desk.folder / "b.txt").write_text("b")
    desk.session.ask(VAULTAPP, desk.folder / "b.txt")
    wait_until(lambda: desk.front() == "personal — vaultapp", "the window in front")
    assert "b.txt is offered once you unlock." in desk.reads("b.txt")
