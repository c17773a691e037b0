"""Which files are to open with a key's newest version: those that are known, or those that are chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vaultapp.contracts.keys import Key, KeysApi
from vaultapp.gui import messages, quantities
from vaultapp.gui.dialogs.choose_path import FOLDER, MANY_FILES, choose
from vaultapp.gui.last_folders import LastFolders
from vaultapp.gui.tasks import TaskRunner

_PURPOSE = "rewrap"


class RewrapChoice(QObject):
    """Asks the person, or the agent, and tells the files.

    Args:
        keys: Knows files; blocks.
        tasks: Runs its calls.
        folders: Where dialogs begin.
        page: Under the dialogs.
    """

    wanted = Signal(object)  # tuple of paths, bytes
    failed = Signal(object)
    gone = Signal(object)  # Sentence: known files that are not where they were

    def __init__(self, keys: KeysApi, tasks: TaskRunner, folders: LastFolders, page: QWidget) -> None:
        super().__init__(page)
        self._keys = keys
        self._tasks = tasks
        self._folders = folders
        self._page = page

    def choose_files(self) -> None:
        """Open a dialog that chooses sealed files."""
        filters = self.tr("Encrypted files (*.sealed);;All files (*)")
        start = self._folders.start(_PURPOSE)
        choose(self._page, self.tr("Re-wrap files"), MANY_FILES, self.wanted.emit, start, filters=filters)

    def choose_folder(self) -> None:
        """Open a dialog that chooses a folder of them."""
        choose(self._page, self.tr("Re-wrap a folder"), FOLDER, self.wanted.emit, self._folders.start(_PURPOSE))

    def take_older(self, key: Key) -> None:
        """Take the known files that need an older version of a key."""
        task = self._tasks.run(lambda _work: _older(self._keys, str(key.key_id)))
        task.tell(self, done=self._found, failed=self.failed.emit)

    def _found(self, found: tuple[tuple[bytes, ...], int]) -> None:
        paths, gone = found
        if gone:
            many = self.tr("{n} known files are not where they were.")
            what = quantities.counted(gone, self.tr("1 known file is not where it was."), many)
            safe = self.tr("They open with the older version as before.")
            todo = self.tr("Files that were moved can be chosen by hand.")
            one = self.tr("It opens with the older version as before.")
            self.gone.emit(messages.sentence(what, one if gone == 1 else safe, todo))
        if paths:
            self.wanted.emit(paths)


def _older(keys: KeysApi, key_id: str) -> tuple[tuple[bytes, ...], int]:
    paths: list[bytes] = []
    gone = offset = 0
    while True:
        found = keys.older_files(key_id, offset)
        paths += found.paths
        gone += found.gone
        if found.next >= found.total or found.next <= offset:
            return tuple(paths), gone
        offset = found.next
