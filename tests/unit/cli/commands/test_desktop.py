from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.fakes import User


@pytest.fixture(autouse=True)
def _nothing_on_the_path(user: User, tmp_path: Path) -> None:
    user.environment["PATH"] = str(tmp_path / "bin")


def menu(user: User) -> Path:
    return user.home / ".local/share/applications/vaultapp.desktop"


def test_install_tells_every_part_and_what_is_missing(user: User) -> None:
    lines = user.run("desktop", "install").stdout.splitlines()
    assert lines[0].endswith("A double click does not open encrypted files yet:")
    assert "install shared-mime-info" in lines[1]
    assert "install desktop-file-utils" in lines[2]
    assert f"entry in the menu            written                             {menu(user)}" in lines
    assert "menu of Dolphin              left out: that program is not here" in lines
    assert (user.agents.started, user.terminal.asked) == ([], [])


def test_programs_read_codes(user: User) -> None:
    found = user.json("desktop", "install")
    assert found["steps"][0] == {"part": "menu", "outcome": "written", "path": str(menu(user))}
    assert {"part": "thunar", "outcome": "absent", "path": None} in found["steps"]
    assert found["failed_tools"] == ["update-mime-database", "update-desktop-database"]
    assert user.json("desktop", "remove")["steps"][0] == {
        "part": "menu",
        "outcome": "removed",
        "path": str(menu(user)),
    }


def test_what_was_kept_says_how_it_is_written_anew(user: User) -> None:
    user.run("desktop", "install")
    menu(user).write_text("mine")
    told = user.run("desktop", "install").stdout
    assert "kept: somebody changed it" in told
    assert told.endswith("--force writes anew what was kept.\n")
    user.run("desktop", "install", "--force")
    assert "[Desktop Entry]" in menu(user).read_text()


def test_a_running_thunar_is_thought_of_when_its_list_changes(user: User, tmp_path: Path) -> None:
    assert "thunar --quit" not in user.run("desktop", "install").stdout
    program = tmp_path / "bin/thunar"
    program.parent.mkdir()
    program.touch(0o755)
    assert user.run("desktop", "install").stdout.endswith("when it is started anew: thunar --quit\n")
    assert "thunar --quit" not in user.run("desktop", "install").stdout
    assert user.run("desktop", "remove").stdout.endswith("when it is started anew: thunar --quit\n")


def test_remove_of_nothing_says_so(user: User) -> None:
    assert user.run("desktop", "remove").stdout == "Nothing of vaultapp was on this desktop.\n"


def test_autostart_is_turned_and_told(user: User) -> None:
    assert user.json("desktop", "autostart") == {"autostart": False}
    assert user.run("desktop", "autostart", "on").stdout == "vaultapp starts in the tray when you log in.\n"
    assert user.json("desktop", "autostart") == {"autostart": True}
    assert user.run("desktop", "autostart", "off").stdout == "Nothing of vaultapp starts when you log in.\n"
    assert user.run("desktop", "autostart", "perhaps").exit_code == 2


def test_a_folder_that_cannot_be_written_is_one_sentence(user: User) -> None:
    user.home.mkdir()
    (user.home / ".local").write_text("in the way")
    code, error = user.error("desktop", "install")
    assert (code, error["code"]) == (5, "host_error")
