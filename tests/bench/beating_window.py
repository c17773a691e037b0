"""The window as it is, with a timer beside it that notes each time the event loop comes round.

Usage: ``python -m tests.bench.beating_window FILE VAULT``. The file gets the monotonic time of every beat, as doubles.
``FILE.loaded`` is made once the window has all keys of the vault.
"""

from __future__ import annotations

import array
import sys
import time
from pathlib import Path

from vaultapp.app.qt_binding import load_binding

load_binding()  # as the window itself does, before anything of Qt

from PySide6.QtCore import QCoreApplication, Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from vaultapp.app import window  # noqa: E402
from vaultapp.gui.key_shelf import KeyShelf  # noqa: E402

BEAT_MS = 5
LOOK_MS = 200


def _tell_loaded(timer: QTimer) -> None:
    shelves = [shelf for window in QApplication.topLevelWidgets() for shelf in window.findChildren(KeyShelf)]
    if any(shelf.loaded for shelf in shelves):
        Path(f"{sys.argv[1]}.loaded").touch()
        timer.stop()


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
        look = QTimer()
        look.timeout.connect(lambda: _tell_loaded(look))
        look.start(LOOK_MS)
        code = QCoreApplication.exec()
        Path(sys.argv[1]).write_bytes(beats.tobytes())
        return code


if __name__ == "__main__":
    import PySide6.QtWidgets

    PySide6.QtWidgets.QApplication = _BeatingApplication  # type: ignore[misc]
    sys.exit(window.main(Path(sys.argv[2])))
