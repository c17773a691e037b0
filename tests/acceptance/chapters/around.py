"""The other pages, and what stands over all of them."""

from __future__ import annotations

from tests.acceptance.walk import Walk


def activity(walk: Walk) -> None:
    """Read the log and have its chain checked."""
    walk.press("Activity")
    walk.press("Check the chain")
    walk.eyes.reads("whole")
    walk.picture("activity", "Every use, newest first; the chain was checked")


def settings(walk: Walk) -> None:
    """Look at the settings from their beginning."""
    walk.press("Settings")
    walk.press("Unlocking")
    walk.picture("settings", "The settings")


def palette(walk: Walk) -> None:
    """Find a key by its name, wherever one is."""
    walk.press("Files")
    walk.hand.key("ctrl+k")
    walk.eyes.find("Find anything")
    walk.hand.type("pe")
    walk.eyes.reads("Personal")
    walk.picture("palette", "Everything by its name: Ctrl+K")
    walk.hand.key("Escape")


def keyboard(walk: Walk) -> None:
    """Go through a page by keyboard alone."""
    walk.press("Keys")
    walk.hand.key("F6")
    walk.hand.key("Down")
    walk.picture("keyboard-focus", "F6 jumps between areas, arrows move in the list; the ring shows where one is")
