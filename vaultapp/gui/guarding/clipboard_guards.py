"""A guard for each secret that is copied. Their code is loaded with the first one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from vaultapp.gui.tasks import TaskRunner

if TYPE_CHECKING:
    import socket

    from vaultapp.gui.guarding.guard_link import GuardLink

_GUARDED = ("xcb", "wayland")


class ClipboardGuards:
    """Starts a guard for each secret that is copied.

    Args:
        platform: Qt's name of the desktop's kind.
        tasks: Waits for what a start leaves behind.

    Attributes:
        limited: The desktop lets no program but the one in front look at the clipboard, and nothing that could is
            installed.
    """

    def __init__(self, platform: str, tasks: TaskRunner) -> None:
        self._platform = platform
        self._tasks = tasks
        self.limited = platform == "wayland" and not _has_tools()

    @classmethod
    def of(cls, platform: str, tasks: TaskRunner) -> ClipboardGuards | None:
        """Return the guards of a desktop; None for a screen in memory, whose clipboard nobody else sees."""
        # Of Wayland Qt has several, like wayland-egl.
        kind = platform.partition("-")[0]
        return cls(kind, tasks) if kind in _GUARDED else None

    def start(self, parent: QObject) -> GuardLink:
        """Start a guard."""
        from vaultapp.gui.guarding.guard_link import GuardLink

        return GuardLink(self._spawn, self._platform, parent)

    def _spawn(self, link: socket.socket) -> None:
        from vaultapp.gui.guarding.guard_process import start_guard

        pid = start_guard(link)
        self._tasks.run(lambda _work: os.waitpid(pid, 0))


def _has_tools() -> bool:
    # Not on X, where a start needs none of it.
    from vaultapp.gui.guarding.wayland_clipboard import WaylandClipboard

    return WaylandClipboard.is_there()
