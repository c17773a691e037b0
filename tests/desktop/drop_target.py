"""A window that takes dropped files, to try the drag itself: it tells what came, one JSON list a drop.

Usage: drop_target.py accept|refuse
"""

from __future__ import annotations

import json
import sys

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget


class Target(QWidget):
    """Accept everything, or nothing."""

    def __init__(self, accepts: bool) -> None:
        super().__init__()
        self.setWindowTitle("drop-target")
        self.setAcceptDrops(accepts)
        self.resize(400, 300)
        button = QPushButton("Press here")
        button.clicked.connect(lambda: print(json.dumps("pressed"), flush=True))
        QVBoxLayout(self).addWidget(button)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take it."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which files came."""
        event.acceptProposedAction()
        print(json.dumps([url.toLocalFile() for url in event.mimeData().urls()]), flush=True)


def main() -> int:
    """Show the window until it is closed."""
    app = QApplication(sys.argv[:1])
    target = Target(sys.argv[1] == "accept")
    target.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
