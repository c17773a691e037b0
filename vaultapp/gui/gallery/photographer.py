"""Saves every page of the gallery in both themes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from vaultapp.gui.gallery.window import GalleryWindow
from vaultapp.gui.theme import Appearance

_WIDTH = 1180
# Estimates and layouts come in by the event loop; nothing tells when the last of them was painted.
_SETTLES_MS = 50


class Photographer(QObject):
    """Turns the pages one after the other.

    Args:
        window: The gallery.
        folder: Gets ``page-light.png`` and ``page-dark.png`` for each page.
    """

    finished = Signal()

    def __init__(self, window: GalleryWindow, folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._folder = folder
        self._left = [(theme, name) for theme in (Appearance.LIGHT, Appearance.DARK) for name in window.sheets]

    def begin(self) -> None:
        """Take the pictures; ``finished`` comes at the end."""
        if not self._left:
            self.finished.emit()
            return
        theme, name = self._left[0]
        self._window.choose_theme(theme)
        self._window.turn_to(name)
        self._window.resize(_WIDTH, 760)
        QTimer.singleShot(_SETTLES_MS, self, self._fit)

    def _fit(self) -> None:
        self._window.resize(_WIDTH, self._window.whole_height)
        QTimer.singleShot(_SETTLES_MS, self, self._take)

    def _take(self) -> None:
        theme, name = self._left.pop(0)
        self._window.grab().save(str(self._folder / f"{name}-{theme.value}.png"))
        self.begin()
