"""What opens from the desktop's tray."""

from __future__ import annotations

from tests.acceptance.walk import Walk
from tests.desktop.processes import wait_until
from tests.desktop.tray_panel import TrayPanel

_TEXT = "host  db-2.example.net\nuser  standby_ro\npass  hazel-41-quorum-tin"
_QUICK = "^Quick decrypt$"
_CLIPBOARD = ("xclip", "-selection", "clipboard")


def quick(walk: Walk) -> None:
    """Encrypt what is on the clipboard, and decrypt it again, with a panel that has a tray for as long."""
    copied = walk.session.home / "copied"
    copied.write_text(_TEXT)
    with TrayPanel(walk.session.environment["DBUS_SESSION_BUS_ADDRESS"]) as panel:
        walk.story.say(f"The icon in the tray says “{panel.wait_tip('unlocked')}”.")
        walk.session.start([*_CLIPBOARD, "-in", copied])
        wait_until(lambda: _pasted(walk) == _TEXT, "the copied text")
        panel.choose("Encrypt clipboard")
        wait_until(lambda: _pasted(walk).startswith("vlt1"), "an encrypted text")
        walk.story.say(f"Encrypt clipboard put `{_pasted(walk)[:16]}…` in the place of the text.")
        panel.choose("Quick decrypt…")
        walk.eyes.reads("hazel-41")
        wait_until(lambda: _pasted(walk) == _TEXT, "the plain text on the clipboard")
        window = walk.hand.settled(_QUICK)
        walk.hand.picture(walk.story.picture("quick-decrypt", "Decrypted from the tray", walk.theme), window)
        walk.session.ask("xdotool", "windowactivate", "--sync", window.xid)
        walk.hand.key("Escape")
        wait_until(lambda: not walk.session.ask("xdotool", "search", "--onlyvisible", "--name", _QUICK), "its end")
        walk.session.ask("xdotool", "windowactivate", "--sync", walk.window().xid)


def _pasted(walk: Walk) -> str:
    return walk.session.ask(*_CLIPBOARD, "-out")
