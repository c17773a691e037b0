"""What was put into the user's folders, so that exactly that is taken out again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vaultapp.core.refusals import refusal
from vaultapp.desktop.folders import DesktopFolders
from vaultapp.desktop.whole_file import write_whole

_PARTS = ("files", "folders", "generated", "entries", "made_for_entry")


@dataclass(slots=True)
class Manifest:
    """The note of one user, kept beside the newest states of vaults.

    Attributes:
        path: Where it is kept.
        files: Path -> SHA-256 of what was written there, hexadecimal.
        folders: Folders that were made.
        generated: Files that the desktop's own programs made from ours where there were none.
        entries: Path of a file that is the user's own, with an entry of ours -> SHA-256 of that entry.
        made_for_entry: Those of them that were not there before.
    """

    path: Path
    files: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    generated: list[str] = field(default_factory=list)
    entries: dict[str, str] = field(default_factory=dict)
    made_for_entry: list[str] = field(default_factory=list)

    @classmethod
    def of_user(cls, folders: DesktopFolders) -> Manifest:
        """Return the user's note; an empty one where there is none, or none that can be read as one."""
        path = folders.state / "desktop.json"
        try:
            found = json.loads(path.read_text(encoding="utf-8", errors="surrogateescape"))
        except (OSError, ValueError):
            found = {}
        known = found if isinstance(found, dict) else {}
        return cls(
            path,
            _map(known, "files"),
            _list(known, "folders"),
            _list(known, "generated"),
            _map(known, "entries"),
            _list(known, "made_for_entry"),
        )

    def save(self) -> None:
        """Write the note; when nothing is left in it, remove it.

        Raises:
            SpaceMissing, ReadOnly, AccessDenied, HostError: It cannot be written.
        """
        parts = {name: getattr(self, name) for name in _PARTS}
        if any(parts.values()):
            self._folder()
            write_whole(self.path, json.dumps(parts, indent=1).encode(), 0o600)
        else:
            try:
                self.path.unlink(missing_ok=True)
            except OSError as exc:
                raise refusal(exc, self.path) from exc

    def _folder(self) -> None:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as exc:
            raise refusal(exc, self.path.parent) from exc


def _map(known: dict[str, Any], name: str) -> dict[str, str]:
    value = known.get(name)
    return {str(key): str(one) for key, one in value.items()} if isinstance(value, dict) else {}


def _list(known: dict[str, Any], name: str) -> list[str]:
    value = known.get(name)
    return [str(one) for one in value] if isinstance(value, list) else []
