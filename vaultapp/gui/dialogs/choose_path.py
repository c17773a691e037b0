"""Choosing files and folders in the desktop's own dialog."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QWidget

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
    *,
    filters: str = "",
    start: str = "",
) -> QFileDialog:
    """Open a dialog over a window, and call this with absolute paths when something was chosen.

    Args:
        parent: Any widget of the window.
        title: Of the dialog.
        mode: One, many, a folder, or any name for saving.
        then: Gets at least one path.
        filters: As Qt writes them.
        start: Folder, or name for saving.
    """
    dialog = QFileDialog(parent.window(), title)
    dialog.setFileMode(mode)
    if mode is ANY_FILE:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(start)
    elif start:
        dialog.setDirectory(start)
    if mode is FOLDER:
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if filters:
        dialog.setNameFilter(filters)

    def chosen(names: list[str]) -> None:
        paths = paths_of(names)
        if paths:
            then(paths)

    dialog.filesSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def text_of(path: bytes) -> str:
    """Return a path as the calls of Python and Qt take it."""
    return os.fsdecode(path)
