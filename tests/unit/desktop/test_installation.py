from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.unit.desktop.fakes import Desk, FakeTools
from vaultapp.core.errors import AccessDenied, HostError, VaultError
from vaultapp.desktop.installation import PARTS, Report
from vaultapp.desktop.placing import Outcome
from vaultapp.desktop.program import Program


def outcomes(report: Report) -> set[Outcome]:
    return {step.outcome for step in report.steps}


def test_everything_goes_in_and_exactly_that_comes_out(desk: Desk) -> None:
    report = desk.installation.install()
    assert outcomes(report) == {Outcome.WRITTEN}
    assert {step.part for step in report.steps} == {part.code for part in PARTS} | {"thunar"}
    assert report.failed_tools == ()
    entry = (desk.folders.data / "applications/vaultapp.desktop").read_text()
    assert 'Exec="/opt/vault app/bin/vaultapp" %F\n' in entry
    assert "@" not in entry
    assert outcomes(desk.installation.remove()) == {Outcome.REMOVED}
    assert desk.tree() == {".local": None, ".local/state": None, ".local/state/vaultapp": None}


def test_what_others_have_stays(desk: Desk) -> None:
    others = {
        "applications/other.desktop": "[Desktop Entry]",
        "mime/packages/other.xml": "<mime-info/>",
        "mime/mime.cache": "of others",
        "icons/hicolor/scalable/apps/other.svg": "<svg/>",
        "nautilus/scripts/Mine": "#!/bin/sh",
    }
    for name, text in others.items():
        path = desk.folders.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    desk.installation.install()
    desk.installation.remove()
    left = {name for name, content in desk.tree().items() if content is not None}
    # Theirs are made anew from what is left.
    made = {".local/share/mime/application/vnd.vaultapp.sealed.xml", ".local/share/applications/mimeinfo.cache"}
    assert left - made == {f".local/share/{name}" for name in others}


def test_again_changes_nothing(desk: Desk) -> None:
    desk.installation.install()
    before = desk.tree()
    assert outcomes(desk.installation.install()) == {Outcome.UNCHANGED}
    assert desk.tree() == before


@pytest.mark.parametrize("name", ["locked", "unlocked"])
def test_pictures_that_a_panel_paints_are_of_filled_shapes_alone(desk: Desk, name: str) -> None:
    desk.installation.install()
    icon = desk.folders.data / f"icons/hicolor/symbolic/apps/vaultapp-{name}-symbolic.svg"
    root = ElementTree.fromstring(icon.read_bytes())  # noqa: S314 - our own
    shapes = [part for part in root.iter() if isinstance(part.tag, str) and part.tag.endswith("path")]
    assert len(shapes) >= 2
    # GTK fills every shape, also one that has only a line; KDE colours those of this class, by this style.
    assert all((shape.get("fill"), shape.get("class")) == ("currentColor", "ColorScheme-Text") for shape in shapes)
    assert not any("stroke" in name for part in root.iter() for name in part.attrib)
    style = next(part for part in root.iter() if isinstance(part.tag, str) and part.tag.endswith("style"))
    assert style.get("id") == "current-color-scheme"


def test_a_file_has_no_icon_but_ours(desk: Desk) -> None:
    desk.installation.install()
    kind = ElementTree.parse(desk.folders.data / "mime/packages/vaultapp-sealed.xml").getroot()[0]  # noqa: S314 - our own
    icons = [part.get("name") for part in kind if part.tag.endswith("icon")]
    # A general one, which the desktop's theme has, would be shown in place of ours by GTK 4.
    assert icons == ["application-vnd.vaultapp.sealed"] * 2


def test_a_moved_program_renews_every_entry(desk: Desk) -> None:
    desk.installation.install()
    desk.program = Program(("/elsewhere/vaultapp",))
    assert not desk.installation.is_installed
    report = desk.installation.install()
    assert {step.part for step in report.steps if step.outcome is Outcome.WRITTEN} == {
        "menu",
        "nautilus",
        "dolphin",
        "pcmanfm",
        "thunar",
    }
    assert desk.installation.is_installed
    assert b"vault app" not in b"".join(content for content in desk.tree().values() if content)


def test_what_the_user_changed_is_kept_when_it_goes_in_again_and_when_it_comes_out(desk: Desk) -> None:
    desk.installation.install()
    entry = desk.folders.data / "applications/vaultapp.desktop"
    entry.write_text(entry.read_text().replace("Name=vaultapp", "Name=My vault"))
    desk.program = Program(("/elsewhere/vaultapp",))
    assert next(step.outcome for step in desk.installation.install().steps if step.part == "menu") is Outcome.KEPT
    assert "Name=My vault" in entry.read_text()
    assert next(step.outcome for step in desk.installation.remove().steps if step.part == "menu") is Outcome.KEPT
    assert "Name=My vault" in entry.read_text()
    assert desk.installation.remove().steps == ()


