"""A program of its own from which files are dragged: a press and a move on its window start a real XDND drag.

Usage: drag_source.py X Y FILE-OR-URL…    It tells every step on standard output, one line each.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

_ANY = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction | Qt.DropAction.LinkAction


def tell(*words: str) -> None:
    """Print one line at once."""
    print(*words, flush=True)


class ToldData(QMimeData):
    """Say when the target really fetches the files: that is after the drag has ended on this side."""

    def retrieveData(self, kind: str, wanted: Any) -> Any:
        """Hand the data over."""
        tell("fetched", kind)
        return super().retrieveData(kind, wanted)


class Source(QLabel):
    """The thing to drag."""

    def __init__(self, files: list[str]) -> None:
        super().__init__("files to drag")
        self._urls = [QUrl.fromEncoded((name if "://" in name else _uri(name)).encode()) for name in files]
        self._pressed: QPoint | None = None
        self.setWindowTitle("drag-source")
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedSize(150, 70)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the drag may begin."""
        self._pressed = event.position().toPoint()
        tell("pressed")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin the drag after a few pixels."""
        if self._pressed is None or (event.position().toPoint() - self._pressed).manhattanLength() < 5:
            return
        self._pressed = None
        data = ToldData()
        data.setUrls(self._urls)
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.actionChanged.connect(lambda action: tell("accepts", str(action.name)))
        tell("started")
        tell("ended", str(drag.exec(_ANY, Qt.DropAction.CopyAction).name))


def _uri(name: str) -> str:
    return Path(os.path.abspath(name)).as_uri()


def main() -> int:
    """Show the source where it was asked for."""
    app = QApplication(sys.argv[:1])
    source = Source(sys.argv[3:])
    source.move(int(sys.argv[1]), int(sys.argv[2]))
    source.show()
    tell("ready")
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
