"""Composition root of a sweeper: reads or clears the clipboard once, and ends with what it has read."""

from __future__ import annotations

import os
import sys

import msgspec
from PySide6.QtCore import QCoreApplication, QTimer

from vaultapp.gui.guarding.foreign_clipboard import ForeignClipboard
from vaultapp.gui.guarding.outcome import Outcome
from vaultapp.gui.guarding.sweeper import ClipboardSweeper
from vaultapp.gui.guarding.words import Sweep


def main(platform: str) -> int:
    """Do what standard input says, and write each outcome to standard output."""
    # Made before it is known what to do, because that takes the time.
    app, clipboard = _on(platform)
    said = sys.stdin.buffer.read()
    if not said:
        return 0
    sweeper = ClipboardSweeper(clipboard, msgspec.msgpack.decode(said, type=Sweep), _say)
    sweeper.ended.connect(app.quit)
    QTimer.singleShot(0, sweeper, sweeper.begin)
    return app.exec()


def _on(platform: str) -> tuple[QCoreApplication, ForeignClipboard]:
    if platform == "wayland":
        from vaultapp.gui.guarding.wayland_clipboard import WaylandClipboard

        return QCoreApplication([]), WaylandClipboard()
    from PySide6.QtGui import QGuiApplication

    from vaultapp.gui.guarding.x_clipboard import XClipboard

    os.environ["QT_QPA_PLATFORM"] = platform
    app = QGuiApplication([])
    return app, XClipboard(app.clipboard())


def _say(outcome: Outcome) -> None:
    os.write(1, f"{outcome.value}\n".encode())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
