"""The tray on a real desktop: a panel that comes and goes, its menu, the clipboard of another program."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.buses.stand_in import Answer, StandIn
from tests.desktop.drag import drop_files
from tests.desktop.eyes import Eyes
from tests.desktop.processes import wait_until
from tests.desktop.tray_panel import TrayPanel
from tests.desktop.vault_desk import WINDOW, VaultDesk, ended

SECRET = "host  db-2.example.net\npass  hazel-41"
QUICK = "^Quick decrypt$"
ENCRYPT = "^Encrypt clipboard$"


@pytest.fixture
def desk() -> Iterator[VaultDesk]:
    with VaultDesk.on_own_desktop() as desk:
        yield desk


class Notices(StandIn):
    """The desktop's notifications."""

    def __init__(self, desk: VaultDesk) -> None:
        path = desk.session.environment["DBUS_SESSION_BUS_ADDRESS"].partition("path=")[2].partition(",")[0]
        answers: dict[str, Answer] = {
            "Notify": lambda *_: ("u", (1,)),
            "GetCapabilities": lambda: ("as", (["body"],)),
            "GetServerInformation": lambda: ("ssss", ("notices", "tests", "1", "1.2")),
        }
        super().__init__(f"unix:path={path}", "org.freedesktop.Notifications", answers=answers)

    @property
    def heads(self) -> list[str]:
        """Return the first line of each."""
        return [str(body[3]) for body in self.callers("Notify")]


def unlocked(desk: VaultDesk, panel: TrayPanel) -> tuple[subprocess.Popen[bytes], Eyes]:
    window = desk.start()
    eyes = Eyes(desk.session, "vaultapp", window)
    desk.unlock(eyes)
    panel.wait_tip("unlocked")
    return window, eyes


def test_the_clipboard_is_encrypted_and_decrypted_from_the_tray(desk: VaultDesk) -> None:
    with desk.panel() as panel, Notices(desk) as notices:
        window = desk.start()
        eyes = Eyes(desk.session, "vaultapp", window)
        assert panel.wait_tip("locked") == "personal, locked"
        desk.close_window()
        desk.wait_gone(WINDOW)
        wait_until(lambda: notices.heads == ["vaultapp stays in the tray"], "the word about the tray")
        desk.copy(SECRET)
        panel.choose("Encrypt clipboard")
        desk.unlock(eyes, ENCRYPT)
        blob = wait_until(lambda: found if (found := desk.pasted()).startswith("vlt1") else None, "an encrypted text")
        desk.wait_gone(ENCRYPT)
        wait_until(lambda: notices.heads[1:] == ["The clipboard is encrypted"], "the word about the clipboard")
        assert not any(SECRET[:8] in str(body) for body in notices.callers("Notify"))
        assert panel.wait_tip("unlocked") == "personal, unlocked"
        assert not desk.sees(WINDOW)
        desk.copy(f"see below:\n{blob}. Bye")
        panel.choose("Quick decrypt…")
        assert eyes.reads("hazel-41") == SECRET
        eyes.reads("Opened with Personal v1")
        wait_until(lambda: desk.pasted() == SECRET, "the plain text on the clipboard")
        eyes.reads("The clipboard clears in")
        held = [path.name for path in desk.session.home.rglob("*") if path.is_file() and _holds(path, b"hazel-41")]
        # The other program's own.
        assert held in ([], ["copied"])
        desk.hand.settled(QUICK)
        desk.hand.key("Escape")
        desk.wait_gone(QUICK)
        assert window.poll() is None
        panel.choose("Quit")
        assert ended(window) == 0


def test_notifications_that_are_started_and_never_come_hold_nothing_up(desk: VaultDesk) -> None:
    # As Plasma's on another desktop, or before Plasma is there.
    services = desk.session.home / ".local/share/dbus-1/services"
    services.mkdir(parents=True)
    (services / "notifications.service").write_text(
        "[D-BUS Service]\nName=org.freedesktop.Notifications\nExec=/bin/sleep 20\n"
    )
    bus = ("--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.ReloadConfig")
    assert "method return" in desk.session.ask("dbus-send", *bus)
    with desk.panel() as panel:
        desk.start()
        panel.wait_tip("locked")
        desk.close_window()
        desk.wait_gone(WINDOW)
        wait_until(lambda: "org.freedesktop.Notifications" in desk.session.messages(), "the start of notifications")
        begun = time.monotonic()
        panel.press()
        desk.hand.window(WINDOW)
        assert time.monotonic() - begun < 8


def test_a_stopped_program_that_holds_the_clipboard_is_told(desk: VaultDesk) -> None:
    with desk.panel() as panel:
        window = desk.start()
        eyes = Eyes(desk.session, "vaultapp", window)
        panel.wait_tip("locked")
        (desk.session.home / "words").write_text("hazel")
        holder = desk.session.start(["xclip", "-quiet", "-selection", "clipboard", "-in", desk.session.home / "words"])
        wait_until(lambda: desk.pasted() == "hazel", "the copied text")
        holder.send_signal(signal.SIGSTOP)
        try:
            for entry, title in (("Encrypt clipboard", ENCRYPT), ("Quick decrypt…", QUICK)):
                panel.choose(entry)
                begun = time.monotonic()
                # The window answers its menu while the other program is asked.
                assert entry in panel.words()
                assert time.monotonic() - begun < 2
                eyes.reads("The program that holds the clipboard does not answer.")
                desk.session.ask("xdotool", "windowactivate", "--sync", desk.hand.settled(title).xid)
                desk.hand.key("Escape")
                desk.wait_gone(title)
        finally:
            holder.send_signal(signal.SIGCONT)


