"""Make vaultapp a part of the user's desktop, and take it out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from vaultapp.core import resources
from vaultapp.desktop.autostart import PART as AUTOSTART
from vaultapp.desktop.autostart import path_of as autostart_path
from vaultapp.desktop.databases import Databases
from vaultapp.desktop.folders import DesktopFolders
from vaultapp.desktop.manifest import Manifest
from vaultapp.desktop.placing import Outcome, Placing, Step
from vaultapp.desktop.program import Program
from vaultapp.desktop.system_tools import SystemTools
from vaultapp.desktop.thunar_actions import PART as THUNAR
from vaultapp.desktop.thunar_actions import ThunarActions

MIME_TYPE = "application/vnd.vaultapp.sealed"

_ICONS = "icons/hicolor"
_EXECUTABLE = 0o755


@dataclass(frozen=True, slots=True)
class Part:
    """One file in the user's data folder.

    Attributes:
        code: Which part it is.
        place: Relative to the data folder.
        template: The resource that it is made from.
        program: The program that it is for; empty for every desktop.
        mode: Rights.
    """

    code: str
    place: str
    template: str
    program: str = ""
    mode: int = 0o644


PARTS = (
    Part("menu", "applications/vaultapp.desktop", "desktop/vaultapp.desktop"),
    Part("icon", f"{_ICONS}/scalable/apps/vaultapp.svg", "app/app-icon.svg"),
    Part("icon", f"{_ICONS}/16x16/apps/vaultapp.svg", "app/app-icon-small.svg"),
    # By these names a panel finds the tray's pictures, and paints them in its own colour.
    Part("tray_icon", f"{_ICONS}/symbolic/apps/vaultapp-locked-symbolic.svg", "app/tray-locked.svg"),
    Part("tray_icon", f"{_ICONS}/symbolic/apps/vaultapp-unlocked-symbolic.svg", "app/tray-unlocked.svg"),
    Part("file_icon", f"{_ICONS}/scalable/mimetypes/{MIME_TYPE.replace('/', '-')}.svg", "desktop/sealed-file.svg"),
    Part("file_type", "mime/packages/vaultapp-sealed.xml", "desktop/vaultapp-sealed.xml"),
    Part("nautilus", "nautilus/scripts/Encrypt with vaultapp", "desktop/nautilus-script.sh", "nautilus", _EXECUTABLE),
    # Dolphin trusts a menu in the home folder only when it may be run.
    Part(
        "dolphin", "kio/servicemenus/vaultapp-encrypt.desktop", "desktop/dolphin-menu.desktop", "dolphin", _EXECUTABLE
    ),
    Part("pcmanfm", "file-manager/actions/vaultapp-encrypt.desktop", "desktop/pcmanfm-action.desktop", "pcmanfm"),
)


@dataclass(frozen=True, slots=True)
class Report:
    """What an installation or a removal did.

    Attributes:
        steps: Part by part.
        failed_tools: Programs of the system that are missing or failed, without which a double click does nothing.
    """

    steps: tuple[Step, ...]
    failed_tools: tuple[str, ...] = ()


class DesktopInstallation:
    """What the user's desktop knows of vaultapp.

    Args:
        folders: The user's.
        program: What entries start.
        tools: The system's programs.
    """

    def __init__(self, folders: DesktopFolders, program: Program, tools: SystemTools) -> None:
        self._folders = folders
        self._program = program
        self._tools = tools

    @classmethod
    def of_user(cls, environment: Mapping[str, str]) -> DesktopInstallation:
        """Return the installation of the user with this environment, for the vaultapp that runs."""
        folders = DesktopFolders.of_user(environment)
        return cls(folders, Program.of_this_installation(), SystemTools(environment))

    @property
    def is_installed(self) -> bool:
        """True when the entry in the menu is there, and starts this vaultapp."""
        menu = self._folders.data / PARTS[0].place
        try:
            return f"Exec={self._program.exec_line} " in menu.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return False

    def install(self, *, force: bool = False) -> Report:
        """Put everything in place that this desktop can use. Again, it renews what is older and changes nothing else.

        Args:
            force: Renew also what somebody changed.

        Raises:
            SpaceMissing, ReadOnly, AccessDenied, HostError: What was put in place before stays, and is noted.
        """
        manifest = Manifest.of_user(self._folders)
        placing = Placing(manifest)
        databases = Databases(self._folders, self._tools, manifest)
        steps = []
        try:
            for part in PARTS:
                path = self._folders.data / part.place
                if part.program and not self._tools.has(part.program) and str(path) not in manifest.files:
                    steps.append(Step(part.code, Outcome.ABSENT))
                    continue
                content = self._program.fill(resources.read(part.template)).encode("utf-8", "surrogateescape")
                steps.append(placing.put(part.code, path, content, part.mode, force=force))
            steps.append(self._put_thunar(manifest, placing, force=force))
            failed = databases.refresh()
        finally:
            manifest.save()
        return Report(tuple(steps), failed)

    def remove(self) -> Report:
        """Take everything out that was put in place, but for what somebody changed since.

        Raises:
            ReadOnly, AccessDenied, HostError: What is still there stays noted.
        """
        manifest = Manifest.of_user(self._folders)
        placing = Placing(manifest)
        databases = Databases(self._folders, self._tools, manifest)
        codes = {str(self._folders.data / part.place): part.code for part in PARTS}
        codes[str(autostart_path(self._folders))] = AUTOSTART
        try:
            steps = [placing.take(codes.get(name, "older"), Path(name)) for name in list(manifest.files)]
            if manifest.entries:
                steps.append(ThunarActions(self._folders, manifest, placing).take())
            databases.refresh()
            databases.clean()
            placing.take_folders()
        finally:
            manifest.save()
        return Report(tuple(steps))

    def _put_thunar(self, manifest: Manifest, placing: Placing, *, force: bool) -> Step:
        if not self._tools.has("thunar") and not manifest.entries:
            return Step(THUNAR, Outcome.ABSENT)
        # Thunar fills in names for percent signs, then reads the line as a shell does.
        command = escape(self._program.shell_line.replace("%", "%%"))
        action = resources.read("desktop/thunar-action.xml").replace("@COMMAND@", command)
        return ThunarActions(self._folders, manifest, placing).put(action, force=force)
