"""What the window and its screens are given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from vaultapp.core.clock import Clock
from vaultapp.gui.agent_events import AgentEvents
from vaultapp.gui.guarding.clipboard_guards import ClipboardGuards
from vaultapp.gui.languages import Languages
from vaultapp.gui.session import Connect
from vaultapp.gui.tasks import TaskRunner
from vaultapp.gui.window_settings import WindowSettings

if TYPE_CHECKING:
    from vaultapp.desktop.autostart import Autostart


class WindowParts(NamedTuple):
    """Lives as long as the window.

    Attributes:
        connect: Finds or starts the agents of other vaults.
        events: Of the session's agent.
        tasks: Runs calls off the window's thread.
        settings: What is remembered between starts.
        clock: Source of time.
        languages: Which one is shown.
        guards: Clear the clipboard although the window is gone; None where no other program sees it.
        autostart: Returns what turns the start at login on and off; None where nothing can be said of that.
    """

    connect: Connect
    events: AgentEvents
    tasks: TaskRunner
    settings: WindowSettings
    clock: Clock
    languages: Languages
    guards: ClipboardGuards | None = None
    autostart: Callable[[], Autostart] | None = None