def test_a_sealed_file_that_is_dropped_on_it_is_shown_and_not_written(desk: VaultDesk) -> None:
    folder = desk.session.home / "files"
    folder.mkdir()
    (folder / "note.txt").write_text("7 blue herons")
    desk.vaultapp("encrypt", folder / "note.txt", "--key", "Personal", "--remove-originals")
    with desk.panel() as panel:
        window = desk.start()
        eyes = Eyes(desk.session, "vaultapp", window)
        panel.wait_tip("locked")
        panel.choose("Quick decrypt…")
        place = desk.hand.settled(QUICK)
        assert drop_files(desk.session, desk.hand, [folder / "note.txt.sealed"], *place.at(0.5, 0.9)) == "CopyAction"
        desk.session.ask("xdotool", "windowactivate", "--sync", desk.hand.window(QUICK).xid)
        desk.unlock(eyes, QUICK)
        assert eyes.reads("7 blue herons") == "7 blue herons"
        assert [path.name for path in folder.iterdir()] == ["note.txt.sealed"]
        wait_until(lambda: desk.pasted() == "7 blue herons", "the text on the clipboard")


def test_quick_decrypt_closes_by_itself_once_it_is_left(desk: VaultDesk) -> None:
    with desk.panel() as panel:
        _window, eyes = unlocked(desk, panel)
        desk.copy(_encrypted(desk, panel))
        panel.choose("Quick decrypt…")
        eyes.reads("after you leave it")
        behind = desk.hand.window(WINDOW)
        desk.hand.click(*behind.at(0.9, 0.04))
        eyes.reads("Closes in")
        desk.wait_gone(QUICK)
        assert desk.sees(WINDOW)


def test_a_lock_brings_the_icon_back_and_leaves_a_hidden_window_hidden(desk: VaultDesk) -> None:
    with desk.panel() as panel:
        window, eyes = unlocked(desk, panel)
        desk.close_window()
        desk.wait_gone(WINDOW)
        before = panel.icons
        panel.choose("Lock")
        wait_until(lambda: panel.icons not in ([], before), "a new icon", 30)
        assert panel.wait_tip("locked") == "personal, locked"
        assert len(panel.icons) == 1
        assert window.poll() is None
        assert not desk.sees(WINDOW)
        panel.press()
        desk.hand.settled(WINDOW)
        desk.unlock(eyes)
        panel.wait_tip("unlocked")


def test_a_hidden_start_is_an_icon_and_another_start_shows_the_window(desk: VaultDesk) -> None:
    with desk.panel() as panel:
        window = desk.start("--hidden")
        panel.wait_tip("locked")
        assert desk.start_again("--hidden") == 0
        assert not desk.sees(WINDOW)
        assert desk.start_again() == 0
        desk.hand.settled(WINDOW)
        panel.choose("Quit")
        assert ended(window) == 0


def test_sigterm_ends_it_although_it_is_hidden(desk: VaultDesk) -> None:
    with desk.panel() as panel:
        window = desk.start()
        panel.wait_tip("locked")
        desk.close_window()
        desk.wait_gone(WINDOW)
        assert window.poll() is None
        window.terminate()
        assert ended(window) == 0


def test_a_tray_of_the_older_kind_holds_the_icon_too(desk: VaultDesk) -> None:
    """X's own embedding, as in trayer and other panels that are small."""
    tray = desk.session.start(["trayer", "--edge", "bottom", "--align", "left", "--widthtype", "request"])
    desk.hand.window("^panel$")
    window = desk.start()
    desk.hand.settled(WINDOW)
    icon = wait_until(lambda: _embedded(desk), "the icon in the tray", 30)
    desk.close_window()
    desk.wait_gone(WINDOW)
    assert window.poll() is None
    desk.hand.click(*icon)
    desk.hand.settled(WINDOW)
    desk.close_window()
    desk.wait_gone(WINDOW)
    desk.session.end(tray)
    desk.hand.settled(WINDOW)
    desk.close_window()
    assert ended(window) == 0


def _embedded(desk: VaultDesk) -> tuple[int, int] | None:
    """Return where the icon lies that a tray has taken in; None while there is none."""
    place = desk.hand.window("^panel$")
    return (place.x + place.width // 2, place.y + place.height // 2) if place.width > 20 else None


def _holds(path: Path, part: bytes) -> bool:
    return part in path.read_bytes()


def _encrypted(desk: VaultDesk, panel: TrayPanel) -> str:
    desk.copy("hazel")
    panel.choose("Encrypt clipboard")
    return wait_until(lambda: found if (found := desk.pasted()).startswith("vlt1") else None, "an encrypted text")