def test_force_writes_anew_what_the_user_changed(desk: Desk) -> None:
    desk.installation.install()
    entry = desk.folders.data / "applications/vaultapp.desktop"
    entry.write_text("mine")
    desk.installation.install(force=True)
    assert "Name=vaultapp" in entry.read_text()


def test_a_link_of_the_user_is_not_written_through(desk: Desk, tmp_path: Path) -> None:
    entry = desk.folders.data / "applications/vaultapp.desktop"
    entry.parent.mkdir(parents=True)
    (tmp_path / "dotfile").write_text("mine")
    entry.symlink_to(tmp_path / "dotfile")
    desk.installation.install()
    assert entry.is_symlink()
    assert (tmp_path / "dotfile").read_text() == "mine"


def test_a_file_manager_that_is_not_here_gets_nothing_until_it_is(desk: Desk) -> None:
    desk.tools = FakeTools("update-mime-database", "update-desktop-database")
    report = desk.installation.install()
    absent = {step.part for step in report.steps if step.outcome is Outcome.ABSENT}
    assert absent == {"nautilus", "dolphin", "pcmanfm", "thunar"}
    assert not desk.folders.config.exists()
    desk.tools.names.add("pcmanfm")
    report = desk.installation.install()
    assert [step.part for step in report.steps if step.outcome is Outcome.WRITTEN] == ["pcmanfm"]


def test_a_file_manager_that_went_still_loses_its_menu(desk: Desk) -> None:
    desk.installation.install()
    desk.tools = FakeTools()
    desk.installation.remove()
    assert not list(desk.folders.data.rglob("*vaultapp*"))


def test_missing_programs_are_told(desk: Desk) -> None:
    desk.tools = FakeTools()
    assert desk.installation.install().failed_tools == ("update-mime-database", "update-desktop-database")


def test_an_icon_cache_is_renewed_only_where_there_is_one(desk: Desk) -> None:
    desk.tools.names.add("gtk-update-icon-cache")
    desk.installation.install()
    assert "gtk-update-icon-cache" not in {name for name, *_ in desk.tools.ran}
    (desk.folders.data / "icons/hicolor/icon-theme.cache").touch()
    desk.installation.install()
    assert "gtk-update-icon-cache" in {name for name, *_ in desk.tools.ran}


def test_scripts_may_be_run_and_pass_whole_paths_on(desk: Desk, tmp_path: Path) -> None:
    told = tmp_path / "told"
    program = tmp_path / "a program's"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{told}"\n')
    program.chmod(0o755)
    desk.program = Program((str(program),))
    desk.installation.install()
    script = desk.folders.data / "nautilus/scripts/Encrypt with vaultapp"
    assert stat.S_IMODE(script.stat().st_mode) == 0o755
    (tmp_path / "shown").mkdir()
    # A name that is a command of ours is a file here.
    subprocess.run([script, "lock", "a b.txt", "-x", "/abs"], cwd=tmp_path / "shown", timeout=60, check=True)
    here = tmp_path / "shown"
    assert told.read_text().splitlines() == [f"{here}/lock", f"{here}/a b.txt", f"{here}/-x", "/abs"]
    # Files takes "%f" out of the names in its arguments, but not out of the addresses.
    addresses = "file:///a/100%25f%20*.txt\nfile:///a/two%0Alines"
    given = {**os.environ, "NAUTILUS_SCRIPT_SELECTED_URIS": addresses + "\n"}
    subprocess.run([script, "100 *.txt", "two\nlines"], cwd=here, env=given, timeout=60, check=True)
    assert told.read_text() == f"{addresses}\n"


def test_what_went_in_before_a_failure_is_noted_and_comes_out(desk: Desk) -> None:
    (desk.home / ".local/share").mkdir(parents=True)
    (desk.home / ".local/share/mime").write_text("in the way")
    with pytest.raises(VaultError) as caught:
        desk.installation.install()
    assert isinstance(caught.value, HostError | AccessDenied)
    assert (desk.folders.data / "applications/vaultapp.desktop").exists()
    desk.installation.remove()
    assert [name for name, content in desk.tree().items() if content is not None] == [".local/share/mime"]


def test_a_note_that_is_broken_is_none(desk: Desk) -> None:
    desk.installation.install()
    (desk.folders.state / "desktop.json").write_text("{")
    # Nothing is known to be ours, so nothing is taken; a fresh installation knows its own files again.
    assert desk.installation.remove().steps == ()
    assert outcomes(desk.installation.install()) == {Outcome.UNCHANGED}
    desk.installation.remove()
    assert not list(desk.folders.data.rglob("vaultapp.desktop"))


def test_the_note_is_the_users_alone(desk: Desk) -> None:
    desk.installation.install()
    note = desk.folders.state / "desktop.json"
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    assert str(desk.folders.data / "applications/vaultapp.desktop") in json.loads(note.read_text())["files"]
    assert os.listdir(desk.folders.state) == ["desktop.json"]
