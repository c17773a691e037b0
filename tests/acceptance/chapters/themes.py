"""Light and dark, chosen in the settings as a person does."""

from __future__ import annotations

from tests.acceptance.screens import DARK, LIGHT
from tests.acceptance.walk import Walk


def to_dark(walk: Walk) -> None:
    """Choose the dark theme."""
    _choose(walk, "Dark", DARK)


def to_light(walk: Walk) -> None:
    """Choose the light theme."""
    _choose(walk, "Light", LIGHT)


def _choose(walk: Walk, word: str, theme: str) -> None:
    walk.press("Settings")
    walk.press("Appearance")
    walk.press(word)
    walk.wait_for_theme(theme)
    walk.story.say(f"Settings → Appearance → Theme → {word}: the window changed at once.")
