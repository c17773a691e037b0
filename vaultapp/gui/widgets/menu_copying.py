"""The ways to copy in the usual menu of a field whose text goes nowhere by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu


def take_over_copying(menu: QMenu, copy: Callable[[], object], cut: Callable[[], object]) -> None:
    """Let a menu that Qt made copy and cut in these ways, and in no other."""
    for name, call in (("edit-copy", copy), ("edit-cut", cut)):
        action = menu.findChild(QAction, name)
        if action is not None:
            # The menu's own connection is taken away, or the secret would stay on the clipboard.
            action.triggered.disconnect()
            action.triggered.connect(call)
