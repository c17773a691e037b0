"""Reads what any program has put on the clipboard, and keeps the window from waiting for that program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard

from vaultapp.gui.guarding.reader_process import FOCUS_READER, read_by_process
from vaultapp.gui.tasks import TaskRunner


class ClipboardReading:
    """The text is its owner's to give, which may hang: Qt would wait for it in the window's thread.

    Args:
        clipboard: The desktop's.
        tasks: Waits for the answer.
        ask: Asks the owner, and returns UTF-8 or None when it does not answer; blocks. None for a screen in memory,
            whose clipboard nobody else has.
    """

    def __init__(self, clipboard: QClipboard, tasks: TaskRunner, ask: Callable[[], bytes | None] | None) -> None:
        self._clipboard = clipboard
        self._tasks = tasks
        self._ask = ask

    @classmethod
    def of(cls, clipboard: QClipboard, platform: str, tasks: TaskRunner) -> ClipboardReading:
        """Return the reading of a desktop, by Qt's name of its kind."""
        return cls(clipboard, tasks, _asking(platform))

    def read(self, owner: QObject, done: Callable[[str], object], unanswered: Callable[[], object]) -> None:
        """Read it, and call back once, perhaps at once, unless the owner of the calls is gone by then.

        Args:
            owner: What the calls belong to.
            done: Called with the text, empty for none. What of it is not UTF-8 becomes halves of characters.
            unanswered: Called when the program that holds it does not answer in time.
        """
        ask = self._ask
        if ask is None or self._clipboard.ownsClipboard():
            # Nobody else is asked.
            done(self._clipboard.text())
            return

        def told(data: bytes | None) -> None:
            if data is None:
                unanswered()
            else:
                done(data.decode("utf-8", "surrogateescape"))

        self._tasks.run(lambda _work: ask()).tell(owner, done=told, failed=lambda _error: unanswered())


def _asking(platform: str) -> Callable[[], bytes | None] | None:
    # Of Wayland Qt has several, like wayland-egl.
    kind = platform.partition("-")[0]
    if kind == "xcb":
        return read_by_process
    if kind == "wayland":
        from vaultapp.gui.guarding.wayland_clipboard import WaylandClipboard

        # Its tools are processes with a time limit already.
        return WaylandClipboard().read if WaylandClipboard.is_there() else partial(read_by_process, FOCUS_READER)
    return None
