"""The walk's chapters, in their order. Each does something with mouse and keys, and looks at what came of it."""

from __future__ import annotations

from collections.abc import Callable

from tests.acceptance.chapters import around, ending, files, first_run, keys, locking, text, themes
from tests.acceptance.walk import Walk

Chapter = Callable[[Walk], None]


def _dark(walk: Walk) -> None:
    for chapter in (files.show, files.hover, files.mixed, text.small_text, keys.show, keys.undo, *_AROUND, files.least):
        chapter(walk)


_AROUND: tuple[Chapter, ...] = (around.activity, around.settings, around.palette, around.keyboard)

CHAPTERS: tuple[tuple[str, Chapter], ...] = (
    ("A new vault", first_run.welcome),
    ("A passphrase", first_run.passphrase),
    ("Recovery words", first_run.words),
    ("Files sealed by a drag", files.seal),
    ("Files opened by a drag", files.reopen),
    ("A damaged file", files.damage),
    ("Plain and sealed files in one drag", files.mixed),
    ("A small text there and back", text.small_text),
    ("Keys made and rotated", keys.make),
    ("Keys at a glance", keys.show),
    ("A slip taken back", keys.undo),
    ("The log", around.activity),
    ("Settings", around.settings),
    ("Anything by its name", around.palette),
    ("By keyboard alone", around.keyboard),
    ("The least window", files.least),
    ("The dark theme", themes.to_dark),
    ("All of it in the dark", _dark),
    ("Locked and unlocked in the dark", locking.lock),
    ("Another vault, made in the dark", first_run.another),
    ("Back to the light", themes.to_light),
    ("Locked and unlocked", locking.lock),
    ("From a terminal", ending.command_line),
    ("The end", ending.leave),
)
