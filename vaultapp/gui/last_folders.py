"""In which folders files were chosen last, each purpose by itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from vaultapp.gui.answering_folders import AnsweringFolders

_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation


@dataclass(frozen=True, slots=True)
class Start:
    """Where a dialog begins.

    Attributes:
        folder: One that is there, and answers.
        name: Proposed for a file that is saved.
        remember: Called with the folder that something was chosen in.
    """

    folder: Path
    name: str = ""
    remember: Callable[[Path], object] = lambda _folder: None


class LastFolders:
    """A folder by purpose; one that is gone, or whose drive does not answer, counts as none.

    Args:
        folders: By purpose, as they were kept; None for a memory that goes with this object.
        keep: Called after a change.
        answering: Looks whether a folder is there.
    """

    def __init__(
        self,
        folders: dict[str, bytes] | None = None,
        keep: Callable[[], object] = lambda: None,
        answering: AnsweringFolders | None = None,
    ) -> None:
        self._folders = {} if folders is None else folders
        self._keep = keep
        self._answering = AnsweringFolders() if answering is None else answering

    def start(self, purpose: str, otherwise: Path | None = None) -> Start:
        """Return where to choose what is there: in the last folder, else in that one, else in the home folder."""
        return self._start(purpose, self.at(otherwise).folder if otherwise is not None else Path.home(), "")

    def saving(self, purpose: str, name: str) -> Start:
        """Return where to save: in the last folder, else among the documents, else in the home folder."""
        documents = Path(QStandardPaths.writableLocation(_DOCUMENTS))
        return self._start(purpose, documents if self._answering.is_there(documents) else Path.home(), name)

    def at(self, folder: Path) -> Start:
        """Return where to begin at a folder that is named elsewhere: there, else in the home folder."""
        return Start(folder if self._answering.is_there(folder) else Path.home())

    def _start(self, purpose: str, otherwise: Path, name: str) -> Start:
        last = self._folders.get(purpose)
        folder = Path(os.fsdecode(last)) if last else otherwise

        def remember(chosen: Path) -> None:
            if self._folders.get(purpose) != os.fsencode(chosen):
                self._folders[purpose] = os.fsencode(chosen)
                self._keep()

        begun = folder if folder == otherwise or self._answering.is_there(folder) else otherwise
        return Start(begun, name, remember)
