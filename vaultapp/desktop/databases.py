"""What desktops make of the files in the user's folders: which program opens what, and which icons there are."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from vaultapp.desktop.folders import DesktopFolders
from vaultapp.desktop.manifest import Manifest
from vaultapp.desktop.system_tools import SystemTools

KINDS = "update-mime-database"
PROGRAMS = "update-desktop-database"
_ICONS = "gtk-update-icon-cache"


class Databases:
    """Has them made anew after files came or went.

    Args:
        folders: The user's.
        tools: Make them.
        manifest: Notes what was made where there was nothing.
    """

    def __init__(self, folders: DesktopFolders, tools: SystemTools, manifest: Manifest) -> None:
        self._kinds = folders.data / "mime"
        self._programs = folders.data / "applications"
        self._icons = folders.data / "icons/hicolor"
        self._tools = tools
        self._manifest = manifest

    def refresh(self) -> tuple[str, ...]:
        """Make all anew; return the programs that are missing or failed, without which a double click does nothing."""
        before = self._generated()
        failed = []
        if (self._kinds / "packages").is_dir() and not self._tools.run(KINDS, str(self._kinds)):
            failed.append(KINDS)
        if self._programs.is_dir() and not self._tools.run(PROGRAMS, str(self._programs)):
            failed.append(PROGRAMS)
        self._refresh_icons()
        self._manifest.generated += sorted(self._generated() - before)
        return tuple(failed)

    def clean(self) -> None:
        """Remove what was made from our files alone; where others have files too, it is theirs as well and stays."""
        only_ours = (
            (self._kinds, not _has_files(self._kinds / "packages", ".xml")),
            (self._programs, not _has_files(self._programs, ".desktop")),
        )
        noted = [Path(name) for name in self._manifest.generated]
        self._manifest.generated = []
        for folder, ours in only_ours:
            below = [path for path in noted if ours and path.is_relative_to(folder)]
            for path in below:
                with suppress(OSError):
                    path.unlink()
            # Below the folder of kinds there is one for each of their first halves.
            for path in sorted({path.parent for path in below} - {folder}):
                with suppress(OSError):
                    path.rmdir()

    def _refresh_icons(self) -> None:
        """Tell of new icons.

        A cache is made anew only where there is one: one that nobody keeps up would hide every icon that another
        program puts beside ours later. Without a cache a changed time of the folder is what toolkits look for.
        """
        if (self._icons / "icon-theme.cache").exists():
            self._tools.run(_ICONS, "--force", "--ignore-theme-index", "--quiet", str(self._icons))
        with suppress(OSError):
            os.utime(self._icons)

    def _generated(self) -> set[str]:
        found = {str(path) for path in self._kinds.rglob("*") if path.is_file() and path.parent.name != "packages"}
        found |= {str(path) for path in self._programs.glob("mimeinfo.cache")}
        return found


def _has_files(folder: Path, suffix: str) -> bool:
    try:
        return any(name.endswith(suffix) for name in os.listdir(folder))
    except OSError:
        return False
