"""Put files into the user's folders and take them out again, without touching what the user changed."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from vaultapp.core.refusals import refusal
from vaultapp.desktop.manifest import Manifest
from vaultapp.desktop.whole_file import write_whole


class Outcome(StrEnum):
    """What became of a file.

    Attributes:
        WRITTEN: It is there now.
        UNCHANGED: It was there already, as it should be.
        KEPT: It is another than was put there: somebody changed it, so it stays as it is.
        REMOVED: It is gone now.
        GONE: It was gone already.
        ABSENT: The program that it is for is not on this system.
    """

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    REMOVED = "removed"
    GONE = "gone"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one part.

    Attributes:
        part: Its code, such as ``menu``, ``icon``, ``file_type``, ``thunar``.
        outcome: What became of it.
        path: The file; None for one that is not there.
    """

    part: str
    outcome: Outcome
    path: Path | None = None


class Placing:
    """Writes and removes whole files, and keeps the note of them.

    Args:
        manifest: The note; saved by whoever made it.
    """

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest

    def put(self, part: str, path: Path, content: bytes, mode: int = 0o644, *, force: bool = False) -> Step:
        """Put a file in place.

        Args:
            part: For the answer.
            path: The file.
            content: What it holds.
            mode: Its rights.
            force: Write it also where somebody changed it.

        Raises:
            SpaceMissing, ReadOnly, AccessDenied, HostError: What was there before stays.
        """
        found = self._content(path)
        if found == content:
            self._note(path, content)
            return Step(part, Outcome.UNCHANGED, path)
        if os.path.lexists(path) and not force and not self._is_ours(path, found):
            return Step(part, Outcome.KEPT, path)
        self.make_folder(path.parent)
        write_whole(path, content, mode)
        self._note(path, content)
        return Step(part, Outcome.WRITTEN, path)

    def take(self, part: str, path: Path) -> Step:
        """Remove a file that was put in place, unless somebody changed it; then it is no more ours.

        Raises:
            ReadOnly, AccessDenied, HostError: It stays.
        """
        found = self._content(path)
        if not os.path.lexists(path):
            self._manifest.files.pop(str(path), None)
            return Step(part, Outcome.GONE, path)
        ours = self._is_ours(path, found)
        if ours:
            try:
                path.unlink(missing_ok=True)
            except OSError as exc:
                raise refusal(exc, path) from exc
        self._manifest.files.pop(str(path), None)
        return Step(part, Outcome.REMOVED if ours else Outcome.KEPT, path)

    def take_folders(self) -> None:
        """Remove the folders that were made, as far as nothing else is in them."""
        for name in sorted(self._manifest.folders, key=len, reverse=True):
            with suppress(OSError):
                os.rmdir(name)
        self._manifest.folders = []

    def make_folder(self, path: Path) -> None:
        """Make a folder with those above it, and note which were made.

        Raises:
            SpaceMissing, ReadOnly, AccessDenied, HostError: It cannot be made.
        """
        missing = [one for one in (path, *path.parents) if not one.exists()]
        for one in reversed(missing):
            try:
                one.mkdir(mode=0o700, exist_ok=True)
            except OSError as exc:
                raise refusal(exc, one) from exc
            self._manifest.folders.append(str(one))

    def _is_ours(self, path: Path, found: bytes | None) -> bool:
        return found is not None and self._manifest.files.get(str(path)) == digest_of(found)

    def _note(self, path: Path, content: bytes) -> None:
        self._manifest.files[str(path)] = digest_of(content)

    @staticmethod
    def _content(path: Path) -> bytes | None:
        """Return what a regular file holds; None for anything else: a link is the user's own doing."""
        try:
            return path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else None
        except FileNotFoundError:
            return None
        except OSError as exc:
            raise refusal(exc, path) from exc


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a file's content, hexadecimal."""
    return hashlib.sha256(content).hexdigest()
