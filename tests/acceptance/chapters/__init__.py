"""The walk's chapters, in their order. Each does something with mouse and keys, and looks at what came of it."""

from __future__ import annotations

from collections.abc import Callable

from tests.acceptance.chapters import (
    around,
    credentials,
    ending,
    files,
    first_run,
    gallery,
    keys,
    languages,
    locking,
    text,
    themes,
    tray,
)
from tests.acceptance.walk import Walk

Chapter = Callable[[Walk], None]


# What says what was done goes by itself after some seconds: it comes last, so that it stands in few pictures.
_AROUND: tuple[Chapter, ...] = (keys.show, around.activity, around.settings, around.palette, around.keyboard)
_DARK: tuple[Chapter, ...] = (
    files.hover,
    files.mixed,
    text.small_text,
    tray.quick,
    credentials.show,
    credentials.least,
    *_AROUND,
    files.show,
    files.least,
    keys.undo,
)


def _in_the_dark(walk: Walk) -> None:
    for chapter in _DARK:
        chapter(walk)


CHAPTERS: tuple[tuple[str, Chapter], ...] = (
    ("A new vault", first_run.welcome),
    ("A passphrase", first_run.passphrase),
    ("Recovery words", first_run.words),
    ("Files sealed by a drag", files.seal),
    ("Files opened by a drag", files.reopen),
    ("A damaged file", files.damage),
    ("Keys made and rotated", keys.make),
    ("Plain and sealed files in one drag", files.mixed),
    ("A small text there and back", text.small_text),
    ("From the tray", tray.quick),
    ("A password rotated, and a break-in", credentials.make),
    ("Credentials at a glance", credentials.show),
    ("Credentials in the least window", credentials.least),
    ("A key at a glance", keys.show),
    ("The log", around.activity),
    ("Settings", around.settings),
    ("Anything by its name", around.palette),
    ("By keyboard alone", around.keyboard),
    ("The least window", files.least),
    ("A slip taken back", keys.undo),
    ("In Chinese", languages.chinese),
    ("The dark theme", themes.to_dark),
    ("All of it in the dark", _in_the_dark),
    ("Locked and unlocked in the dark", locking.lock),
    ("Another vault, made in the dark", first_run.another),
    ("Back to the light", themes.to_light),
    ("Locked and unlocked", locking.lock),
    ("Locked and unlocked in Chinese", languages.locked),
    ("Every part in every state", gallery.every_part),
    ("From a terminal", ending.command_line),
    ("The end", ending.leave),
)
