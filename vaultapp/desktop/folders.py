"""The folders of a user's desktop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vaultapp.core.places import user_folder

_SYSTEM_CONFIG = "/etc/xdg"


@dataclass(frozen=True, slots=True)
class DesktopFolders:
    """Folders that desktops look into, as absolute paths.

    Attributes:
        data: Applications, icons, kinds of files.
        config: What starts at login; settings of file managers.
        state: Where it is noted what was installed.
        system_config: Where the system's own settings are, the most important first.
    """

    data: Path
    config: Path
    state: Path
    system_config: tuple[Path, ...]

    @classmethod
    def of_user(cls, environment: Mapping[str, str]) -> DesktopFolders:
        """Follow the XDG base directory specification, which takes only absolute paths."""
        system = (environment.get("XDG_CONFIG_DIRS") or _SYSTEM_CONFIG).split(":")
        return cls(
            data=user_folder(environment, "XDG_DATA_HOME", ".local/share"),
            config=user_folder(environment, "XDG_CONFIG_HOME", ".config"),
            state=user_folder(environment, "XDG_STATE_HOME", ".local/state") / "vaultapp",
            system_config=tuple(Path(one) for one in system if one.startswith("/")),
        )
