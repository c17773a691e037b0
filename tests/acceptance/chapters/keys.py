"""Keys are made, rotated, switched off and on again."""

from __future__ import annotations

from tests.acceptance.walk import Walk

_MADE = ("Archive", "Backups", "Work laptop")


def make(walk: Walk) -> None:
    """Rotate the first key, and make some more by keyboard."""
    walk.press("Keys")
    _open(walk, "Personal")
    for number in (2, 3):
        walk.press("Rotate now")
        walk.eyes.reads(f"encrypts with version {number} now")
    walk.story.say("Personal was rotated twice; older versions still decrypt.")
    for name in _MADE:
        walk.hand.key("ctrl+n")
        walk.write("Name", name)
        walk.hand.key("Return")
        walk.eyes.find(f"Key {name}")
    walk.story.say(f"{len(_MADE)} keys were made by keyboard: {', '.join(_MADE)}.")


def show(walk: Walk) -> None:
    """Look at a key in the panel."""
    walk.press("Keys")
    _open(walk, "Personal")
    walk.eyes.reads("Version 3")
    walk.picture("keys", "The keys, one of them in the panel")


def undo(walk: Walk) -> None:
    """Switch a key off beside a failed file, and take that back."""
    walk.press("Keys")
    _open(walk, "Personal")
    walk.press("Disable")
    told = walk.eyes.reads("is disabled. Nothing opens with it now")
    walk.hand.key("ctrl+1")
    walk.eyes.reads("Nothing was written.")
    walk.eyes.find("Undo")
    walk.picture("error-and-undo", "A damaged file, and a key that was just disabled")
    walk.hand.key("ctrl+z")
    walk.press("Keys")
    _open(walk, "Personal")
    walk.eyes.find("Disable")
    walk.story.say(f"The toast said “{told}”; Ctrl+Z took it back.")


def _open(walk: Walk, name: str) -> None:
    """Press the key's row, and wait for its panel."""
    row = walk.eyes.match(lambda seen: seen.name.startswith(name) and "cell" in seen.role, f"the row of {name}")
    walk.hand.click(*row.middle)
    walk.eyes.find(f"Key {name}")
