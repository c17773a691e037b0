from __future__ import annotations

import os

import pytest

from tests.unit.desktop.fakes import Desk
from vaultapp.desktop.autostart import path_of
from vaultapp.desktop.placing import Outcome

ENTRY = "[Desktop Entry]\nType=Application\nName=mine\nExec=vaultapp --hidden\n"


def test_on_and_off_leave_nothing(desk: Desk) -> None:
    assert not desk.autostart.is_on
    desk.autostart.turn_on()
    assert desk.autostart.is_on
    assert 'Exec="/opt/vault app/bin/vaultapp" --hidden\n' in path_of(desk.folders).read_text()
    desk.autostart.turn_on()
    desk.autostart.turn_off()
    assert not desk.autostart.is_on
    assert not path_of(desk.folders).exists()
    desk.autostart.turn_off()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_a_desktop_turned_off_is_off_and_can_be_turned_on(desk: Desk, line: str) -> None:
    desk.autostart.turn_on()
    entry = path_of(desk.folders)
    entry.write_text(entry.read_text().replace("X-GNOME-Autostart-enabled=true", line) + "X-Mine=1\n")
    assert not desk.autostart.is_on
    desk.autostart.turn_on()
    assert desk.autostart.is_on
    assert "X-Mine=1\n" in entry.read_text()


def test_an_entry_that_the_user_changed_is_turned_off_and_kept(desk: Desk) -> None:
    desk.autostart.turn_on()
    entry = path_of(desk.folders)
    entry.write_text(entry.read_text() + "X-Mine=1\n")
    desk.autostart.turn_off()
    assert not desk.autostart.is_on
    assert "X-Mine=1\n" in entry.read_text()


def test_removing_vaultapp_from_the_desktop_takes_it_along(desk: Desk) -> None:
    desk.installation.install()
    desk.autostart.turn_on()
    report = desk.installation.remove()
    assert "autostart" in {step.part for step in report.steps}
    assert not desk.autostart.is_on


def test_an_entry_that_is_a_link_stays_one_and_keeps_its_rights(desk: Desk) -> None:
    target, entry = desk.home / "entry", path_of(desk.folders)
    target.write_text(ENTRY)
    target.chmod(0o600)
    entry.parent.mkdir(parents=True)
    entry.symlink_to(target)
    assert desk.autostart.is_on
    assert desk.autostart.turn_off().outcome is Outcome.WRITTEN
    assert not desk.autostart.is_on
    assert desk.autostart.turn_on().outcome is Outcome.WRITTEN
    assert desk.autostart.is_on
    assert target.read_text() == ENTRY
    assert (entry.readlink(), target.stat().st_mode & 0o777) == (target, 0o600)


@pytest.mark.parametrize("target", ["/dev/null", "nowhere", "vaultapp.desktop", "."])
def test_an_entry_that_is_a_link_to_no_file_is_off_and_left_alone(desk: Desk, target: str) -> None:
    entry = path_of(desk.folders)
    entry.parent.mkdir(parents=True)
    entry.symlink_to(target)
    assert not desk.autostart.is_on
    assert desk.autostart.turn_on().outcome is Outcome.KEPT
    assert not desk.autostart.is_on
    assert desk.autostart.turn_off().outcome is Outcome.KEPT
    assert str(entry.readlink()) == target


def test_an_entry_of_another_user_is_left_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = path_of(desk.folders)
    entry.parent.mkdir(parents=True)
    entry.write_text(ENTRY)
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    assert desk.autostart.turn_off().outcome is Outcome.KEPT
    assert desk.autostart.is_on
    assert entry.read_text() == ENTRY
