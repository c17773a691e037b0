"""What a test cannot make the desktop do."""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent


class Spontaneous(QCloseEvent):
    """The window's cross was pressed."""

    def spontaneous(self) -> bool:
        return True
