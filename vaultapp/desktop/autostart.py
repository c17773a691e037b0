"""Start with the desktop."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from vaultapp.core import resources
from vaultapp.desktop.folders import DesktopFolders
from vaultapp.desktop.manifest import Manifest
from vaultapp.desktop.placing import Outcome, Placing, Step
from vaultapp.desktop.program import Program
from vaultapp.desktop.users_file import UsersFile

PART = "autostart"

# How desktops turn an entry off without removing it.
_OFF = re.compile(r"^(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)[ \t]*\n?", re.MULTILINE)
_GROUP = "[Desktop Entry]"


class Autostart:
    """Whether vaultapp is in the tray, or its window open where there is none, when the user has logged in.

    Args:
        folders: The user's.
        program: What is started.

    Source:
        Desktop Application Autostart Specification 0.5.
    """

    def __init__(self, folders: DesktopFolders, program: Program) -> None:
        self._folders = folders
        self._program = program
        self._path = path_of(folders)
        self._file = UsersFile(self._path)

    @classmethod
    def of_user(cls, environment: Mapping[str, str]) -> Autostart:
        """Return the autostart of the user with this environment, for the vaultapp that runs."""
        return cls(DesktopFolders.of_user(environment), Program.of_this_installation())

    @property
    def is_on(self) -> bool:
        """True when the desktop starts vaultapp; not by an entry that is a link to nothing, or to no file.

        Raises:
            AccessDenied, HostError: That cannot be seen.
        """
        text = self._file.read()
        return text is not None and not _OFF.search(text)

    def turn_on(self) -> Step:
        """Start with the desktop from now on; an entry that somebody changed is kept, and allowed again.

        One that is no file of the user's own is kept as it is.

        Raises:
            SpaceMissing, ReadOnly, AccessDenied, HostError: It is as it was.
        """
        manifest = Manifest.of_user(self._folders)
        content = self._program.fill(resources.read("desktop/autostart.desktop"))
        try:
            step = Placing(manifest).put(PART, self._path, content.encode("utf-8", "surrogateescape"))
        finally:
            manifest.save()
        text = self._file.read()
        if step.outcome is Outcome.KEPT and text is not None and _OFF.search(text):
            return self._write(_OFF.sub("", text))
        return step

    def turn_off(self) -> Step:
        """Start no more; an entry that somebody changed is kept, and turned off.

        One that is no file of the user's own is kept as it is.

        Raises:
            SpaceMissing, ReadOnly, AccessDenied, HostError: It is as it was.
        """
        manifest = Manifest.of_user(self._folders)
        placing = Placing(manifest)
        try:
            step = placing.take(PART, self._path)
        finally:
            manifest.save()
        text = self._file.read()
        if step.outcome is Outcome.KEPT and text is not None and not _OFF.search(text):
            return self._write(text.replace(_GROUP, f"{_GROUP}\nHidden=true", 1))
        return step

    def _write(self, text: str) -> Step:
        if not self._file.is_ours_to_write:
            return Step(PART, Outcome.KEPT, self._path)
        self._file.write(text)
        return Step(PART, Outcome.WRITTEN, self._path)


def path_of(folders: DesktopFolders) -> Path:
    """Return the entry's file."""
    return folders.config / "autostart/vaultapp.desktop"
