"""How long it takes from a press in the tray's menu to the plain text of what the clipboard holds."""

from __future__ import annotations

import time

from tests.bench.stage import Stage
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession
from tests.desktop.tray_panel import TrayPanel
from tests.desktop.vault_desk import PASSPHRASE, WINDOW, VaultDesk

_BAR_S = 0.5
_SECRET = "host  db-2.example.net, pass  hazel-41"
_QUICK = "^Quick decrypt$"


def bench(stage: Stage) -> None:
    """Press in a real panel over the bus, paste in another program; the first time loads the small window's code."""
    runs: list[float] = []
    first = 0.0
    with (
        DesktopSession(accessible=False) as session,
        TrayPanel(session.environment["DBUS_SESSION_BUS_ADDRESS"]) as panel,
    ):
        desk = VaultDesk(session)
        desk.start()
        desk.hand.settled(WINDOW)
        desk.hand.type(PASSPHRASE)
        desk.hand.key("Return")
        panel.wait_tip("unlocked")
        desk.copy(_SECRET)
        panel.choose("Encrypt clipboard")
        blob = wait_until(lambda: found if (found := desk.pasted()).startswith("vlt1") else None, "an encrypted text")
        desk.close_window()
        desk.wait_gone(WINDOW)
        for turn in range(stage.report.runs + 1):
            desk.copy(blob)
            begun = time.perf_counter()
            panel.choose("Quick decrypt…")
            wait_until(lambda: desk.pasted() == _SECRET and desk.sees(_QUICK), "the plain text")
            taken = time.perf_counter() - begun
            desk.session.ask("xdotool", "windowactivate", "--sync", desk.hand.settled(_QUICK).xid)
            desk.hand.key("Escape")
            desk.wait_gone(_QUICK)
            if turn:
                runs.append(taken)
            else:
                first = taken
        panel.choose("Quit")
    stage.report.figure(
        "tray: press to plain text", unit="s", runs=runs, most=_BAR_S, note=f"the first time {first:.2f} s"
    )
