"""The other pages, and what stands over all of them."""

from __future__ import annotations

from tests.acceptance.walk import Walk

_CHECK = ("Check the chain", "Check again")


def activity(walk: Walk) -> None:
    """Read the log and have its chain checked."""
    walk.press("Activity")
    check = walk.eyes.match(lambda seen: seen.name in _CHECK and seen.enabled, "the check")
    walk.hand.click(*check.middle)
    told = walk.eyes.reads("chain complete")
    walk.story.say(f"The activity log says: “{told}”.")
    walk.picture("activity", "Every use, newest first; the chain was checked")


def settings(walk: Walk) -> None:
    """Look at the settings from their beginning."""
    walk.press("Settings")
    walk.press("Ways to unlock")
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
