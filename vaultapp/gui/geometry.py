"""Where the window is, kept over restarts and over the replacement of the process."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QWidget

from vaultapp.gui.window_settings import WindowSettings

START = QSize(1180, 760)
LEAST = QSize(860, 560)


def save_geometry(window: QWidget, settings: WindowSettings) -> None:
    """Remember size, place and state."""
    settings.remember_geometry(bytes(window.saveGeometry().data()))


def restore_geometry(window: QWidget, settings: WindowSettings) -> None:
    """Put the window where it was; at a first start, its usual size and the desktop's choice of place."""
    window.setMinimumSize(LEAST)
    if not (settings.geometry and window.restoreGeometry(QByteArray(settings.geometry))):
        window.resize(START)
