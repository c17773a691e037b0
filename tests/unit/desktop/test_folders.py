from __future__ import annotations

from pathlib import Path

from vaultapp.desktop.folders import DesktopFolders


def test_the_usual_places() -> None:
    folders = DesktopFolders.of_user({"HOME": "/home/mara"})
    assert folders.data == Path("/home/mara/.local/share")
    assert folders.config == Path("/home/mara/.config")
    assert folders.state == Path("/home/mara/.local/state/vaultapp")
    assert folders.system_config == (Path("/etc/xdg"),)


def test_variables_move_them_when_they_are_absolute() -> None:
    folders = DesktopFolders.of_user(
        {"HOME": "/h", "XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "relative", "XDG_CONFIG_DIRS": "/x:relative:/y"}
    )
    assert (folders.data, folders.config) == (Path("/d"), Path("/h/.config"))
    assert folders.system_config == (Path("/x"), Path("/y"))
