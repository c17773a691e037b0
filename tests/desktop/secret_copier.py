"""A program that copies what its input says, as the window does, and tells what it hears of it.

Usage: ``python secret_copier.py SECONDS``. Lines of input: ``copy TEXT``, ``clear``, ``quit``, ``replace``. Lines of
output: ``left N``, ``refused``, ``kept``, ``gone True``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QLabel

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from vaultapp.gui.clipboard import SecretClipboard
from vaultapp.gui.guarding.clipboard_guards import ClipboardGuards
from vaultapp.gui.tasks import TaskRunner

_SLEEP = "import sys, time; print('replaced', flush=True); sys.stdin.read()"


def say(*words: object) -> None:
    """Print a line that is read at once."""
    print(*words, flush=True)


def main(seconds: int) -> int:
    """Show a window, and do what the input says until it ends."""
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    tasks = TaskRunner()
    guards = ClipboardGuards.of(app.platformName(), tasks)
    secrets = SecretClipboard(app.clipboard(), seconds, guards=guards)
    secrets.left.connect(lambda left: say("left", left, *(["limited"] if secrets.limited else [])))
    secrets.refused.connect(lambda: say("refused"))
    secrets.kept.connect(lambda: say("kept"))
    window = QLabel("copier")
    window.setWindowTitle("copier")
    window.resize(200, 100)
    window.show()

    def read() -> None:
        word, _, text = sys.stdin.readline().rstrip("\n").partition(" ")
        if word == "copy":
            secrets.copy(text)
        elif word == "clear":
            secrets.clear_then(lambda gone: say("gone", gone))
        elif word == "replace":
            tasks.shutdown()
            os.execv(sys.executable, [sys.executable, "-c", _SLEEP])  # noqa: S606 - no shell wanted
        elif word in ("", "quit"):
            app.quit()

    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notifier.activated.connect(read)
    say("ready")
    code = app.exec()
    tasks.shutdown()
    return code


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
