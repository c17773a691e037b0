"""Promise 36: with no tray the app is never hidden; a tray that appears later is used; the drop zone has an equal
"Choose files…", and a drop that can't be read says so. On a real X server, with a panel that the test starts and ends.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.drag import drop_files
from tests.desktop.eyes import Eyes
from tests.desktop.processes import wait_until
from tests.desktop.vault_desk import WINDOW, VaultDesk, ended


@pytest.fixture
def desk() -> Iterator[VaultDesk]:
    with VaultDesk.on_own_desktop() as desk:
        yield desk


def test_without_a_tray_closing_the_window_ends_the_program(desk: VaultDesk) -> None:
    window = desk.start()
    desk.close_window()
    assert ended(window) == 0
    print(f"no tray: closed, ended with {window.returncode}, shown {desk.sees(WINDOW)}")


def test_without_a_tray_a_hidden_start_is_a_window_after_a_moment(desk: VaultDesk) -> None:
    window = desk.start("--hidden")
    desk.hand.window(WINDOW, 30)
    print("no tray: --hidden came to the front by itself")
    desk.close_window()
    assert ended(window) == 0


def test_a_tray_that_appears_later_is_used_and_its_end_brings_the_window_back(desk: VaultDesk) -> None:
    window = desk.start()
    desk.hand.settled(WINDOW)
    for turn in range(2):
        with desk.panel() as panel:
            panel.wait_tip("locked")
            assert len(panel.icons) == 1
            print(f"panel {turn + 1} came: {panel.tip()!r}, {panel.words()}")
            desk.close_window()
            desk.wait_gone(WINDOW)
            assert window.poll() is None
        desk.hand.settled(WINDOW)
        print(f"panel {turn + 1} ended: the window is back")
    desk.close_window()
    assert ended(window) == 0


def test_choose_files_does_what_the_drop_zone_does(desk: VaultDesk) -> None:
    folder = desk.session.home / "files"
    folder.mkdir()
    files = [folder / "dropped.txt", folder / "chosen.txt"]
    for file in files:
        file.write_text("7 blue herons")
    window = desk.start()
    eyes = Eyes(desk.session, "vaultapp", window)
    desk.unlock(eyes)
    place = eyes.find("Choose files…", seconds=60)
    zone = desk.hand.settled(WINDOW)
    assert drop_files(desk.session, desk.hand, [files[0]], *zone.at(0.5, 0.2)) == "CopyAction"
    wait_until((folder / "dropped.txt.sealed").exists, "the dropped file")
    desk.session.ask("xdotool", "windowactivate", "--sync", zone.xid)
    desk.hand.click(*place.middle)
    desk.hand.settled("^Choose files")
    desk.hand.type(str(files[1]))
    desk.hand.key("Return")
    wait_until((folder / "chosen.txt.sealed").exists, "the chosen file")
    told = [desk.vaultapp("inspect", f"{file}.sealed").splitlines() for file in files]
    opened_by = [[line for line in lines if line.startswith("Opened by")] for lines in told]
    assert opened_by[0]
    assert opened_by[0] == opened_by[1]
    sizes = {Path(f"{file}.sealed").stat().st_size for file in files}
    print(f"dropped and chosen: {sorted(path.name for path in folder.iterdir())}, {sizes} bytes")
    assert len(sizes) == 1
    assert all(file.read_text() == "7 blue herons" for file in files)


def test_a_drop_that_cannot_be_read_says_so(desk: VaultDesk) -> None:
    pipe = desk.session.home / "a pipe"
    os.mkfifo(pipe)
    window = desk.start()
    eyes = Eyes(desk.session, "vaultapp", window)
    desk.unlock(eyes)
    eyes.find("Choose files…", seconds=60)
    zone = desk.hand.settled(WINDOW)
    drop_files(desk.session, desk.hand, ["https://example.net/a.pdf"], *zone.at(0.5, 0.2))
    print(eyes.reads("That was no file from this computer."))
    drop_files(desk.session, desk.hand, [pipe], *zone.at(0.5, 0.2))
    print(eyes.reads("is a pipe"))
    assert [path.name for path in desk.session.home.iterdir() if "sealed" in path.name] == []
