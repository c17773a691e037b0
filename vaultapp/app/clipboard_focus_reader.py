"""Composition root of a reader for Wayland without helpers: writes what the clipboard holds to standard output.

There a program sees the clipboard while it has the keyboard, so a window of one point takes it for a moment. Where the
compositor gives it no keyboard it waits, as it does for an owner that does not answer: who started it ends it then.
"""

from __future__ import annotations

import os
import resource
import sys

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QGuiApplication, QRasterWindow

from vaultapp.gui.guarding.fingerprint import as_bytes

# The compositor tells of the clipboard before the keyboard comes, but Qt takes both one after the other.
_SETTLES_MS = 50


def main() -> int:
    """Write the text as UTF-8. Exit code 1 when the owner does not answer."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["QT_QPA_PLATFORM"] = "wayland"
    app = QGuiApplication([])
    window = QRasterWindow()
    # As large at least as at most: compositors that tile let it float.
    window.setMinimumSize(QSize(1, 1))
    window.setMaximumSize(QSize(1, 1))

    def write() -> None:
        given = app.clipboard().mimeData()
        text = as_bytes(given.text())
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()
        # Qt gives an owner that does not answer a second, and then says that there is nothing.
        app.exit(1 if given.hasText() and not text else 0)

    def focused() -> None:
        if app.focusWindow() is window:
            QTimer.singleShot(_SETTLES_MS, window, write)

    app.focusWindowChanged.connect(focused)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
