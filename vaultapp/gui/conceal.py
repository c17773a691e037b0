"""Take everything off the screen, now."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget


def conceal(window: QWidget, contents: QWidget) -> None:
    """Hide what a window shows, and all dialogs and menus of the program.

    The process that is about to be replaced paints no more by itself, and until then may have to wait for work to
    stop: nobody who comes by in that time is to read anything.
    """
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            other.hide()
    contents.hide()
    window.repaint()
