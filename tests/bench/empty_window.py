"""A window of Qt with nothing in it: what any such program costs."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

if __name__ == "__main__":
    app = QApplication(sys.argv)
    window = QMainWindow()
    window.setWindowTitle("empty-window")
    window.resize(1180, 760)
    window.show()
    sys.exit(app.exec())
