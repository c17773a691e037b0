"""Choosing files and folders in the desktop's own dialog."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from vaultapp.gui.last_folders import Start
from vaultapp.gui.paths import paths_of

ANY_FILE = QFileDialog.FileMode.AnyFile
ONE_FILE = QFileDialog.FileMode.ExistingFile
MANY_FILES = QFileDialog.FileMode.ExistingFiles
FOLDER = QFileDialog.FileMode.Directory


def choose(
    parent: QWidget,
    title: str,
    mode: QFileDialog.FileMode,
    then: Callable[[tuple[bytes, ...]], object],
    start: Start,
    *,
    filters: str = "",
    writes: bool = True,
) -> QFileDialog:
    """Open a dialog over a window, and call this with absolute paths when something was chosen.

    Args:
        parent: Any widget of the window.
        title: Of the dialog.
        mode: One, many, a folder, or any name, whether there is such a file or not.
        then: Gets at least one path.
        start: Folder, and name for saving; told the folder that something was chosen in.
        filters: As Qt writes them.
        writes: Any name: a file is written under it, and one that is there is asked about.
    """
    dialog = QFileDialog(parent.window(), title, str(start.folder))
    dialog.setFileMode(mode)
    if mode is ANY_FILE and writes:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(start.name)
    if mode is FOLDER:
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if filters:
        dialog.setNameFilter(filters)

    def chosen(names: list[str]) -> None:
        paths = paths_of(names)
        if paths:
            folder = paths[0] if mode is FOLDER else os.path.dirname(paths[0])
            start.remember(Path(os.fsdecode(folder)))
            then(paths)

    dialog.filesSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def text_of(path: bytes) -> str:
    """Return a path as the calls of Python and Qt take it."""
    return os.fsdecode(path)
