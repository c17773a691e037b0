"""Twenty real drags from another program onto the window, on each page in turn: how many become sealed files."""

from __future__ import annotations

from pathlib import Path

from tests.bench.stage import Stage
from tests.desktop.drag import drop_files
from tests.desktop.eyes import Eyes
from tests.desktop.processes import wait_until
from tests.desktop.session import DesktopSession
from tests.desktop.vault_desk import PASSPHRASE, WINDOW, VaultDesk

_DRAGS = 20
_PAGES = ("Files", "Text", "Credentials", "Keys", "Activity")


def bench(stage: Stage) -> None:
    """Drop one file at a time, on each page in turn; a drag that is refused or whose file does not come is a miss."""
    missed = 0
    with DesktopSession((1400, 900)) as session:
        desk = VaultDesk(session)
        eyes = Eyes(session, "vaultapp", desk.start())
        desk.hand.settled(WINDOW)
        desk.hand.type(PASSPHRASE)
        desk.hand.key("Return")
        eyes.find("Choose files…")
        for number in range(_DRAGS):
            file = session.home / f"dragged {number}.txt"
            file.write_text(f"number {number}")
            desk.hand.click(*eyes.find(_PAGES[number % len(_PAGES)]).middle)
            place = desk.hand.window(WINDOW).at(0.6, 0.4)
            missed += drop_files(session, desk.hand, [file], *place) != "CopyAction" or not _came(file)
        desk.close_window()
        desk.wait_gone(WINDOW)
    stage.report.figure(f"{_DRAGS} drags onto the window: missed", unit="drags", runs=[missed], most=0)


def _came(file: Path) -> bool:
    sealed = Path(f"{file}.sealed")
    try:
        return bool(wait_until(sealed.exists, f"{sealed.name}", 20))
    except TimeoutError:
        return False
