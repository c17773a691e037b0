"""The window as it is, with a timer beside it that notes each time the event loop comes round.

Usage: ``python -m tests.bench.beating_window FILE VAULT``. The file gets the monotonic time of every beat, as doubles.
"""

from __future__ import annotations

import array
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication

from vaultapp.app import window

BEAT_MS = 5


class _BeatingApplication(QApplication):
    """Beats while it runs."""

    @staticmethod
    def exec() -> int:
        """Run, and write the beats down in the end."""
        beats = array.array("d")
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: beats.append(time.monotonic()))
        timer.start(BEAT_MS)
        code = QCoreApplication.exec()
        Path(sys.argv[1]).write_bytes(beats.tobytes())
        return code


if __name__ == "__main__":
    import PySide6.QtWidgets

    PySide6.QtWidgets.QApplication = _BeatingApplication  # type: ignore[misc]
    sys.exit(window.main(Path(sys.argv[2])))
