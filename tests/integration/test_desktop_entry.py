"""What the desktop's own programs make of what is installed for it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.shell import Shell
from vaultapp.desktop.folders import DesktopFolders
from vaultapp.desktop.installation import MIME_TYPE, DesktopInstallation
from vaultapp.desktop.program import Program
from vaultapp.desktop.system_tools import SystemTools

SEALED = bytes.fromhex("020478") + bytes(range(200))
SIGNED = bytes.fromhex("020578") + bytes(range(200))


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    shell = Shell(tmp_path)
    shell.environment["XDG_CONFIG_HOME"] = str(tmp_path / "config")
    yield shell
    shell.close()


def asked(shell: Shell, *command: str | Path) -> str:
    ended = subprocess.run(
        command, cwd=shell.here, env=shell.environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended
    return ended.stdout + ended.stderr


def kind_of(shell: Shell, path: Path) -> str:
    told = asked(shell, "gio", "info", "--attributes=standard::content-type,standard::icon", path)
    return next(line.rpartition(" ")[2] for line in told.splitlines() if "content-type" in line)


def entries(shell: Shell) -> list[Path]:
    return sorted(Path(shell.environment["XDG_DATA_HOME"], "applications").glob("*.desktop"))


def snapshot(shell: Shell) -> set[str]:
    home = shell.here.parent
    return {str(path.relative_to(home)) for path in home.rglob("*") if shell.here not in path.parents}


def test_the_entries_are_valid(shell: Shell) -> None:
    shell.run("desktop", "install")
    shell.run("desktop", "autostart", "on")
    found = [*entries(shell), Path(shell.environment["XDG_CONFIG_HOME"], "autostart/vaultapp.desktop")]
    assert len(found) == 2
    for entry in found:
        told = [line for line in asked(shell, "desktop-file-validate", entry).splitlines() if ": hint: " not in line]
        assert told == []


def test_a_sealed_file_is_known_by_its_name_and_by_its_content(shell: Shell) -> None:
    named = shell.write("of another format.sealed", b"only the name says so")
    by_content, signed = shell.write("report", SEALED), shell.write("signed.bin", SIGNED)
    other, plain = shell.write("other", bytes.fromhex("020378") + bytes(range(200))), shell.write("a.txt", b"text")
    assert kind_of(shell, by_content) == "application/octet-stream"
    assert shell.json("desktop", "install")["failed_tools"] == []
    assert [kind_of(shell, path) for path in (named, by_content, signed)] == [MIME_TYPE] * 3
    assert kind_of(shell, plain) == "text/plain"
    assert kind_of(shell, other) == "application/octet-stream"
    assert f"{MIME_TYPE.replace('/', '-')}" in asked(shell, "gio", "info", named)
    assert "vaultapp.desktop" in asked(shell, "gio", "mime", MIME_TYPE).splitlines()[0]


def test_remove_leaves_everything_as_it_was(shell: Shell) -> None:
    before = snapshot(shell)
    shell.run("desktop", "install")
    shell.run("desktop", "autostart", "on")
    assert len(snapshot(shell)) > len(before) + 10
    shell.run("desktop", "remove")
    # Vaults have their folder of states; the note of what was installed is gone from it.
    assert snapshot(shell) - before == {"state/vaultapp"}
    assert os.listdir(Path(shell.environment["XDG_STATE_HOME"], "vaultapp")) == []


def test_remove_lets_the_kinds_of_other_programs_live(shell: Shell) -> None:
    packages = Path(shell.environment["XDG_DATA_HOME"], "mime/packages")
    packages.mkdir(parents=True)
    (packages / "other.xml").write_text(
        '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">'
        '<mime-type type="application/x-other"><glob pattern="*.other"/></mime-type></mime-info>'
    )
    shell.run("desktop", "install")
    sealed, other = shell.write("a.sealed", b"x"), shell.write("a.other", b"x")
    assert (kind_of(shell, sealed), kind_of(shell, other)) == (MIME_TYPE, "application/x-other")
    shell.run("desktop", "remove")
    assert kind_of(shell, sealed) != MIME_TYPE
    assert kind_of(shell, other) == "application/x-other"


@pytest.mark.parametrize("name", ["plain", "a b", "50%f", "a=b", "o'b", 'q"q', "$HOME", "`x`", "back\\slash", "größe"])
def test_a_program_in_any_folder_is_started_with_the_files(shell: Shell, tmp_path: Path, name: str) -> None:
    told = tmp_path / "told"
    program = tmp_path / name / "vaultapp"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s\\0" "$@" >"{told}.new"\nmv "{told}.new" "{told}"\n')
    program.chmod(0o755)
    folders = DesktopFolders.of_user(shell.environment)
    DesktopInstallation(folders, Program((str(program),)), SystemTools(shell.environment)).install()
    files = [shell.write("one two.sealed"), shell.write("%f.sealed")]
    asked(shell, "gio", "launch", entries(shell)[0], *files)
    assert told.read_bytes().split(b"\0")[:-1] == [bytes(file) for file in files]
