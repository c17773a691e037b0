"""Whether a folder is there, of one that may lie on a drive that does not answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from os.path import isdir
from pathlib import Path

# A window that stands still for longer is noticed. Of a drive that has to wake up first the next look knows more.
_PATIENCE_S = 0.1


class AnsweringFolders:
    """Looks at folders in a thread of its own, each in one at a time, and waits for it no longer than a moment.

    Args:
        is_folder: Asks the drive; may take for ever.
        patience_s: How long is waited for the answer.
    """

    def __init__(self, is_folder: Callable[[Path], bool] = isdir, patience_s: float = _PATIENCE_S) -> None:
        self._is_folder = is_folder
        self._patience_s = patience_s
        self._asked: dict[Path, threading.Thread] = {}

    def is_there(self, folder: Path) -> bool:
        """Return True for a folder whose drive says so in time."""
        if folder in self._asked and self._asked[folder].is_alive():
            # It did not answer before, and does not yet.
            return False
        found: list[bool] = []
        thread = threading.Thread(target=lambda: found.append(self._is_folder(folder)), name="folder", daemon=True)
        self._asked[folder] = thread
        thread.start()
        thread.join(self._patience_s)
        return found == [True]
