"""A user's folders, and programs of the system that a test says are there."""

from __future__ import annotations

from pathlib import Path

from vaultapp.desktop.autostart import Autostart
from vaultapp.desktop.folders import DesktopFolders
from vaultapp.desktop.installation import DesktopInstallation
from vaultapp.desktop.program import Program


class FakeTools:
    """Programs that are there; those of databases leave a file, as the real ones do."""

    def __init__(self, *names: str) -> None:
        self.names = set(names)
        self.ran: list[tuple[str, ...]] = []

    def has(self, name: str) -> bool:
        return name in self.names

    def run(self, name: str, *arguments: str) -> bool:
        if name not in self.names:
            return False
        self.ran.append((name, *arguments))
        folder = Path(arguments[-1])
        if name == "update-mime-database":
            (folder / "mime.cache").write_text("cache")
            (folder / "application").mkdir(exist_ok=True)
            (folder / "application/vnd.vaultapp.sealed.xml").write_text("made")
        elif name == "update-desktop-database":
            (folder / "mimeinfo.cache").write_text("cache")
        return True


class Desk:
    """A desktop with every file manager."""

    def __init__(self, home: Path) -> None:
        self.home = home / "home"
        self.home.mkdir()
        self.system = home / "etc/xdg"
        self.folders = DesktopFolders(
            self.home / ".local/share",
            self.home / ".config",
            self.home / ".local/state/vaultapp",
            (self.system,),
        )
        self.tools = FakeTools(
            "update-mime-database", "update-desktop-database", "nautilus", "dolphin", "thunar", "pcmanfm"
        )
        self.program = Program(("/opt/vault app/bin/vaultapp",))

    @property
    def installation(self) -> DesktopInstallation:
        return DesktopInstallation(self.folders, self.program, self.tools)  # type: ignore[arg-type]

    @property
    def autostart(self) -> Autostart:
        return Autostart(self.folders, self.program)

    def tree(self) -> dict[str, bytes | None]:
        """Return everything in the home folder: files with their content, folders."""
        return {
            str(path.relative_to(self.home)): path.read_bytes() if path.is_file() else None
            for path in self.home.rglob("*")
        }
